package health.carryover.upload;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.platform.audit.AuditEvent;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Clear;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Recording;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Write;
import health.carryover.platform.streams.LandmarksDecoder;
import health.carryover.platform.streams.StreamLimits;
import health.carryover.platform.vault.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * A recording arrived in storage: consent is looked at again, the content is read once within bounds, and only then is
 * the object accepted. Everything else is erased, version and all.
 */
public final class RecordingArrivalHandler implements RequestHandler<Map<String, Object>, String> {
    private static final Logger log = LoggerFactory.getLogger(RecordingArrivalHandler.class);

    private final Records records;
    private final AuditTrail trail;
    private final S3Client s3;
    private final String bucket;
    private final InstantSource time;

    public RecordingArrivalHandler() {
        this(Environment.ofLambda());
    }

    RecordingArrivalHandler(Environment environment) {
        records = new Records(environment, new Vault(environment));
        trail = new AuditTrail(environment);
        s3 = environment.client(S3Client.builder());
        bucket = environment.variable("RECORDINGS_BUCKET");
        time = environment.time();
    }

    /** @return {@code ACCEPTED}, or why the object was erased */
    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
        JsonNode object = Json.MAPPER.valueToTree(event).path("detail").path("object");
        String key = object.path("key").asText();
        String[] parts = key.split("/");
        if (parts.length != 4
                || !parts[0].equals("landmarks")
                || !Stream.of(parts).allMatch(Key::isId)) return erase(key, object, "FOREIGN_KEY");
        PatientRef patient = new PatientRef(parts[1], parts[2]);
        Optional<Entry<Recording>> announced = records.get(Key.recording(patient, parts[3]), Kind.RECORDING);
        if (announced.isEmpty()) return erase(key, object, "NOT_ANNOUNCED");
        // The event comes at least once; whoever comes second finds the matter settled.
        String settled = announced.get().clear().get(Clear.state);
        if (settled != null && !settled.equals("ANNOUNCED"))
            return settled.equals("ACCEPTED") ? settled : erase(key, object, settled);

        Optional<String> refusal = refusal(patient, key);
        String state = refusal.orElse("ACCEPTED");
        if (refusal.isEmpty())
            s3.putObjectTagging(put -> put.bucket(bucket)
                    .key(key)
                    .tagging(tagging -> tagging.tagSet(
                            Tag.builder().key("accepted").value("true").build())));
        Instant now = time.instant();
        records.commit(List.of(
                new Write.Replace(announced.get().next(announced.get().content(), Map.of(Clear.state, state))),
                new Write.Other(trail.item(new AuditEvent(
                        patient.clinic(),
                        patient.patient(),
                        "recording-arrival",
                        "SYSTEM",
                        "RecordingArrived",
                        state,
                        now,
                        parts[3])))));
        // After the state is stored: a repeat erases again, but could not judge again what is no longer there.
        refusal.ifPresent(because -> erase(key, object, because));
        return state;
    }

    private Optional<String> refusal(PatientRef patient, String key) {
        boolean consented = records.latest(Key.patientPk(patient), "CONSENT#", Kind.CONSENT)
                .map(entry -> entry.content().allows(Consent.Scope.BODY_TRACKING))
                .orElse(false);
        if (!consented) return Optional.of("NO_CONSENT");
        try (InputStream content = s3.getObject(get -> get.bucket(bucket).key(key))) {
            LandmarksDecoder.Streamed read =
                    LandmarksDecoder.stream(content, StreamLimits.LANDMARKS, header -> {}, frame -> {});
            return read instanceof LandmarksDecoder.Streamed.Refused refused
                    ? Optional.of(refused.problem().code().name())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the object could not be read", e);
        }
    }

    private String erase(String key, JsonNode object, String because) {
        String version = object.path("version-id").asText("");
        s3.deleteObject(delete -> {
            delete.bucket(bucket).key(key);
            if (!version.isEmpty()) delete.versionId(version);
        });
        log.atWarn().addKeyValue("because", because).log("recording erased on arrival");
        return because;
    }
}
