package health.carryover.training;

import health.carryover.risk.ModelManifest;
import health.carryover.risk.ModelManifest.Metrics;
import java.util.Locale;

/** What a reader must know before trusting the model; written from the manifest, so that it cannot disagree with it. */
final class ModelCard {
    static final String FILE = "MODEL_CARD.md";

    private ModelCard() {}

    static String of(ModelManifest manifest) {
        StringBuilder card = new StringBuilder();
        card.append("# Model card: risk of stopping home exercise, version ")
                .append(manifest.version())
                .append("\n\n");
        if (manifest.simulated()) card.append("""
                    **Simulated.** No patient is behind this model. It was trained and judged on people who do not exist, whose habits
                    are assumptions written down in `CohortSimulator`. The figures show that the pipeline is built right; they say
                    nothing of how well it would tell which patients stop.

                    """);
        else card.append("""
                    Trained on activity logs in the neutral layout. Where those are public logs of runners, footballers and wearers of
                    a tracker, none of them is a physical-therapy patient: not for clinical use.

                    """);
        card.append("- Predicts: ")
                .append(
                        manifest.label().equals("lapse14")
                                ? "lapse14, less than 25 % of the sessions prescribed for the next 14 days done by any means"
                                : manifest.label() + ", no session in the next 14 days")
                .append(".\n- Trained on: ")
                .append(manifest.trainedOn())
                .append(", seed ")
                .append(manifest.seed())
                .append(".\n- Made of: ")
                .append(madeOf(manifest.model()))
                .append("""
                        . The simplest of six kinds and their mixture that is not significantly worse than the best (paired over persons,
                          AUC and log loss). Platt scaling, inside the graph, fitted on logits for persons that the weights were not
                          fitted on. Standardising is inside the graph too.
                        """)
                .append("- Input: ")
                .append(manifest.features().size())
                .append(" columns, `RiskFeatures.names()`")
                .append(
                        manifest.features().size()
                                        > health.carryover.clinical.risk.RiskFeatures.names()
                                                .size()
                                ? " and `DailyHistory.names()`"
                                : "")
                .append("; a missing value is 0 with its indicator 1.\n")
                .append(
                        "- Use: to rank whom to contact, by a person, within the share that staff can call. Not to judge, bill or\n")
                .append(
                        "  discharge anybody. In the first 21 days, and in a clinic without settled outcomes of its own, the plain rule is\n")
                .append("  served instead.\n")
                .append(
                        "- Limits: it knows what was recorded. A silent phone looks like a patient who has stopped; age, sex, language, payer and\n")
                .append(
                        "  diagnosis are no inputs, and whether it is as good for each of them is unknown until a clinic's own data tells.\n")
                .append(
                        "- Repeating it: `./carryover risk train` with the same data and seed gives the same bytes on the same machine; on another\n")
                .append("  processor TensorFlow may add up in another order, and the last digits differ.\n");
        card.append("\n## On persons it had not seen\n\n");
        card.append(
                "AUC with a 95 % interval (bootstrap over persons). PPV and recall when the given share with the highest risk is flagged.\n");
        if (manifest.simulated())
            card.append(
                    "\"Still active\": last session at most 13 days ago and at least three in 28 days; the rest has stopped already and is easy.\n");
        String dataset = "";
        for (Metrics row : manifest.metrics()) {
            if (!row.dataset().equals(dataset)) {
                dataset = row.dataset();
                card.append(String.format(
                        Locale.ROOT,
                        "%n### %s: %d rows, %.1f %% positive%n%n",
                        dataset,
                        row.rows(),
                        100.0 * row.positives() / row.rows()));
                card.append(
                        "| model | AUC | Brier | calibration slope | PPV 15 % | recall 15 % | PPV 20 % | recall 20 % |\n");
                card.append("|---|---|---|---|---|---|---|---|\n");
            }
            card.append(String.format(
                    Locale.ROOT,
                    "| %s | %.3f (%.3f-%.3f) | %.4f | %.2f | %.3f | %.3f | %.3f | %.3f |%n",
                    row.name(),
                    row.auc(),
                    row.aucLow(),
                    row.aucHigh(),
                    row.brier(),
                    row.calibrationSlope(),
                    row.ppv15(),
                    row.recall15(),
                    row.ppv20(),
                    row.recall20()));
        }
        card.append("\n").append(verdict(manifest));
        return card.toString().replace("\r\n", "\n");
    }

    private static String madeOf(String kind) {
        return switch (kind) {
            case Candidates.DAYS_SINCE -> "one number, the days since the last session";
            case Candidates.FEWEST -> "one number, the sessions of the last 28 days";
            case Candidates.LOGISTIC -> "logistic regression on the features";
            case Candidates.ADDITIVE -> "logistic regression in which each feature may bend at its quantiles";
            case Candidates.BOOSTING -> "gradient-boosted trees on the features (XGBoost), as arithmetic in TensorFlow";
            case Candidates.NETWORK ->
                "three small networks that read the daily history and the features (TensorFlow, Adam)";
            default -> "the mean of bent logistic regression, boosted trees and three small networks";
        };
    }

    /** Said from the figures, whichever way they fall. */
    private static String verdict(ModelManifest manifest) {
        String dataset = manifest.simulated() ? "simulated-still-active" : Judgement.POOLED;
        Metrics served = row(manifest, dataset, manifest.model());
        Metrics network = row(manifest, dataset, Candidates.NETWORK);
        Metrics logistic = row(manifest, dataset, Candidates.LOGISTIC);
        Metrics days = row(manifest, dataset, Candidates.DAYS_SINCE);
        Metrics fewest = row(manifest, dataset, Candidates.FEWEST);
        Metrics rule = days.auc() >= fewest.auc() ? days : fewest;
        double gain = network.auc() - logistic.auc();
        String againstLogistic = Math.abs(gain) > 0.01
                ? "The network ranks %s than logistic regression (AUC %+.3f)."
                        .formatted(gain > 0 ? "better" : "worse", gain)
                : "The network and logistic regression rank about alike (AUC %+.3f).".formatted(gain);
        double overRule = served.auc() - rule.auc();
        String againstRule = overRule > 0
                ? "Against the better one-line rule (%s) the served model (%s) gains %.3f of AUC, and at 20 %% flagged it finds %.0f %% of the lapses instead of %.0f %%."
                        .formatted(rule.name(), served.name(), overRule, 100 * served.recall20(), 100 * rule.recall20())
                : "The one-line rule \"%s\" does as well or better (AUC %.3f against %.3f)."
                        .formatted(rule.name(), rule.auc(), served.auc());
        return "## What this comes to\n\n" + againstLogistic + " " + againstRule + "\n";
    }

    private static Metrics row(ModelManifest manifest, String dataset, String name) {
        return manifest.metrics().stream()
                .filter(m -> m.dataset().equals(dataset) && m.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
