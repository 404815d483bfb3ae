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
                number(row, "ease_from"),
                number(row, "ease_rise"),
                number(row, "high_after"),
                number(row, "rise_with_high"),
                number(row, "rise"),
                number(row, "back_within"),
                number(row, "severe_from"));
    }

    private static int number(NamedCsvRecord row, String column) {
        return Integer.parseInt(row.getField(column));
    }
}
