package health.carryover.platform.records;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A person who works at the clinic; {@code covering} takes over the reviews of this therapist when they are late. */
public record Staff(
        String name, Set<String> roles, @Nullable String covering) {}
