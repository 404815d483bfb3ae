package health.carryover.clinicapi;

import health.carryover.clinical.adherence.Adherence;
import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.clinical.risk.Reasons;
import health.carryover.platform.http.Answer;
import health.carryover.platform.http.Operation;
import health.carryover.platform.http.Pages;
import health.carryover.platform.http.Refused;
import health.carryover.platform.http.Request;
import health.carryover.platform.identity.Caller.Role;
import health.carryover.platform.library.ExerciseLibrary;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Plans;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.RiskScore;
import health.carryover.platform.records.StoredSession;
import health.carryover.platform.records.Write;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One patient's record, as the treating therapist sees and changes it. */
final class PatientRecords {
    record Shown(
            String patientId,
            String name,
            Patient.Status status,
            String diagnosis,
            LocalDate planStart,
            String therapist,
            Adherence adherence) {}

    record SessionPage(List<StoredSession> sessions, Optional<String> nextCursor) {}

    /** An outreach without the token of its execution. */
    record ShownEscalation(
            String id,
            Instant flaggedAt,
            Escalation.Phase phase,
            List<String> reasons,
            @Nullable Instant encouragedAt,
            @Nullable Instant deadline,
            @Nullable String closedBecause) {}

    record Escalations(List<ShownEscalation> escalations) {}

    private final Records records;
    private final Plans plans;
    private final Set<String> exercises = ExerciseLibrary.builtIn().codes();

    PatientRecords(Records records) {
        this.records = records;
        plans = new Plans(records);
    }

    List<Operation> operations() {
        return List.of(
                Operation.of("GET /v1/patients/{patientId}", "ReadPatient", this::patient, this::show),
                Operation.of("GET /v1/patients/{patientId}/sessions", "ReadSessions", this::patient, this::sessions)
                        .needing(request -> Set.of(Consent.Scope.SHARE_WITH_THERAPIST)),
                Operation.of("GET /v1/patients/{patientId}/program", "ReadProgram", this::patient, this::program),
                Operation.of("PUT /v1/patients/{patientId}/program", "WriteProgram", this::patient, this::write),
                Operation.of("GET /v1/patients/{patientId}/risk", "ReadRisk", this::patient, this::risk),
                Operation.of(
                        "GET /v1/patients/{patientId}/escalations",
                        "ReadEscalations",
                        this::patient,
                        this::escalations));
    }

    Resource patient(Request request) {
        PatientRef ref = ref(request);
        Patient patient = records.get(Key.patient(ref), Kind.PATIENT)
                .orElseThrow(Refused::notFound)
                .content();
        return new Resource.PatientRecord(ref.clinic(), ref.patient(), patient.therapist());
    }

    private static PatientRef ref(Request request) {
        return Lookup.ref(request.caller().clinic(), request.path("patientId"));
    }

    private Answer show(Request request, Resource resource) {
        PatientRef ref = ref(request);
        Entry<Patient> entry = records.get(Key.patient(ref), Kind.PATIENT).orElseThrow();
        Patient patient = entry.content();
        Adherence adherence = plans.course(ref, patient.zone(), request.now(), Plans.HISTORY_DAYS)
                .adherence();
        return Answer.ok(new Shown(
                        ref.patient(),
                        patient.name(),
                        patient.status(),
                        patient.diagnosis(),
                        patient.planStart(),
                        patient.therapist(),
                        adherence))
                .withVersion(entry.version());
    }

    private Answer sessions(Request request, Resource resource) {
        Records.Page<StoredSession> page = records.newestFirst(
                Key.patientPk(ref(request)),
                "SESSION#",
                Kind.SESSION,
                Pages.limit(request),
                Pages.after(request, "SESSION#"));
        return Answer.ok(new SessionPage(
                page.entries().stream().map(Entry::content).toList(), Pages.cursor(page.lastSortKey())));
    }

    private Optional<Entry<Program>> latest(PatientRef ref) {
        return records.latest(Key.patientPk(ref), "PROGRAM#", Kind.PROGRAM);
    }

    private Answer program(Request request, Resource resource) {
        Program program = latest(ref(request)).orElseThrow(Refused::notFound).content();
        return Answer.ok(program).withVersion(program.version());
    }

    /** The version's key is the lock: of two therapists who write version 3 at once, one is told to read again. */
    private Answer write(Request request, Resource resource) {
        PatientRef ref = ref(request);
        int latest = latest(ref).map(entry -> entry.content().version()).orElse(0);
        if (request.ifMatch().filter(read -> read != latest).isPresent()) throw Refused.stale();
        Patient patient =
                records.get(Key.patient(ref), Kind.PATIENT).orElseThrow().content();
        Program program = request.body(ProgramChange.class)
                .version(
                        latest + 1,
                        request.caller().person(),
                        request.now(),
                        request.now().atZone(patient.zone()).toLocalDate(),
                        exercises,
                        "");
        Write.Result result = records.transact(List.of(
                new Write.Create(Entry.first(Key.program(ref, latest + 1), Kind.PROGRAM, program, Map.of())),
                request.audit(resource)));
        if (result instanceof Write.Result.Refused) throw Refused.stale();
        return Answer.ok(program).withVersion(program.version());
    }

    private Answer risk(Request request, Resource resource) {
        RiskScore score = records.latest(Key.patientPk(ref(request)), "RISK#", Kind.RISK)
                .orElseThrow(Refused::notFound)
                .content();
        return Answer.ok(score.withReasons(shownTo(request, score.reasons())));
    }

    /** A therapist sees why; the front desk what it may ask about. */
    private static List<String> shownTo(Request request, List<String> reasons) {
        return request.caller().roles().contains(Role.THERAPIST) ? reasons : Reasons.forFrontDesk(reasons);
    }

    private Answer escalations(Request request, Resource resource) {
        List<ShownEscalation> shown =
                records.prefix(Key.patientPk(ref(request)), "ESCALATION#", Kind.ESCALATION).stream()
                        .map(Entry::content)
                        .sorted(Comparator.comparing(Escalation::flaggedAt).reversed())
                        .map(escalation -> new ShownEscalation(
                                escalation.id(),
                                escalation.flaggedAt(),
                                escalation.phase(),
                                shownTo(request, escalation.reasons()),
                                escalation.encouragedAt(),
                                escalation.deadline(),
                                escalation.closedBecause()))
                        .toList();
        return Answer.ok(new Escalations(shown));
    }
}
