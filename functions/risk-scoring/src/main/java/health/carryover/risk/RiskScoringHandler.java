package health.carryover.risk;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import health.carryover.clinical.risk.ClinicCalibration;
import health.carryover.clinical.risk.Drift;
import health.carryover.clinical.risk.Feature;
import health.carryover.clinical.risk.PlainRule;
import health.carryover.clinical.risk.Reasons;
import health.carryover.clinical.risk.RiskFeatures;
import health.carryover.clinical.risk.RiskScore;
import health.carryover.platform.audit.AuditEvent;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.metrics.Metrics;
import health.carryover.platform.outreach.Admission;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.History;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Plans;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import health.carryover.platform.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores the patients of some clinics, one query and one call of the network per clinic, and flags the highest risks
 * that the clinic has places for.
 */
public final class RiskScoringHandler implements RequestHandler<RiskScoringHandler.Input, RiskScoringHandler.Output> {
    /** @param run the night's date */
    public record Input(String run, List<String> clinics) {}

    /** Identifiers and counts only: this passes through state machines. */
    public record Output(String run, List<Clinic> clinics) {
        /** @param flagged patients, highest risk first */
        public record Clinic(String clinic, List<String> flagged) {}
    }

    private static final Logger log = LoggerFactory.getLogger(RiskScoringHandler.class);

    /** Well below the hundred items that a transaction may have. */
    private static final int ITEMS_PER_TRANSACTION = 50;

    private static final int LEAST_FOR_DRIFT = 50;

    private static final Duration SET_UP_CALL_DUE = Duration.ofHours(8);

    private final Records records;
    private final Outreach outreach;
    private final Admission admission;
    private final Plans plans;
    private final AuditTrail trail;
    private final Metrics metrics;
    private final RiskModel model;
    private final Shadow shadow;
    private final PlainRule rule = PlainRuleFile.shipped();
    private final RiskScore threshold;
    private final InstantSource time;

    public RiskScoringHandler() {
        this(Environment.ofLambda());
    }

    RiskScoringHandler(Environment environment) {
        records = new Records(environment, new Vault(environment));
        outreach = new Outreach(environment, records);
        admission = new Admission(records, outreach);
        plans = new Plans(records);
        trail = new AuditTrail(environment);
        metrics = new Metrics(environment.time());
        time = environment.time();
        model = RiskModel.shipped(environment.variable("RISK_MODEL"));
        shadow = Shadow.of(environment.variable("RISK_CANDIDATE"), model.manifest(), records, metrics);
        Double flag20 = model.manifest().thresholds().get("flag20");
        if (flag20 == null) throw new IllegalStateException("the model names no threshold for flagging 20 %");
        threshold = new RiskScore(flag20);
    }

    /** One patient tonight. */
    private record Scored(
            PatientRef patient, RiskModel.Row row, PlainRule.Advice advice, RiskModel.@Nullable Scored byModel) {
        RiskFeatures features() {
            return row.features();
        }
    }

    /** A clinic's night. */
    private record Night(Output.Clinic output, List<Shadow.Row> rows) {}

    @Override
    public Output handleRequest(Input input, Context context) {
        List<Night> nights = new ArrayList<>();
        for (String clinic : input.clinics()) nights.add(night(clinic, input.run(), time.instant()));
        // Last of all, when everything that matters tonight is stored: whatever the candidate does, nobody is worse
        // off.
        for (Night night : nights) shadow.score(night.rows(), LocalDate.parse(input.run()), time.instant());
        return new Output(input.run(), nights.stream().map(Night::output).toList());
    }

    private Night night(String clinic, String run, Instant now) {
        Map<PatientRef, History> histories = new HashMap<>();
        for (Entry<History> entry : records.prefix(Key.featuresPk(clinic), "P#", Kind.FEATURES))
            histories.put(new PatientRef(clinic, entry.key().sk().substring("P#".length())), entry.content());
        List<Scored> scored = score(histories, now);
        ClinicCalibration calibration = OwnOutcomes.calibration(histories.values(), model, rule.early(), now);
        Judge judge = new Judge(calibration, threshold);
        store(clinic, run, scored, judge, now);
        List<String> flagged = flag(clinic, run, scored, judge, now);
        OptionalInt drifted = drifted(scored);
        String version = model.manifest().version();
        drifted.ifPresent(features -> metrics.amount("DriftedFeatures", "Model", version, features));
        if (calibration.judged())
            metrics.amount("MiscalibratedClinics", "Model", version, calibration.trusted() ? 0 : 1);
        log.atInfo()
                .addKeyValue("clinic", clinic)
                .addKeyValue("run", run)
                .addKeyValue("scored", scored.size())
                .addKeyValue("flagged", flagged.size())
                .addKeyValue("settledOutcomes", calibration.settled())
                .addKeyValue("calibrated", calibration.trusted())
                .addKeyValue("driftedFeatures", drifted.orElse(0))
                .log("clinic scored");
        return new Night(
                new Output.Clinic(clinic, flagged),
                scored.stream()
                        .filter(one -> one.byModel() != null)
                        .map(one -> new Shadow.Row(
                                one.patient(),
                                one.row(),
                                java.util.Objects.requireNonNull(one.byModel()).logit()))
                        .toList());
    }

    private List<Scored> score(Map<PatientRef, History> histories, Instant now) {
        List<Scored> all = new ArrayList<>();
        List<PatientRef> patients = histories.keySet().stream()
                .filter(patient -> begun(histories.get(patient), now))
                .sorted((a, b) -> a.patient().compareTo(b.patient()))
                .toList();
        List<RiskModel.Row> rows = new ArrayList<>();
        List<PlainRule.Advice> advice = new ArrayList<>();
        for (PatientRef patient : patients) {
            History history = java.util.Objects.requireNonNull(histories.get(patient));
            var plan = RiskInputs.plan(history);
            var facts = RiskInputs.facts(history);
            rows.add(RiskModel.Row.of(plan, facts, now));
            advice.add(rule.judge(plan, facts, now));
        }
        List<RiskModel.Scored> byModel = model.score(rows);
        for (int i = 0; i < patients.size(); i++) {
            boolean early = !(advice.get(i) instanceof PlainRule.Advice.LaterBand);
            all.add(new Scored(patients.get(i), rows.get(i), advice.get(i), early ? null : byModel.get(i)));
        }
        return all;
    }

    private static boolean begun(@Nullable History history, Instant now) {
        return history != null
                && history.programs().stream()
                        .anyMatch(program -> !program.validFrom()
                                .atStartOfDay(history.zone())
                                .toInstant()
                                .isAfter(now));
    }

    /**
     * Features whose distribution among tonight's patients is not that of the training any more; empty for a handful of
     * patients, who are unlike any cohort by chance alone.
     */
    private OptionalInt drifted(List<Scored> scored) {
        List<RiskFeatures> features = scored.stream()
                .filter(one -> one.byModel() != null)
                .map(Scored::features)
                .toList();
        if (features.size() < LEAST_FOR_DRIFT) return OptionalInt.empty();
        int drifted = 0;
        for (Feature feature : Feature.values()) {
            Drift.Reference reference = model.manifest().reference().get(feature.column());
            if (reference != null && Drift.index(features, feature, reference) > Drift.LARGE) drifted++;
        }
        return OptionalInt.of(drifted);
    }

    private void store(String clinic, String run, List<Scored> scored, Judge judge, Instant now) {
        List<Write> writes = new ArrayList<>();
        for (Scored one : scored) {
            writes.add(new Write.Overwrite(new Entry<>(
                    Key.risk(one.patient(), LocalDate.parse(run)),
                    Kind.RISK,
                    now.toEpochMilli(),
                    shown(one, judge, now),
                    Map.of())));
            if (writes.size() == ITEMS_PER_TRANSACTION) {
                records.commit(writes);
                writes.clear();
            }
            if (one.advice() instanceof PlainRule.Advice.SetUpHelp) helpToSetUp(one.patient(), now);
        }
        if (!writes.isEmpty()) records.commit(writes);
        trail.write(new AuditEvent(clinic, null, "risk-scoring", "SYSTEM", "ScoreClinic", "DONE", now, "night-" + run));
    }

    private health.carryover.platform.records.RiskScore shown(Scored one, Judge judge, Instant now) {
        String band = switch (one.advice()) {
            case PlainRule.Advice.SetUpHelp help -> "SET_UP_HELP";
            case PlainRule.Advice.EarlyBand(PlainRule.Band early) -> early.name();
            case PlainRule.Advice.LaterBand(PlainRule.Band later) -> later.name();
        };
        RiskModel.Scored byModel = one.byModel();
        return new health.carryover.platform.records.RiskScore(
                now,
                byModel == null ? null : judge.percentage(byModel.logit()),
                band,
                byModel == null
                        ? List.of()
                        : byModel.reasons().stream().map(Reasons.Reason::text).toList(),
                model.manifest().version(),
                model.manifest().digest(),
                model.manifest().simulated(),
                judge.calibration().settled(),
                byModel == null
                        ? List.of()
                        : byModel.reasons().stream().map(Reasons.Reason::group).toList());
    }

    /** No session 72 hours after the prescription: a call that helps, rather than an outreach that reminds. */
    private void helpToSetUp(PatientRef ref, Instant now) {
        Patient patient =
                records.get(Key.patient(ref), Kind.PATIENT).orElseThrow().content();
        if (admission.refusal(ref, patient, now).isPresent()) return;
        var hours = records.get(Key.clinic(ref.clinic()), Kind.CLINIC)
                .orElseThrow()
                .content()
                .hours();
        Task task = Task.open(
                "set-up-" + ref.patient(),
                Task.Work.FOLLOW_UP,
                ref.patient(),
                null,
                List.of("No session yet since the program was prescribed: offer help to set up."),
                now,
                hours.after(now, SET_UP_CALL_DUE),
                null);
        // Refused on later nights, when the task is there already: one offer is enough.
        records.transact(List.of(new Write.Create(Outreach.newTask(ref.clinic(), task))));
    }

    /** The highest risks first, until the clinic has no place left; never padded with lower ones. */
    private List<String> flag(String clinic, String run, List<Scored> scored, Judge judge, Instant now) {
        int places = admission.cap(clinic) - records.openCount(clinic);
        List<Judge.Judged> judged = new ArrayList<>();
        Map<String, Scored> byPatient = new HashMap<>();
        for (Scored one : scored) {
            RiskModel.Scored byModel = one.byModel();
            if (byModel == null) continue;
            byPatient.put(one.patient().patient(), one);
            judged.add(new Judge.Judged(
                    one.patient().patient(), one.features(), rule.band(one.features()), byModel.logit()));
        }
        List<String> flagged = new ArrayList<>();
        for (String patient : judge.worthACall(judged, run)) {
            if (flagged.size() >= places) break;
            Scored one = java.util.Objects.requireNonNull(byPatient.get(patient));
            if (eligible(one, run, judge, now)) flagged.add(patient);
        }
        return flagged;
    }

    /**
     * Before anyone is bothered, the history is read anew from the sessions themselves: a lost event may have left the
     * stored one behind.
     */
    private boolean eligible(Scored one, String run, Judge judge, Instant now) {
        PatientRef ref = one.patient();
        Patient patient =
                records.get(Key.patient(ref), Kind.PATIENT).orElseThrow().content();
        if (outreach.open(ref).isPresent()
                || admission.refusal(ref, patient, now).isPresent()) return false;
        History fresh = plans.history(ref, patient, now);
        var plan = RiskInputs.plan(fresh);
        var facts = RiskInputs.facts(fresh);
        RiskModel.Row row = RiskModel.Row.of(plan, facts, now);
        if (row.features().equals(one.features())) return true;
        RiskModel.Scored again = model.score(List.of(row)).getFirst();
        Scored healed = new Scored(ref, row, rule.judge(plan, facts, now), again);
        records.commit(List.of(
                new Write.Overwrite(new Entry<>(Key.features(ref), Kind.FEATURES, now.toEpochMilli(), fresh, Map.of())),
                new Write.Overwrite(new Entry<>(
                        Key.risk(ref, LocalDate.parse(run)),
                        Kind.RISK,
                        now.toEpochMilli(),
                        shown(healed, judge, now),
                        Map.of()))));
        return !judge.worthACall(
                        List.of(new Judge.Judged(
                                ref.patient(), row.features(), rule.band(row.features()), again.logit())),
                        run)
                .isEmpty();
    }
}
