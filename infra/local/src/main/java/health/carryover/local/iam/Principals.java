package health.carryover.local.iam;

import java.util.Set;

/**
 * The Principal element of a resource's policy.
 *
 * @param accounts whose root is named; their ids
 * @param arns of roles, sessions and users
 * @param services such as {@code events.amazonaws.com}
 */
record Principals(boolean everybody, Set<String> accounts, Set<String> arns, Set<String> services) {
    /** How the element means somebody. */
    enum Meant {
        NOT,
        /** By way of the account: it may let its own identities in, and has not yet. */
        ACCOUNT,
        SELF
    }

    Meant means(Principal principal) {
        if (principal.kind() == Principal.Kind.SERVICE)
            return services.contains(principal.arn()) || everybody ? Meant.SELF : Meant.NOT;
        if (everybody || arns.contains(principal.arn()) || arns.contains(principal.roleArn())) return Meant.SELF;
        return accounts.contains(principal.account()) ? Meant.ACCOUNT : Meant.NOT;
    }
}
