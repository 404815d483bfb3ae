package health.carryover.motionanalysis;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.platform.audit.AuditEvent;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.library.ExerciseLibrary;
import health.carryover.platform.records.Clear;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Measurement;
import health.carryover.platform.records.Measurements;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Recording;
import health.carryover.platform.records.Recording.Address;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Write;
import health.carryover.platform.review.ReviewItems;
import health.carryover.platform.streams.RecordingsBucket;
import health.carryover.platform.streams.RecordingsBucket.Stored;
import health.carryover.platform.vault.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recording was accepted: it is measured anew, and what the device claims is held against it. Called by the news of the
 * tag that acceptance sets; at least once, so everything here may happen again.
 */
public final class MotionAnalysisHandler implements RequestHandler<Map<String, Object>, String> {
    private static final Logger log = LoggerFactory.getLogger(MotionAnalysisHandler.class);

    /** What is answered when the recording is measured, now or before. */
    static final String MEASURED = "MEASURED";

    private static final String NO_CONSENT = "NO_CONSENT";

    private final Records records;
    private final Measurements measurements;
    private final ReviewItems reviewItems;
    private final AuditTrail trail;
    private final RecordingsBucket bucket;
    private final ExerciseLibrary exercises = ExerciseLibrary.builtIn();
    private final InstantSource time;
    private final String build;

    public MotionAnalysisHandler() {
        this(Environment.ofLambda());
    }

    MotionAnalysisHandler(Environment environment) {
        records = new Records(environment, new Vault(environment));
        measurements = new Measurements(environment, records);
        reviewItems = new ReviewItems(environment, records);
        trail = new AuditTrail(environment);
        bucket = new RecordingsBucket(environment);
        time = environment.time();
        build = environment.variable("BUILD");
    }

    /** @return {@code MEASURED}, or why the recording was not */
    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
        Stored object = Stored.of(event);
        Optional<Address> address = Address.of(object.key());
        if (address.isEmpty()) return "FOREIGN_KEY";
        PatientRef patient = address.get().patient();
        Optional<Entry<Recording>> announced =
                records.get(Key.recording(patient, address.get().uploadId()), Kind.RECORDING);
        if (announced.isEmpty() || !announced.get().content().objectKey().equals(object.key())) return "NOT_ANNOUNCED";
        String state = announced.get().clear().getOrDefault(Clear.state, "ANNOUNCED");
        // Tagged by somebody else: whoever accepts stores it first.
        if (state.equals("ANNOUNCED")) return state;
        Recording recording = announced.get().content();
        String outcome = !state.equals("ACCEPTED")
                ? state
                : measurements.has(patient, recording) ? MEASURED : measure(patient, announced.get(), object);
        measurements.settle(patient, recording.sessionId());
        if (outcome.equals(MEASURED))
            records.get(Key.patient(patient), Kind.PATIENT)
                    .ifPresent(profile -> reviewItems.look(patient, profile.content(), time.instant()));
        if (!outcome.equals(MEASURED)) {
            bucket.erase(object);
            log.atWarn().addKeyValue("because", outcome).log("recording erased instead of measured");
        }
        return outcome;
    }

    private String measure(PatientRef patient, Entry<Recording> announced, Stored object) {
        Recording recording = announced.content();
        Optional<Consent> consent = records.latest(Key.patientPk(patient), "CONSENT#", Kind.CONSENT)
                .map(Entry::content)
                .filter(given -> given.allows(Consent.Scope.BODY_TRACKING));
        if (consent.isEmpty()) return refuse(patient, announced, NO_CONSENT);
        return switch (analyse(recording, object)) {
            case Analysis.Refused(var problem) ->
                refuse(patient, announced, problem.code().name());
            case Analysis.Measured measured -> {
                Instant now = time.instant();
                Write.Result result = records.transact(List.of(
                        Measurements.store(
                                patient,
                                recording.sessionId(),
                                new Measurement(
                                        recording.uploadId(),
                                        recording.exercise(),
                                        measured.algorithm() + "+" + build,
                                        now,
                                        measured.movement(),
                                        measured.sensors(),
                                        measured.notMeasured(),
                                        null)),
                        // Nobody took the consent back while this was being measured.
                        new Write.Absent(Key.consent(patient, consent.get().version() + 1)),
                        audit(patient, recording, MEASURED, now)));
                if (result instanceof Write.Result.Refused(int part, var _) && part > 0)
                    throw new IllegalStateException("the consent changed meanwhile; to be looked at again");
                yield MEASURED;
            }
        };
    }

    private Analysis analyse(Recording recording, Stored object) {
        try (InputStream content = bucket.open(object)) {
            Exercise exercise = exercises
                    .find(recording.exercise())
                    .orElseThrow(() -> new IllegalStateException("the library lost an exercise"));
            return switch (recording.format()) {
                case LANDMARKS -> LandmarkAnalysis.of(content, exercise);
                case IMU -> SensorAnalysis.of(content, exercise);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("the object could not be read", e);
        }
    }

    private String refuse(PatientRef patient, Entry<Recording> announced, String because) {
        Recording recording = announced.content();
        Instant now = time.instant();
        records.commit(List.of(
                new Write.Replace(announced.next(recording, Map.of(Clear.state, because))),
                Measurements.store(patient, recording.sessionId(), Measurement.refused(recording, because, now)),
                audit(patient, recording, because, now)));
        return because;
    }

    private Write audit(PatientRef patient, Recording recording, String outcome, Instant now) {
        return new Write.Other(trail.item(new AuditEvent(
                patient.clinic(),
                patient.patient(),
                "motion-analysis",
                "SYSTEM",
                "MeasureRecording",
                outcome,
                now,
                recording.uploadId())));
    }
}
