package health.carryover.platform.library;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import health.carryover.clinical.adherence.PainRule;

/** The pain rule in force, from {@code pain-rule.csv}. */
public final class PainRules {
    private PainRules() {}

    /** The last row of the file. */
    public static PainRule inForce() {
        NamedCsvRecord row = LastRow.of("pain-rule.csv");
        return new PainRule(
                row.getField("version"),
                Integer.parseInt(row.getField("high_after")),
                Integer.parseInt(row.getField("rise_with_high")),
                Integer.parseInt(row.getField("rise")));
    }
}
