package health.carryover.platform.library;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import health.carryover.clinical.motion.RepTolerance;

/** How far a device's count may be from its recording's, from {@code rep-tolerance.csv}. */
public final class RepTolerances {
    private RepTolerances() {}

    /** The last row of the file. */
    public static RepTolerance inForce() {
        NamedCsvRecord row = LastRow.of("rep-tolerance.csv");
        return new RepTolerance(
                row.getField("version"),
                Integer.parseInt(row.getField("repetitions")),
                Double.parseDouble(row.getField("share")),
                Double.parseDouble(row.getField("least_confidence")));
    }
}
