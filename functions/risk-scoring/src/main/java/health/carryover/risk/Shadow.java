package health.carryover.risk;

import health.carryover.platform.metrics.Metrics;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.ShadowScore;
import health.carryover.platform.records.Write;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A candidate that runs beside the model in service: it scores the same rows, what it says is stored sealed and shown to
 * nobody, and nobody is called because of it. A candidate that cannot be opened, run or stored is a count and a line in the
 * log, never a failed night.
 */
final class Shadow {
    /** The configuration's word for no candidate; CloudFormation has no empty environment variable. */
    static final String NONE = "none";

    /** Well below the hundred items that a transaction may have. */
    private static final int ITEMS_PER_TRANSACTION = 50;

    private static final Logger log = LoggerFactory.getLogger(Shadow.class);

    /** @param logit by the model in service */
    record Row(PatientRef patient, RiskModel.Row row, double logit) {}

    private final String version;
    private final @Nullable RiskModel candidate;
    private final ModelManifest served;
    private final Records records;
    private final Metrics metrics;

    private Shadow(
            String version, @Nullable RiskModel candidate, ModelManifest served, Records records, Metrics metrics) {
        this.version = version;
        this.candidate = candidate;
        this.served = served;
        this.records = records;
        this.metrics = metrics;
    }

    /** @param version of the candidate, or {@link #NONE} */
    static Shadow of(String version, ModelManifest served, Records records, Metrics metrics) {
        RiskModel candidate = null;
        if (!version.equals(NONE)) {
            try {
                candidate = RiskModel.shipped(version);
            } catch (RuntimeException e) {
                failed(metrics, e, "the candidate cannot be opened");
            }
        }
        return new Shadow(version, candidate, served, records, metrics);
    }

    /** Scores the rows and stores what the candidate says; a repeat of the night writes the same items. */
    void score(List<Row> rows, LocalDate night, Instant now) {
        if (candidate == null || rows.isEmpty()) return;
        try {
            double[] logits = candidate.logits(rows.stream().map(Row::row).toList());
            List<Write> writes = new ArrayList<>();
            for (int i = 0; i < logits.length; i++) {
                Row row = rows.get(i);
                if (!Double.isFinite(logits[i])) throw new IllegalStateException("the candidate gave no number");
                ShadowScore score = new ShadowScore(
                        now,
                        version,
                        candidate.manifest().digest(),
                        logits[i],
                        served.version(),
                        served.digest(),
                        row.logit());
                writes.add(new Write.Overwrite(new Entry<>(
                        Key.shadow(row.patient(), night), Kind.SHADOW, now.toEpochMilli(), score, Map.of())));
            }
            for (int from = 0; from < writes.size(); from += ITEMS_PER_TRANSACTION)
                records.commit(writes.subList(from, Math.min(writes.size(), from + ITEMS_PER_TRANSACTION)));
        } catch (RuntimeException e) {
            failed(metrics, e, "the candidate could not score");
        }
    }

    /** The kind of the error only: its message may name what was read. */
    private static void failed(Metrics metrics, RuntimeException e, String what) {
        metrics.count("CandidateFailures", "Error", e.getClass().getSimpleName());
        log.atWarn().addKeyValue("error", e.getClass().getSimpleName()).log(what);
    }
}
