package health.carryover.training;

import health.carryover.risk.ModelManifest.Metrics;
import java.util.List;
import java.util.Locale;

/**
 * What an evaluation found: the document of {@code risk evaluate --json}.
 *
 * @param label what was predicted
 * @param served the model that would be served
 * @param models a row per model and data set, and of all together ("pooled")
 * @param intervals 95 %, bootstrap over persons, of every measure in {@code models}
 * @param gains of each model over each one-line rule, paired on the same draws of persons
 * @param earlyWarning rows with a session in the last three days: those who do not yet look like stopping
 * @param leadTime how long before the fact each model has flagged a lapse
 * @param subgroups where persons are described; "unknown" where they are not
 * @param transfer judged on a data set that was left out of the training altogether
 */
public record Report(
        String label,
        String served,
        List<Metrics> models,
        List<Interval> intervals,
        List<Gain> gains,
        List<Early> earlyWarning,
        List<Lead> leadTime,
        List<Subgroup> subgroups,
        List<Metrics> transfer) {

    public record Interval(String name, String dataset, String measure, double value, double low, double high) {}

    /** Positive is better: a higher AUC or recall, a lower Brier score. */
    public record Gain(
            String name, String over, String dataset, String measure, double gain, double low, double high) {}

    public record Early(
            String name,
            String dataset,
            int rows,
            int positives,
            double auc,
            double aucLow,
            double aucHigh,
            double recall20,
            double recall20Low,
            double recall20High) {}

    /**
     * @param lapses stretches without a session in 14 days that began while the person was being scored
     * @param warned share of them flagged (among the 20 % with the highest risk) before the 14 days were over
     * @param medianDays from the first flag of an unbroken row of flags to the end of the 14 days, of the warned
     * @param weekAhead share of all lapses with at least 7 days
     */
    public record Lead(String name, int lapses, double warned, double medianDays, double weekAhead) {}

    public record Subgroup(
            String name,
            String trait,
            String value,
            int persons,
            int rows,
            int positives,
            double auc,
            double recall20) {}

    /** For people. */
    public String table() {
        StringBuilder text = new StringBuilder();
        text.append(table(models));
        text.append("\nOf all together, 95 % intervals (bootstrap over persons)\n");
        line(
                text,
                "%-24s %-17s %-17s %-15s %-15s %-15s %-15s %-15s %-15s",
                "model",
                "AP",
                "Brier",
                "slope",
                "ECE",
                "PPV15",
                "rec15",
                "PPV20",
                "rec20");
        for (Metrics row : models) {
            if (!row.dataset().equals(Judgement.POOLED)) continue;
            line(
                    text,
                    "%-24s %-17s %-17s %-15s %-15s %-15s %-15s %-15s %-15s",
                    row.name(),
                    interval(row.name(), Measure.AVERAGE_PRECISION, "%.3f-%.3f"),
                    interval(row.name(), Measure.BRIER, "%.4f-%.4f"),
                    interval(row.name(), Measure.CALIBRATION_SLOPE, "%.2f-%.2f"),
                    interval(row.name(), Measure.ECE, "%.3f-%.3f"),
                    interval(row.name(), Measure.PPV15, "%.3f-%.3f"),
                    interval(row.name(), Measure.RECALL15, "%.3f-%.3f"),
                    interval(row.name(), Measure.PPV20, "%.3f-%.3f"),
                    interval(row.name(), Measure.RECALL20, "%.3f-%.3f"));
        }
        text.append("\nEarly warning: rows with a session in the last three days\n");
        line(text, "%-12s %-24s %6s %6s  %-20s %-20s", "data", "model", "rows", "lapses", "AUC (95 %)", "rec20 (95 %)");
        for (Early row : earlyWarning)
            line(
                    text,
                    "%-12s %-24s %6d %6d  %.3f (%.3f-%.3f)  %.3f (%.3f-%.3f)",
                    row.dataset(),
                    row.name(),
                    row.rows(),
                    row.positives(),
                    row.auc(),
                    row.aucLow(),
                    row.aucHigh(),
                    row.recall20(),
                    row.recall20Low(),
                    row.recall20High());
        text.append("\nGain over \"")
                .append(Candidates.DAYS_SINCE)
                .append("\", paired over persons; * = the interval leaves out 0\n");
        line(text, "%-14s %-24s %-24s %-24s %-24s", "data", "model", "AUC", "recall at 20 %", "Brier");
        gains.stream()
                .filter(gain -> gain.over().equals(Candidates.DAYS_SINCE)
                        && gain.measure().equals(Measure.AUC.name()))
                .forEach(gain -> line(
                        text,
                        "%-14s %-24s %-24s %-24s %-24s",
                        gain.dataset(),
                        gain.name(),
                        gain(gain, Measure.AUC),
                        gain(gain, Measure.RECALL20),
                        gain(gain, Measure.BRIER)));
        text.append("\nLead time: flagged among the 20 % with the highest risk before the 14 days were over\n");
        line(text, "%-24s %7s %7s %12s %14s", "model", "lapses", "warned", "median days", "7 days or more");
        for (Lead row : leadTime)
            line(
                    text,
                    "%-24s %7d %6.0f%% %12.0f %13.0f%%",
                    row.name(),
                    row.lapses(),
                    100 * row.warned(),
                    row.medianDays(),
                    100 * row.weekAhead());
        text.append("\nSubgroups of the served model\n");
        line(text, "%-12s %-20s %8s %6s %6s %6s %6s", "trait", "value", "persons", "rows", "lapses", "AUC", "rec20");
        for (Subgroup row : subgroups)
            line(
                    text,
                    "%-12s %-20s %8d %6d %6d %6.3f %6.3f",
                    row.trait(),
                    row.value(),
                    row.persons(),
                    row.rows(),
                    row.positives(),
                    row.auc(),
                    row.recall20());
        if (!transfer.isEmpty()) {
            text.append("\nTransfer: trained without the set on which it is judged\n");
            for (Metrics row : transfer) text.append(row(row));
        }
        text.append("\nServed would be: ")
                .append(served)
                .append(
                        ", the simplest that is not significantly worse than the best on persons it was not trained on.\n");
        return text.toString();
    }

    /** A line per model and data set. */
    static String table(List<Metrics> models) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%-12s %-24s %6s %6s  %-20s %6s %7s %6s %6s %6s %6s %6s %6s %6s",
                "data",
                "model",
                "rows",
                "lapses",
                "AUC (95 %)",
                "AP",
                "Brier",
                "slope",
                "inter",
                "ECE",
                "PPV15",
                "rec15",
                "PPV20",
                "rec20");
        for (Metrics row : models) text.append(row(row));
        return text.toString();
    }

    private String interval(String name, Measure measure, String format) {
        return intervals.stream()
                .filter(i -> i.name().equals(name)
                        && i.dataset().equals(Judgement.POOLED)
                        && i.measure().equals(measure.name()))
                .map(i -> String.format(Locale.ROOT, format, i.low(), i.high()))
                .findFirst()
                .orElse("");
    }

    private String gain(Gain of, Measure measure) {
        return gains.stream()
                .filter(g -> g.name().equals(of.name())
                        && g.over().equals(of.over())
                        && g.dataset().equals(of.dataset())
                        && g.measure().equals(measure.name()))
                .map(g -> String.format(
                        Locale.ROOT,
                        measure == Measure.BRIER ? "%+.4f (%+.4f..%+.4f)%s" : "%+.3f (%+.3f..%+.3f)%s",
                        g.gain(),
                        g.low(),
                        g.high(),
                        g.low() > 0 || g.high() < 0 ? "*" : ""))
                .findFirst()
                .orElse("");
    }

    private static String row(Metrics row) {
        return String.format(
                Locale.ROOT,
                "%-12s %-24s %6d %6d  %.3f (%.3f-%.3f)  %6.3f %7.4f %6.2f %6.2f %6.3f %6.3f %6.3f %6.3f %6.3f%n",
                row.dataset(),
                row.name(),
                row.rows(),
                row.positives(),
                row.auc(),
                row.aucLow(),
                row.aucHigh(),
                row.averagePrecision(),
                row.brier(),
                row.calibrationSlope(),
                row.calibrationIntercept(),
                row.ece(),
                row.ppv15(),
                row.recall15(),
                row.ppv20(),
                row.recall20());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
