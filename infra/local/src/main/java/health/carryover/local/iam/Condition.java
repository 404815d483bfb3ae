package health.carryover.local.iam;

import java.util.List;
import java.util.function.Predicate;

/** One key of one operator of a Condition element; all of a statement's must hold. */
record Condition(Quantifier quantifier, Operator operator, boolean ifExists, String key, List<Wildcard> wanted) {
    /** How a key with several values is looked at. */
    enum Quantifier {
        NONE,
        FOR_ALL,
        FOR_ANY
    }

    boolean holds(Request request) {
        List<String> values = request.values(key);
        List<String> actual = values == null ? List.of() : values;
        boolean absent = actual.isEmpty();
        if (operator == Operator.NULL)
            return wanted.stream()
                    .anyMatch(value -> Boolean.toString(absent).equalsIgnoreCase(String.valueOf(value.text(request))));
        if (absent)
            return switch (quantifier) {
                // The trap of ForAllValues: nothing at all is all of anything.
                case FOR_ALL -> true;
                case FOR_ANY -> ifExists;
                case NONE -> ifExists || operator.negated;
            };
        Predicate<String> holds =
                value -> wanted.stream().anyMatch(one -> operator.fits(one, value, request)) != operator.negated;
        boolean all = quantifier == Quantifier.FOR_ALL || (quantifier == Quantifier.NONE && operator.negated);
        return all ? actual.stream().allMatch(holds) : actual.stream().anyMatch(holds);
    }
}
