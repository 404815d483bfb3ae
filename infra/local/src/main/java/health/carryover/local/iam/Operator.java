package health.carryover.local.iam;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The condition operators. A negated one holds when none of the policy's values fits, and when the key is absent. */
enum Operator {
    STRING_EQUALS("StringEquals", Type.TEXT, 0, false),
    STRING_NOT_EQUALS("StringNotEquals", Type.TEXT, 0, true),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Type.TEXT_IGNORING_CASE, 0, false),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", Type.TEXT_IGNORING_CASE, 0, true),
    STRING_LIKE("StringLike", Type.WILDCARD, 0, false),
    STRING_NOT_LIKE("StringNotLike", Type.WILDCARD, 0, true),
    ARN_EQUALS("ArnEquals", Type.ARN, 0, false),
    ARN_LIKE("ArnLike", Type.ARN, 0, false),
    ARN_NOT_EQUALS("ArnNotEquals", Type.ARN, 0, true),
    ARN_NOT_LIKE("ArnNotLike", Type.ARN, 0, true),
    BOOL("Bool", Type.TEXT_IGNORING_CASE, 0, false),
    NULL("Null", Type.PRESENCE, 0, false),
    NUMERIC_EQUALS("NumericEquals", Type.NUMBER, Order.EQUAL, false),
    NUMERIC_NOT_EQUALS("NumericNotEquals", Type.NUMBER, Order.EQUAL, true),
    NUMERIC_LESS_THAN("NumericLessThan", Type.NUMBER, Order.LESS, false),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Type.NUMBER, Order.LESS | Order.EQUAL, false),
    NUMERIC_GREATER_THAN("NumericGreaterThan", Type.NUMBER, Order.GREATER, false),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Type.NUMBER, Order.GREATER | Order.EQUAL, false),
    DATE_EQUALS("DateEquals", Type.DATE, Order.EQUAL, false),
    DATE_NOT_EQUALS("DateNotEquals", Type.DATE, Order.EQUAL, true),
    DATE_LESS_THAN("DateLessThan", Type.DATE, Order.LESS, false),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", Type.DATE, Order.LESS | Order.EQUAL, false),
    DATE_GREATER_THAN("DateGreaterThan", Type.DATE, Order.GREATER, false),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Type.DATE, Order.GREATER | Order.EQUAL, false);

    private static final class Order {
        static final int LESS = 1;
        static final int EQUAL = 2;
        static final int GREATER = 4;

        private Order() {}
    }

    private enum Type {
        TEXT,
        TEXT_IGNORING_CASE,
        WILDCARD,
        ARN,
        NUMBER,
        DATE,
        PRESENCE
    }

    private static final Map<String, Operator> BY_WORD = new HashMap<>();

    static {
        for (Operator operator : values()) BY_WORD.put(operator.word, operator);
    }

    private final String word;
    private final Type type;
    private final int orders;
    final boolean negated;

    Operator(String word, Type type, int orders, boolean negated) {
        this.word = word;
        this.type = type;
        this.orders = orders;
        this.negated = negated;
    }

    /** Null for BinaryEquals, IpAddress and whatever else is not evaluated here. */
    static @Nullable Operator of(String word) {
        return BY_WORD.get(word);
    }

    /** Why a value of the policy makes no sense for this operator, or null. */
    @Nullable
    String objection(String value) {
        if (value.contains("${")) return null;
        return switch (type) {
            case NUMBER -> number(value) == null ? "'" + value + "' is not a number" : null;
            case DATE -> date(value) == null ? "'" + value + "' is not a date" : null;
            case PRESENCE -> isTruth(value) ? null : "Null wants true or false, not '" + value + "'";
            case TEXT_IGNORING_CASE ->
                this != BOOL || isTruth(value) ? null : "Bool wants true or false, not '" + value + "'";
            default -> null;
        };
    }

    private static boolean isTruth(String value) {
        return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
    }

    /** Whether {@code *} and {@code ?} are wildcards in its values. */
    boolean isWild() {
        return type == Type.WILDCARD || type == Type.ARN;
    }

    /** Negation is the caller's. */
    boolean fits(Wildcard wanted, String actual, Request request) {
        return switch (type) {
            case TEXT, WILDCARD -> wanted.matches(actual, request);
            case TEXT_IGNORING_CASE -> wanted.matchesIgnoringCase(actual, request);
            case ARN -> wanted.matchesArn(actual, request);
            case NUMBER -> ordered(number(actual), number(wanted.text(request)));
            case DATE -> ordered(date(actual), date(wanted.text(request)));
            case PRESENCE -> throw new IllegalStateException("Null looks at no value");
        };
    }

    private <T extends Comparable<T>> boolean ordered(@Nullable T actual, @Nullable T wanted) {
        if (actual == null || wanted == null) return false;
        int order = actual.compareTo(wanted);
        return (orders & (order < 0 ? Order.LESS : order > 0 ? Order.GREATER : Order.EQUAL)) != 0;
    }

    private static @Nullable BigDecimal number(@Nullable String text) {
        try {
            return text == null ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            // Not a number: nothing compares with it.
            return null;
        }
    }

    private static @Nullable Instant date(@Nullable String text) {
        if (text == null) return null;
        BigDecimal seconds = number(text);
        try {
            return seconds != null
                    ? Instant.ofEpochSecond(seconds.longValue())
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            // Not a date: nothing compares with it.
            return null;
        }
    }
}
