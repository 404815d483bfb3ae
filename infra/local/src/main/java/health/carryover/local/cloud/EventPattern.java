package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An event pattern, as EventBridge rules and Lambda's filters share it: exact values, {@code prefix}, {@code suffix},
 * {@code exists}, {@code numeric}, {@code anything-but}, {@code equals-ignore-case}, {@code $or}.
 */
final class EventPattern {
    private static final Set<String> MATCHERS =
            Set.of("prefix", "suffix", "exists", "numeric", "anything-but", "equals-ignore-case");

    private final JsonNode pattern;

    /** @throws IllegalArgumentException naming what is not understood in it */
    EventPattern(JsonNode pattern) {
        check(pattern);
        this.pattern = pattern;
    }

    boolean matches(JsonNode event) {
        return object(pattern, event);
    }

    private static void check(JsonNode pattern) {
        if (!pattern.isObject()) throw new IllegalArgumentException("an event pattern is an object, not " + pattern);
        for (Map.Entry<String, JsonNode> entry : pattern.properties()) {
            JsonNode value = entry.getValue();
            if (value.isObject()) check(value);
            else if (!value.isArray())
                throw new IllegalArgumentException("a pattern's values are lists: " + entry.getKey());
            else if (entry.getKey().equals("$or")) value.forEach(EventPattern::check);
            else
                for (JsonNode matcher : value)
                    if (matcher.isObject()
                            && !MATCHERS.contains(matcher.fieldNames().next()))
                        throw new IllegalArgumentException("the matcher " + matcher + " is not understood");
        }
    }

    private static boolean object(JsonNode pattern, JsonNode event) {
        for (Map.Entry<String, JsonNode> entry : pattern.properties()) {
            JsonNode wanted = entry.getValue();
            JsonNode found = event.path(entry.getKey());
            boolean matches = entry.getKey().equals("$or")
                    ? any(wanted, one -> object(one, event))
                    : wanted.isObject() ? nested(wanted, found) : value(wanted, found);
            if (!matches) return false;
        }
        return true;
    }

    /** A list of objects matches when one of them does. */
    private static boolean nested(JsonNode wanted, JsonNode found) {
        return found.isArray() ? any(found, one -> object(wanted, one)) : object(wanted, found);
    }

    private static boolean value(JsonNode matchers, JsonNode found) {
        return any(matchers, matcher -> found.isArray() ? any(found, one -> one(matcher, one)) : one(matcher, found));
    }

    private static boolean any(JsonNode list, Predicate<JsonNode> test) {
        for (JsonNode one : list) if (test.test(one)) return true;
        return false;
    }

    private static boolean one(JsonNode matcher, JsonNode found) {
        if (!matcher.isObject()) return same(matcher, found);
        Map.Entry<String, JsonNode> only = matcher.properties().iterator().next();
        JsonNode wanted = only.getValue();
        return switch (only.getKey()) {
            case "prefix" -> found.isTextual() && found.textValue().startsWith(wanted.asText());
            case "suffix" -> found.isTextual() && found.textValue().endsWith(wanted.asText());
            case "equals-ignore-case" ->
                found.isTextual()
                        && found.textValue()
                                .toLowerCase(Locale.ROOT)
                                .equals(wanted.asText().toLowerCase(Locale.ROOT));
            case "exists" -> wanted.asBoolean() != found.isMissingNode();
            case "numeric" -> found.isNumber() && numeric(wanted, found.decimalValue());
            case "anything-but" -> !found.isMissingNode() && !excluded(wanted, found);
            default -> throw new IllegalStateException("unchecked matcher " + matcher);
        };
    }

    private static boolean excluded(JsonNode wanted, JsonNode found) {
        return wanted.isArray() ? any(wanted, one -> one(one, found)) : one(wanted, found);
    }

    private static boolean same(JsonNode wanted, JsonNode found) {
        if (wanted.isNumber() && found.isNumber()) return wanted.decimalValue().compareTo(found.decimalValue()) == 0;
        return wanted.equals(found);
    }

    /** {@code [">", 0, "<=", 5]}. */
    private static boolean numeric(JsonNode conditions, BigDecimal found) {
        for (int i = 0; i + 1 < conditions.size(); i += 2) {
            int order = found.compareTo(conditions.get(i + 1).decimalValue());
            boolean holds = switch (conditions.get(i).asText()) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                case "=" -> order == 0;
                default ->
                    throw new IllegalArgumentException("the comparison " + conditions.get(i) + " is not understood");
            };
            if (!holds) return false;
        }
        return true;
    }
}
