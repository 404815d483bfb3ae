package health.carryover.local.cloud;

import java.util.List;

/**
 * Someone who can sign in to the local cloud without a password.
 *
 * @param pool logical id of the user pool in the template
 * @param sub the subject of the tokens, a UUID
 * @param scopes as tokens carry them: {@code carryover/sessions.write}
 * @param description who this is, for people
 */
public record Persona(String name, String pool, String sub, List<String> scopes, String description) {
    public Persona {
        scopes = List.copyOf(scopes);
    }
}
