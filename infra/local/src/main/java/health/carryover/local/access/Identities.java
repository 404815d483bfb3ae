package health.carryover.local.access;

import health.carryover.local.iam.Policy;
import health.carryover.local.iam.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The roles of the template, and who an access key is. */
public final class Identities {
    /** The ARN of whoever comes with keys that are nobody's in the template: a person at a terminal, a test. */
    public static final String OPERATOR = "arn:aws:iam::" + Arns.ACCOUNT + ":user/operator";

    /** Before the logical id in the access key of somebody who borrows a function's rights from outside. */
    public static final String BORROWED = "Borrowed";

    /**
     * A role.
     *
     * @param trust who may assume it
     */
    record Role(String arn, Policy policy, Policy trust) {}

    private final Map<String, Role> roles = new HashMap<>();
    private final Map<String, String> roleOfOwner = new HashMap<>();
    private final Policy administrator;

    /** @param administrator what the operator may do */
    Identities(Policy administrator) {
        this.administrator = administrator;
    }

    void add(Role role) {
        roles.put(role.arn(), role);
    }

    void owns(String owner, String roleArn) {
        roleOfOwner.put(owner, roleArn);
    }

    /**
     * The session in which a function or state machine works.
     *
     * @param owner its logical id, which is its access key too
     * @param session the session's name: a function's is the function's
     */
    public Optional<Principal> session(String owner, String session) {
        String role = roleOfOwner.get(owner);
        return role == null ? Optional.empty() : Optional.of(Principal.session(role, session, Map.of()));
    }

    /** The ARN of the role of a function, a state machine or an event of one. */
    public Optional<String> role(String owner) {
        return Optional.ofNullable(roleOfOwner.get(owner));
    }

    public Optional<Policy> trust(String roleArn) {
        return Optional.ofNullable(roles.get(roleArn)).map(Role::trust);
    }

    public boolean hasRole(String roleArn) {
        return roles.containsKey(roleArn);
    }

    Policy policy(Principal principal) {
        return switch (principal.kind()) {
            case SERVICE -> Policy.NONE;
            case USER -> administrator;
            case ROLE -> {
                Role role = roles.get(principal.roleArn());
                yield role == null ? Policy.NONE : role.policy();
            }
        };
    }
}
