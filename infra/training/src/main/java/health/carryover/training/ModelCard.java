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
                    Trained on public activity logs of healthy people (runners, footballers, wearers of a tracker), none of them a
                    physical-therapy patient. Not for clinical use.

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
                .append("""
                        .
                        - Made of: one hidden layer of tanh units beside a straight line from the inputs, TensorFlow gradients, Adam, weight
                          decay\
                        """)
                .append(manifest.simulated() ? """
                        , stopped on persons of their own; Platt scaling, inside the graph, fitted on persons that the weights were
                          not fitted on. Standardising is inside the graph too.
                        """ : """
                        , a fixed number of passes; Platt scaling, inside the graph, fitted on the logits that networks of four inner
                          folds gave to persons they had not seen. Standardising is inside the graph too.
                        """)
                .append("- Input: ")
                .append(manifest.features().size())
                .append(" columns, `RiskFeatures.names()`; a missing value is 0 with its indicator 1.\n")
                .append(
                        "- Use: to rank whom to contact, by a person, within the share that staff can call. Not to judge, bill or\n")
                .append(
                        "  discharge anybody. In the first 21 days, and in a clinic without settled outcomes of its own, the plain rule is\n")
                .append("  served instead.\n")
                .append(
                        "- Repeating it: `./carryover risk train --simulated` gives the same bytes on the same machine; on another processor\n")
                .append("  TensorFlow may add up in another order, and the last digits differ.\n");
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

    /** Said from the figures, whichever way they fall. */
    private static String verdict(ModelManifest manifest) {
        String dataset = manifest.simulated() ? "simulated-still-active" : "pooled";
        Metrics network = row(manifest, dataset, Fitted.NETWORK);
        Metrics logistic = row(manifest, dataset, Fitted.LOGISTIC);
        Metrics days = row(manifest, dataset, Fitted.DAYS_SINCE);
        Metrics fewest = row(manifest, dataset, Fitted.FEWEST);
        Metrics rule = days.auc() >= fewest.auc() ? days : fewest;
        double gain = network.auc() - logistic.auc();
        String againstLogistic = gain > 0.01
                ? "The network ranks better than logistic regression by %.3f of AUC.".formatted(gain)
                : gain < -0.01
                        ? "The network ranks worse than logistic regression by %.3f of AUC: logistic regression should be preferred."
                                .formatted(-gain)
                        : "The network and logistic regression rank about alike (AUC differs by %+.3f): the network earns no advantage here that would justify it by itself."
                                .formatted(gain);
        double overRule = network.auc() - rule.auc();
        String againstRule = overRule > 0
                ? "Against the better one-line rule (%s) it gains %.3f of AUC, and at 20 %% flagged it finds %.0f %% of the lapses instead of %.0f %%."
                        .formatted(rule.name(), overRule, 100 * network.recall20(), 100 * rule.recall20())
                : "The one-line rule \"%s\" does as well or better (AUC %.3f against %.3f)."
                        .formatted(rule.name(), rule.auc(), network.auc());
        return "## What this comes to\n\n" + againstLogistic + " " + againstRule + "\n";
    }

    private static Metrics row(ModelManifest manifest, String dataset, String name) {
        return manifest.metrics().stream()
                .filter(m -> m.dataset().equals(dataset) && m.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
