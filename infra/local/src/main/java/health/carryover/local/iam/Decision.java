package health.carryover.local.iam;

import java.util.List;
import java.util.Optional;

/**
 * Whether a request may happen, and what decided it.
 *
 * @param grants what allowed it: one permission, or two where the resource's policy only let the account decide
 * @param reason the end of AWS's sentence about a refusal; empty when allowed
 * @param place where the statement stands that denied it, if one did
 */
public record Decision(boolean allowed, List<Grant> grants, String reason, Optional<String> place) {
    /** One action on one resource out of one statement that allows. */
    record Grant(Statement statement, int action, int resource) {}

    static Decision allow(List<Grant> grants) {
        return new Decision(true, grants, "", Optional.empty());
    }

    static Decision deny(String policy, Statement statement) {
        return new Decision(
                false, List.of(), "with an explicit deny in " + policy + " policy", Optional.of(statement.place()));
    }

    static Decision nothingAllows(String policy, String action) {
        return new Decision(
                false,
                List.of(),
                "because no " + policy + " policy allows the " + action + " action",
                Optional.empty());
    }
}
