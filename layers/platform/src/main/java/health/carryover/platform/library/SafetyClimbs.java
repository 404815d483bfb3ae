package health.carryover.platform.library;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import health.carryover.clinical.safety.SafetyClimb;
import java.time.Duration;

/** Who is told of a safety task and when, from {@code safety-climb.csv}. */
public final class SafetyClimbs {
    private SafetyClimbs() {}

    /** The last row of the file. */
    public static SafetyClimb inForce() {
        NamedCsvRecord row = LastRow.of("safety-climb.csv");
        return new SafetyClimb(
                row.getField("version"),
                minutes(row, "covering_after_minutes"),
                minutes(row, "owner_after_minutes"),
                minutes(row, "again_after_minutes"),
                minutes(row, "claimed_minutes"));
    }

    private static Duration minutes(NamedCsvRecord row, String column) {
        return Duration.ofMinutes(Long.parseLong(row.getField(column)));
    }
}
