package health.carryover.events;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import health.carryover.clinical.adherence.PainRule;
import health.carryover.clinical.adherence.Session;
import health.carryover.clinical.escalation.Engagement;
import health.carryover.platform.audit.AuditEvent;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.library.PainRules;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.records.Contact;
import health.carryover.platform.records.History;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Measurements;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Plans;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.StoredSession;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import health.carryover.platform.review.ReviewItems;
import health.carryover.platform.vault.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows from a stored session or contact: summary and history, a look at the pain and at the course of the plan, and
 * the end of an outreach if the patient engaged; from a stored safety event: somebody looks after its task. Everything is computed from what is stored, so a repeat changes nothing.
 */
public final class SessionEventsHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
    private static final Logger log = LoggerFactory.getLogger(SessionEventsHandler.class);

    private final Records records;
    private final Plans plans;
    private final Outreach outreach;
    private final Measurements measurements;
    private final ReviewItems reviewItems;
    private final SafetyMachine safety;
    private final AuditTrail trail;
    private final PainRule painRule = PainRules.inForce();
    private final InstantSource time;

    public SessionEventsHandler() {
        this(Environment.ofLambda());
    }

    SessionEventsHandler(Environment environment) {
        records = new Records(environment, new Vault(environment));
        plans = new Plans(records);
        outreach = new Outreach(environment, records);
        measurements = new Measurements(environment, records);
        reviewItems = new ReviewItems(environment, records);
        safety = new SafetyMachine(environment, records);
        trail = new AuditTrail(environment);
        time = environment.time();
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        Map<PatientRef, List<DynamodbStreamRecord>> byPatient = event.getRecords().stream()
                .collect(Collectors.groupingBy(
                        record -> patient(key(record, "PK")), LinkedHashMap::new, Collectors.toList()));
        List<BatchItemFailure> failures = new ArrayList<>();
        byPatient.forEach((patient, records) -> {
            try {
                handle(patient, records);
            } catch (RuntimeException e) {
                // The earliest failure decides from where on the batch comes again.
                String sequence = records.getFirst().getDynamodb().getSequenceNumber();
                log.atWarn().addKeyValue("sequence", sequence).setCause(e).log("events failed, will come again");
                failures.add(new BatchItemFailure(sequence));
            }
        });
        return new StreamsEventResponse(failures);
    }

    /** Everything that is read here is read after all of these events were stored. */
    private void handle(PatientRef ref, List<DynamodbStreamRecord> all) {
        Instant now = time.instant();
        // First of all: nothing else that goes wrong with this patient's events may keep it.
        all.stream()
                .map(event -> new Key(key(event, "PK"), key(event, "SK")))
                .filter(SessionEventsHandler::isSafety)
                .forEach(event -> safety.start(ref, event));
        List<DynamodbStreamRecord> events = all.stream()
                .filter(event -> !isSafety(new Key(key(event, "PK"), key(event, "SK"))))
                .toList();
        if (events.isEmpty()) return;
        Patient patient = records.get(Key.patient(ref), Kind.PATIENT)
                .orElseThrow(() -> new IllegalStateException("a session without a patient"))
                .content();
        History history = plans.history(ref, patient, now);
        records.commit(plans.derived(ref, history));
        Map<String, StoredSession> recent = history.sessions().stream()
                .collect(Collectors.toMap(stored -> stored.session().sessionId(), stored -> stored));
        // Recordings may have been measured before their session came.
        measurements
                .measured(
                        ref,
                        events.stream()
                                .map(event -> key(event, "SK"))
                                .filter(sortKey -> sortKey.startsWith("SESSION#"))
                                .map(SessionEventsHandler::lastPart)
                                .collect(Collectors.toSet()))
                .forEach(session -> measurements.settle(ref, session));
        boolean open = outreach.open(ref).isPresent();
        for (DynamodbStreamRecord event : events) {
            Key key = new Key(key(event, "PK"), key(event, "SK"));
            Engagement engagement =
                    key.sk().startsWith("SESSION#") ? session(ref, patient, key, recent, now) : contact(key);
            boolean ended = open && outreach.onEngagement(ref, engagement);
            // Pain that found no outreach waiting (the session that hurt had just ended it) still reaches the
            // therapist.
            if (engagement.kind().needsTherapist() && !ended)
                review(ref, patient, contactId(key), "Answered a message with: in pain.", now);
        }
        reviewItems.look(ref, patient, now);
    }

    private static boolean isSafety(Key key) {
        return key.sk().startsWith("SAFETY#");
    }

    private static String key(DynamodbStreamRecord record, String name) {
        return Objects.requireNonNull(record.getDynamodb().getKeys().get(name), name)
                .getS();
    }

    private Engagement session(
            PatientRef ref, Patient patient, Key key, Map<String, StoredSession> recent, Instant now) {
        StoredSession stored = recent.get(lastPart(key.sk()));
        // One from before the history's reach is read by itself.
        if (stored == null)
            stored = records.get(key, Kind.SESSION).orElseThrow().content();
        Session session = stored.session();
        Optional<PainRule.Finding> finding = session.pain() == null ? Optional.empty() : painRule.judge(session.pain());
        finding.ifPresent(found ->
                review(ref, patient, session.sessionId(), words(found) + " (rule " + painRule.version() + ")", now));
        // Every exercise skipped is a record of a barrier, not a session: it ends nothing.
        Instant at = session.counts() ? session.endedAt() : Instant.MIN;
        return new Engagement(Engagement.Kind.SESSION, at, session.sessionId());
    }

    private Engagement contact(Key key) {
        Contact contact = records.get(key, Kind.CONTACT).orElseThrow().content();
        return new Engagement(contact.kind(), contact.at(), key.sk());
    }

    /** From {@code CONTACT#<instant>#<id>}. */
    private static String contactId(Key key) {
        return lastPart(key.sk());
    }

    private static String lastPart(String sortKey) {
        return sortKey.substring(sortKey.lastIndexOf('#') + 1);
    }

    /** @param id of the session or contact: a repeat of its event makes no second task */
    private void review(PatientRef ref, Patient patient, String id, String reason, Instant now) {
        var clinic =
                records.get(Key.clinic(ref.clinic()), Kind.CLINIC).orElseThrow().content();
        Task task = Task.open(
                "pain-" + id,
                Task.Work.REVIEW_ITEM,
                ref.patient(),
                null,
                List.of(reason),
                now,
                clinic.hours().nextWorkingDay(now),
                patient.therapist());
        // Refused when a repeat of this event finds the task there already, which is what it is there for.
        records.transact(List.of(
                new Write.Create(Outreach.newTask(ref.clinic(), task)),
                new Write.Other(trail.item(new AuditEvent(
                        ref.clinic(), ref.patient(), "session-events", "SYSTEM", "ReviewPain", "DONE", now, id)))));
    }

    private static String words(PainRule.Finding found) {
        return switch (found) {
            case SEVERE_AND_SUDDEN -> "Severe pain came suddenly during the session.";
            case HIGH_AND_RISING -> "Pain after the session was high and above before.";
            case RISING -> "Pain rose clearly during the session.";
            case NOT_BACK_NEXT_MORNING -> "Pain was not back to usual the next morning.";
        };
    }

    /** From {@code C#<clinic>#P#<patient>}. */
    private static PatientRef patient(String pk) {
        String[] parts = pk.split("#");
        if (parts.length != 4 || !parts[0].equals("C") || !parts[2].equals("P"))
            throw new IllegalArgumentException("not a patient's key: " + pk);
        return new PatientRef(parts[1], parts[3]);
    }
}
