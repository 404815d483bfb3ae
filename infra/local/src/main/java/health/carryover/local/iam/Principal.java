package health.carryover.local.iam;

import java.util.Map;

/**
 * Who asks.
 *
 * @param arn of the session or user; of a service its name, {@code events.amazonaws.com}
 * @param roleArn the role that a session has assumed; empty for anybody else
 * @param tags {@code aws:PrincipalTag}, the tags of a session; keys in lower case
 */
public record Principal(Kind kind, String arn, String roleArn, Map<String, String> tags) {
    public enum Kind {
        SERVICE,
        ROLE,
        USER
    }

    public Principal {
        tags = Map.copyOf(tags);
    }

    public static Principal service(String name) {
        return new Principal(Kind.SERVICE, name, "", Map.of());
    }

    public static Principal user(String arn) {
        return new Principal(Kind.USER, arn, "", Map.of());
    }

    /** A session of a role; its ARN is made of the role's name and the session's. */
    public static Principal session(String roleArn, String session, Map<String, String> tags) {
        String assumed = roleArn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/");
        return new Principal(Kind.ROLE, assumed + "/" + session, roleArn, tags);
    }

    /** Empty for a service. */
    public String account() {
        String[] parts = arn.split(":", 6);
        return parts.length == 6 ? parts[4] : "";
    }

    /** What {@code aws:PrincipalArn} says: of a session the role, as on AWS. */
    String conditionArn() {
        return kind == Kind.ROLE ? roleArn : arn;
    }
}
