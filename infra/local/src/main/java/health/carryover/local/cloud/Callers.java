package health.carryover.local.cloud;

import health.carryover.local.access.Identities;
import health.carryover.local.iam.Principal;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.util.HashMap;
import java.util.Map;

/** Who an access key is. */
final class Callers {
    private final Map<String, Caller> known = new HashMap<>();
    private final Identities identities;
    private final Principal operator = Principal.user(Identities.OPERATOR);

    Callers(Template template, Identities identities) {
        this.identities = identities;
        for (Resource owner : template.resources())
            identities.session(owner.id(), owner.name()).ifPresent(session -> {
                known.put(owner.id(), new Caller(owner.id(), session, true));
                String borrowed = Identities.BORROWED + owner.id();
                Principal looking = Principal.session(session.roleArn(), "borrowed", Map.of());
                known.put(borrowed, new Caller(borrowed, looking, false));
            });
    }

    /** Anybody with other keys is the operator: the real command line comes with whatever keys its user has. */
    Caller caller(String accessKey) {
        Caller caller = known.get(accessKey);
        return caller != null ? caller : new Caller(accessKey, operator, true);
    }

    /** A function or state machine at work by itself. */
    Caller owner(Resource owner) {
        return caller(owner.id());
    }

    /**
     * A service that works for a rule or schedule: under the role that it was given, else as itself.
     *
     * @param roleArn empty when there is none
     */
    Caller service(String name, String roleArn) {
        if (roleArn.isEmpty()) return Caller.service(name);
        String session = name.substring(0, name.indexOf('.'));
        return new Caller("", Principal.session(roleArn, session, Map.of()), true);
    }

    Identities identities() {
        return identities;
    }
}
