package health.carryover.upload;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import health.carryover.platform.audit.AuditEvent;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.environment.Environment;
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
import health.carryover.platform.streams.ImuDecoder;
import health.carryover.platform.streams.LandmarksDecoder;
import health.carryover.platform.streams.RecordingsBucket;
import health.carryover.platform.streams.RecordingsBucket.Stored;
import health.carryover.platform.streams.StreamLimits;
import health.carryover.platform.streams.StreamProblem;
import health.carryover.platform.vault.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recording arrived in storage: consent is looked at again, the content is read once within bounds, and only then is
 * the object accepted. Everything else is erased, version and all.
 */
public final class RecordingArrivalHandler implements RequestHandler<Map<String, Object>, String> {
    private static final Logger log = LoggerFactory.getLogger(RecordingArrivalHandler.class);

    private final Records records;
    private final Measurements measurements;
    private final AuditTrail trail;
    private final RecordingsBucket bucket;
    private final InstantSource time;

    public RecordingArrivalHandler() {
        this(Environment.ofLambda());
    }

    RecordingArrivalHandler(Environment environment) {
        records = new Records(environment, new Vault(environment));
        measurements = new Measurements(environment, records);
        trail = new AuditTrail(environment);
        bucket = new RecordingsBucket(environment);
        time = environment.time();
    }

    /** @return {@code ACCEPTED}, or why the object was erased */
    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
        Stored object = Stored.of(event);
        Optional<Address> address = Address.of(object.key());
        if (address.isEmpty()) return erase(object, "FOREIGN_KEY");
        PatientRef patient = address.get().patient();
        Optional<Entry<Recording>> announced =
                records.get(Key.recording(patient, address.get().uploadId()), Kind.RECORDING);
        if (announced.isEmpty() || !announced.get().content().objectKey().equals(object.key()))
            return erase(object, "NOT_ANNOUNCED");
        // The event comes at least once; whoever comes second finds the matter settled, and does again what follows.
        String settled = announced.get().clear().get(Clear.state);
        if (settled == null || settled.equals("ANNOUNCED")) settled = settle(patient, announced.get(), object);
        if (settled.equals("ACCEPTED")) {
            // Only after the state is stored: the news of the tag makes others look at it.
            bucket.accept(object);
            return settled;
        }
        measurements.settle(patient, announced.get().content().sessionId());
        return erase(object, settled);
    }

    private String settle(PatientRef patient, Entry<Recording> announced, Stored object) {
        Recording recording = announced.content();
        Optional<String> refusal = refusal(patient, recording.format(), object);
        String state = refusal.orElse("ACCEPTED");
        Instant now = time.instant();
        List<Write> writes = new ArrayList<>(List.of(
                new Write.Replace(announced.next(recording, Map.of(Clear.state, state))),
                new Write.Other(trail.item(new AuditEvent(
                        patient.clinic(),
                        patient.patient(),
                        "recording-arrival",
                        "SYSTEM",
                        "RecordingArrived",
                        state,
                        now,
                        recording.uploadId())))));
        refusal.ifPresent(because -> writes.add(
                Measurements.store(patient, recording.sessionId(), Measurement.refused(recording, because, now))));
        records.commit(writes);
        return state;
    }

    private Optional<String> refusal(PatientRef patient, Recording.Format format, Stored object) {
        boolean consented = records.latest(Key.patientPk(patient), "CONSENT#", Kind.CONSENT)
                .map(entry -> entry.content().allows(Consent.Scope.BODY_TRACKING))
                .orElse(false);
        if (!consented) return Optional.of("NO_CONSENT");
        try (InputStream content = bucket.open(object)) {
            return problem(format, content).map(problem -> problem.code().name());
        } catch (IOException e) {
            throw new UncheckedIOException("the object could not be read", e);
        }
    }

    private static Optional<StreamProblem> problem(Recording.Format format, InputStream content) throws IOException {
        return switch (format) {
            case LANDMARKS ->
                LandmarksDecoder.stream(content, StreamLimits.LANDMARKS, _ -> {}, _ -> {})
                                instanceof LandmarksDecoder.Streamed.Refused(StreamProblem problem)
                        ? Optional.of(problem)
                        : Optional.empty();
            case IMU ->
                ImuDecoder.stream(content, StreamLimits.IMU, _ -> {}, _ -> {})
                                instanceof ImuDecoder.Streamed.Refused(StreamProblem problem)
                        ? Optional.of(problem)
                        : Optional.empty();
        };
    }

    private String erase(Stored object, String because) {
        bucket.erase(object);
        log.atWarn().addKeyValue("because", because).log("recording erased on arrival");
        return because;
    }
}
