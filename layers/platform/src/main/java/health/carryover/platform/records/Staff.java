package health.carryover.platform.records;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person who works at the clinic.
 *
 * @param covering takes over the reviews and safety tasks of this therapist when they are late
 * @param pushTarget address of the phone's push endpoint, absent until a phone registered
 */
public record Staff(
        String name,
        Set<String> roles,
        @Nullable String covering,
        @Nullable String pushTarget) {
    public Staff withPushTarget(String target) {
        return new Staff(name, roles, covering, target);
    }
}
