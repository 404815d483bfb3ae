package health.carryover.local.iam;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a policy.
 *
 * @param place where it stands, for people: {@code SessionUploadFunction.Policies[0].Statement[2]}
 * @param principals of a resource's policy; an identity's policy has none
 * @param notActions whether {@code actions} are those that are not meant
 * @param notResources whether {@code resources} are those that are not meant
 */
record Statement(
        String place,
        boolean allow,
        @Nullable Principals principals,
        boolean notActions,
        List<Wildcard> actions,
        boolean notResources,
        List<Wildcard> resources,
        List<Condition> conditions) {

    /** The position of the pattern that means the action, or -1; of a NotAction 0. */
    int action(Request request) {
        int found = -1;
        // Actions have no case; AWS writes them as it likes.
        for (int i = 0; i < actions.size() && found < 0; i++)
            if (actions.get(i).matches(request.action().toLowerCase(java.util.Locale.ROOT), request)) found = i;
        return notActions ? (found < 0 ? 0 : -1) : found;
    }

    /** The position of the pattern that means the resource, or -1; of a NotResource 0. */
    int resource(Request request) {
        int found = -1;
        for (int i = 0; i < resources.size() && found < 0; i++)
            if (resources.get(i).matchesArn(request.resource(), request)) found = i;
        return notResources ? (found < 0 ? 0 : -1) : found;
    }

    boolean conditionsHold(Request request) {
        for (Condition condition : conditions) if (!condition.holds(request)) return false;
        return true;
    }

    Principals.Meant means(Principal principal) {
        return principals == null ? Principals.Meant.SELF : principals.means(principal);
    }
}
