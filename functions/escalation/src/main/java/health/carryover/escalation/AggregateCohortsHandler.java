package health.carryover.escalation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import health.carryover.clinical.adherence.Compliance;
import health.carryover.clinical.engagement.CohortCell;
import health.carryover.clinical.engagement.CohortComparison.Member;
import health.carryover.platform.audit.AuditEvent;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.History;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.StoredCohort;
import health.carryover.platform.records.StoredSession;
import health.carryover.platform.records.Write;
import health.carryover.platform.vault.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What patients are compared with, worked out at night: for each group of a clinic's patients that is large enough one
 * number that is nobody's. Only those who agreed are counted, by their consent of this night; a group that has become
 * too small loses its number.
 */
public final class AggregateCohortsHandler
        implements RequestHandler<AggregateCohortsHandler.Input, AggregateCohortsHandler.Output> {
    /** @param run the night's date */
    public record Input(String run, List<String> clinics) {}

    public record Output(String run, int clinics, int cohorts) {}

    private static final Logger log = LoggerFactory.getLogger(AggregateCohortsHandler.class);

    private final Records records;
    private final AuditTrail trail;
    private final InstantSource time;

    public AggregateCohortsHandler() {
        this(Environment.ofLambda());
    }

    AggregateCohortsHandler(Environment environment) {
        records = new Records(environment, new Vault(environment));
        trail = new AuditTrail(environment);
        time = environment.time();
    }

    @Override
    public Output handleRequest(Input input, Context context) {
        int cohorts = 0;
        for (String clinic : input.clinics()) cohorts += aggregate(clinic, input.run(), time.instant());
        log.atInfo()
                .addKeyValue("run", input.run())
                .addKeyValue("clinics", input.clinics().size())
                .addKeyValue("cohorts", cohorts)
                .log("cohorts aggregated");
        return new Output(input.run(), input.clinics().size(), cohorts);
    }

    private int aggregate(String clinic, String run, Instant now) {
        List<Member> members = new ArrayList<>();
        for (Entry<History> entry : records.prefix(Key.featuresPk(clinic), "P#", Kind.FEATURES))
            member(new PatientRef(clinic, entry.key().sk().substring("P#".length())), entry.content(), now)
                    .ifPresent(members::add);
        Map<String, CohortCell> cells = CohortCell.of(members);
        List<Write> writes = new ArrayList<>();
        for (Entry<StoredCohort> old : records.prefix(Key.cohortsPk(clinic), "GROUP#", Kind.COHORT))
            if (!cells.containsKey(old.content().cell().group())) writes.add(new Write.Delete(old));
        cells.forEach((group, cell) -> writes.add(new Write.Overwrite(new Entry<>(
                Key.cohort(clinic, group), Kind.COHORT, now.toEpochMilli(), new StoredCohort(cell, now), Map.of()))));
        writes.add(new Write.Other(trail.item(new AuditEvent(
                clinic, null, "escalation", "SYSTEM", "AggregateCohorts", "DONE", now, "night-" + run))));
        records.commit(writes);
        return cells.size();
    }

    /** Empty for who is not in treatment, did not agree, or has no score. */
    private Optional<Member> member(PatientRef ref, History history, Instant now) {
        boolean agrees = records.latest(Key.patientPk(ref), "CONSENT#", Kind.CONSENT)
                .map(entry -> entry.content().allows(Consent.Scope.COMPARISON))
                .orElse(false);
        if (!agrees) return Optional.empty();
        Patient patient =
                records.get(Key.patient(ref), Kind.PATIENT).orElseThrow().content();
        if (patient.status() != Patient.Status.ACTIVE) return Optional.empty();
        LocalDate today = now.atZone(patient.zone()).toLocalDate();
        OptionalInt score = Compliance.over(
                        Compliance.USUAL_WEEKS,
                        today,
                        history.sessions().stream().map(StoredSession::session).toList(),
                        history.programs(),
                        history.breaks())
                .score();
        if (score.isEmpty()) return Optional.empty();
        String group = CohortCell.group(patient.diagnosis(), ChronoUnit.WEEKS.between(patient.planStart(), today));
        return Optional.of(new Member(ref.patient(), group, score.getAsInt(), true));
    }
}
