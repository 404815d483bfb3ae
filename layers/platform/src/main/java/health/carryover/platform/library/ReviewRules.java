package health.carryover.platform.library;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import health.carryover.clinical.review.ReviewRule;
import java.time.Duration;

/** When the course of a plan becomes a review item, from {@code review-rule.csv}. */
public final class ReviewRules {
    private ReviewRules() {}

    /** The last row of the file. */
    public static ReviewRule inForce() {
        NamedCsvRecord row = LastRow.of("review-rule.csv");
        return new ReviewRule(
                row.getField("version"),
                whole(row, "from_day"),
                whole(row, "to_day"),
                whole(row, "window_days"),
                whole(row, "least_sessions"),
                Double.parseDouble(row.getField("pain_points")),
                whole(row, "fall_sessions"),
                Double.parseDouble(row.getField("least_confidence")),
                Duration.ofDays(whole(row, "quiet_days")));
    }

    private static int whole(NamedCsvRecord row, String column) {
        return Integer.parseInt(row.getField(column));
    }
}
