package health.carryover.risk;

import health.carryover.clinical.risk.CarePlan;
import health.carryover.clinical.risk.Lapse14;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.History;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.ShadowScore;
import health.carryover.platform.vault.Vault;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The candidate against the model in service, on nights whose outcome has settled. The fortnight after an
 * outreach is left out as it is everywhere: who was called and came back proves nothing.
 */
public final class ShadowReport {
    /** Every pair of bytes that were compared, by version and digest. */
    record Pair(String candidate, String digest, String served, String servedDigest) {}

    /** A night of a patient. */
    record Compared(String patient, double candidateLogit, double servedLogit, boolean lapsed) {}

    /**
     * @param nights scored by both and settled
     * @param waiting scored by both, outcome not settled yet or never to be known
     * @param logLossGain of the candidate: mean over nights of the log loss in service less its own; above 0 it is better
     * @param low lower end of the 95 % interval of the gain, nights of one patient taken together
     * @param candidateAuc NaN while all or none lapsed
     */
    public record Comparison(
            String candidate,
            String candidateDigest,
            String served,
            String servedDigest,
            int nights,
            int waiting,
            int lapsed,
            double candidateLogLoss,
            double servedLogLoss,
            double logLossGain,
            double low,
            double high,
            double candidateAuc,
            double servedAuc) {}

    private static final double NORMAL_975 = 1.959964;

    private final Records records;

    /** @param environment of somebody who may read the clinic's records and open its keys */
    public ShadowReport(Environment environment) {
        records = new Records(environment, new Vault(environment));
    }

    /** One row per pair of models that stood side by side in these clinics. */
    public List<Comparison> of(List<String> clinics, Instant now) {
        Map<Pair, List<Compared>> settled = new HashMap<>();
        Map<Pair, Integer> waiting = new HashMap<>();
        for (String clinic : clinics)
            for (Entry<History> entry : records.prefix(Key.featuresPk(clinic), "P#", Kind.FEATURES)) {
                PatientRef ref = new PatientRef(clinic, entry.key().sk().substring("P#".length()));
                for (Entry<ShadowScore> shadow : records.prefix(Key.patientPk(ref), "SHADOW#", Kind.SHADOW)) {
                    ShadowScore score = shadow.content();
                    Pair pair = new Pair(score.candidate(), score.digest(), score.served(), score.servedDigest());
                    settled.computeIfAbsent(pair, _ -> new ArrayList<>());
                    Lapse14 outcome = outcome(entry.content(), score.at(), now);
                    if (outcome.settled())
                        Objects.requireNonNull(settled.get(pair))
                                .add(new Compared(
                                        ref.patient(), score.logit(), score.servedLogit(), outcome == Lapse14.LAPSED));
                    else waiting.merge(pair, 1, Integer::sum);
                }
            }
        return settled.entrySet().stream()
                .sorted((a, b) -> a.getKey().toString().compareTo(b.getKey().toString()))
                .map(pair -> compare(pair.getKey(), pair.getValue(), waiting.getOrDefault(pair.getKey(), 0)))
                .toList();
    }

    private static Lapse14 outcome(History history, Instant night, Instant now) {
        LocalDate oldest = history.rebuiltAt()
                .minus(OwnOutcomes.HISTORY)
                .atZone(history.zone())
                .toLocalDate();
        boolean forgotten = night.atZone(history.zone()).toLocalDate().isBefore(oldest);
        CarePlan plan = RiskInputs.plan(history);
        if (forgotten || Lapse14.afterOutreach(plan, night)) return Lapse14.CENSORED;
        return Lapse14.of(plan, RiskInputs.facts(history), Lapse14.Observation.until(now), night);
    }

    static Comparison compare(Pair pair, List<Compared> nights, int waiting) {
        double candidateLoss = 0;
        double servedLoss = 0;
        Map<String, double[]> byPatient = new TreeMap<>();
        int lapsed = 0;
        for (Compared night : nights) {
            double candidate = logLoss(night.candidateLogit(), night.lapsed());
            double served = logLoss(night.servedLogit(), night.lapsed());
            candidateLoss += candidate;
            servedLoss += served;
            if (night.lapsed()) lapsed++;
            double[] sum = byPatient.computeIfAbsent(night.patient(), _ -> new double[2]);
            sum[0] += served - candidate;
            sum[1]++;
        }
        int n = nights.size();
        double gain = (servedLoss - candidateLoss) / n;
        // Variance of a mean over clusters, by linearisation: the nights of one patient go up and down together.
        double squares = 0;
        for (double[] sum : byPatient.values()) squares += Math.pow(sum[0] - sum[1] * gain, 2);
        int patients = byPatient.size();
        double spread = patients < 2 ? Double.NaN : Math.sqrt(squares * patients / (patients - 1.0)) / n;
        return new Comparison(
                pair.candidate(),
                pair.digest(),
                pair.served(),
                pair.servedDigest(),
                n,
                waiting,
                lapsed,
                candidateLoss / n,
                servedLoss / n,
                gain,
                gain - NORMAL_975 * spread,
                gain + NORMAL_975 * spread,
                auc(nights, true),
                auc(nights, false));
    }

    private static double logLoss(double logit, boolean lapsed) {
        double against = lapsed ? -logit : logit;
        return Math.max(against, 0) + Math.log1p(Math.exp(-Math.abs(against)));
    }

    /** Share of pairs of a lapse and none in which the lapse had the higher logit; ties count half. */
    private static double auc(List<Compared> nights, boolean candidate) {
        TreeMap<Double, int[]> counts = new TreeMap<>();
        for (Compared night : nights)
            counts.computeIfAbsent(candidate ? night.candidateLogit() : night.servedLogit(), _ -> new int[2])[
                    night.lapsed() ? 1 : 0]++;
        double won = 0;
        double keptBelow = 0;
        double lapsed = 0;
        for (int[] count : counts.values()) {
            won += count[1] * (keptBelow + count[0] / 2.0);
            keptBelow += count[0];
            lapsed += count[1];
        }
        return won / (keptBelow * lapsed);
    }
}
