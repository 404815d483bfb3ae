package health.carryover.upload;

import health.carryover.platform.environment.Environment;
import health.carryover.platform.http.Answer;
import health.carryover.platform.http.Refused;
import health.carryover.platform.http.Request;
import health.carryover.platform.library.ExerciseLibrary;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Clear;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Ids;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Recording;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/**
 * Addresses for recordings of landmarks and sensors, which never pass through a function: length and digest are signed, nothing can be
 * overwritten, and nobody sees the object before {@link RecordingArrivalHandler} has accepted it.
 */
final class Recordings {
    private static final Duration URL_LIFE = Duration.ofMinutes(15);

    record Announcement(String sessionId, String exercise, String format, long bytes, String sha256) {}

    record PutAddress(String uploadId, String url, Map<String, String> headers, Instant expiresAt) {}

    private final Records records;
    private final S3Presigner presigner;
    private final String bucket;
    private final Set<String> exercises = ExerciseLibrary.builtIn().codes();
    private final Ids ids = new Ids();

    Recordings(Environment environment, Records records) {
        this.records = records;
        presigner = environment.presigner();
        bucket = environment.variable("RECORDINGS_BUCKET");
    }

    Answer announce(Request request, Resource resource) {
        Announcement announced = request.body(Announcement.class);
        if (!exercises.contains(announced.exercise())) throw Refused.impossible("unknownExercise", "/exercise");
        PatientRef patient = request.caller().self();
        String id = ids.next(request.now());
        Recording.Format format = Recording.Format.of(announced.format());
        Recording recording = new Recording(
                id,
                announced.sessionId(),
                announced.exercise(),
                format,
                new Recording.Address(format, patient, id).objectKey(),
                announced.bytes(),
                announced.sha256());
        records.commit(List.of(
                new Write.Create(Entry.first(
                        Key.recording(patient, id), Kind.RECORDING, recording, Map.of(Clear.state, "ANNOUNCED"))),
                request.audit(resource)));
        PresignedPutObjectRequest put = presigner.presignPutObject(presign -> presign.signatureDuration(URL_LIFE)
                .putObjectRequest(object -> object.bucket(bucket)
                        .key(recording.objectKey())
                        .contentLength(announced.bytes())
                        .checksumSHA256(announced.sha256())
                        .ifNoneMatch("*")));
        Map<String, String> headers = new TreeMap<>();
        put.signedHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("host")) headers.put(name, String.join(",", values));
        });
        return Answer.created(new PutAddress(id, put.url().toString(), headers, put.expiration()));
    }
}
