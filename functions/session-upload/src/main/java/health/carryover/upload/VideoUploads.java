package health.carryover.upload;

import health.carryover.platform.environment.Environment;
import health.carryover.platform.http.Answer;
import health.carryover.platform.http.Operation;
import health.carryover.platform.http.Problem;
import health.carryover.platform.http.Refused;
import health.carryover.platform.http.Request;
import health.carryover.platform.library.ExerciseLibrary;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Ids;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Video;
import health.carryover.platform.records.Video.State;
import health.carryover.platform.records.Write;
import health.carryover.platform.video.Videos;
import health.carryover.platform.video.VideosBucket;
import health.carryover.platform.video.VideosBucket.Completion;
import health.carryover.platform.video.VideosBucket.PartAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Videos that a patient sends, in parts and straight to storage. The consent is looked at when one is asked for and when
 * it is completed, and once more by {@link VideoArrivalHandler}.
 */
final class VideoUploads {
    /** S3's own least size of a part that is not the last. */
    private static final int SMALLEST_PART = 5 * 1024 * 1024;

    record Announcement(String sessionId, String exercise, String contentType, List<Video.Part> parts) {}

    /** @param expiresAt when the addresses end */
    record Addresses(String videoId, List<PartAddress> parts, Instant expiresAt) {}

    record Shown(
            String videoId, String sessionId, String exercise, State state, Instant askedAt, Instant deletedFrom) {}

    record Shelf(List<Shown> videos) {}

    private final Records records;
    private final Videos videos;
    private final Set<String> exercises = ExerciseLibrary.builtIn().codes();
    private final Ids ids = new Ids();

    VideoUploads(Environment environment, Records records) {
        this.records = records;
        videos = new Videos(environment, records);
    }

    List<Operation> operations() {
        Set<Consent.Scope> consent = Set.of(Consent.Scope.VIDEO);
        return List.of(
                Operation.of("GET /v1/me/videos", "ReadOwnVideos", Operation::own, this::list),
                Operation.of("POST /v1/me/videos", "UploadVideo", Operation::own, this::ask)
                        .needing(_ -> consent),
                Operation.of("POST /v1/me/videos/{videoId}/completion", "CompleteVideo", Operation::own, this::complete)
                        .needing(_ -> consent),
                Operation.of("DELETE /v1/me/videos/{videoId}", "DeleteVideo", Operation::own, this::delete));
    }

    private Answer list(Request request, Resource resource) {
        return Answer.ok(new Shelf(videos.of(request.caller().self()).stream()
                .map(VideoUploads::shown)
                .toList()));
    }

    private static Shown shown(Entry<Video> entry) {
        Video video = entry.content();
        return new Shown(
                video.id(),
                video.sessionId(),
                video.exercise(),
                Video.state(entry),
                video.askedAt(),
                video.askedAt().plus(Video.KEPT));
    }

    private Answer ask(Request request, Resource resource) {
        Announcement announced = request.body(Announcement.class);
        List<Problem> problems = problems(announced);
        if (!problems.isEmpty()) throw Refused.impossible(problems);
        PatientRef patient = request.caller().self();
        Consent consent = videos.consent(patient).orElseThrow(VideoUploads::noConsent);
        String id = ids.next(request.now());
        String key = Video.Address.at(request.now(), patient, id).objectKey();
        String upload = videos.bucket().begin(key, announced.contentType());
        Video video = new Video(
                id, announced.sessionId(), announced.exercise(), key, upload, announced.parts(), request.now(), null);
        Write.Result result = records.transact(List.of(
                new Write.Create(
                        Entry.first(Key.video(patient, id), Kind.VIDEO, video, Videos.clear(State.ASKED, video))),
                Videos.unchanged(patient, consent),
                request.audit(resource)));
        if (result instanceof Write.Result.Refused) {
            // Consent was changed in between: whoever erased did not know of this upload yet.
            videos.bucket().erase(key);
            throw Refused.conflict("concurrent-change", "The consent was changed just now; try again.");
        }
        return Answer.created(new Addresses(
                id, videos.bucket().addresses(video), video.askedAt().plus(VideosBucket.UPLOAD_LIFE)));
    }

    private static Refused noConsent() {
        return Refused.noConsent(List.of(new Problem(Consent.Scope.VIDEO.name(), "")));
    }

    private List<Problem> problems(Announcement announced) {
        List<Problem> problems = new ArrayList<>();
        if (!exercises.contains(announced.exercise())) problems.add(new Problem("unknownExercise", "/exercise"));
        for (int i = 0; i < announced.parts().size() - 1; i++)
            if (announced.parts().get(i).bytes() < SMALLEST_PART)
                problems.add(new Problem("under5MiBThoughNotTheLast", "/parts/" + i + "/bytes"));
        return problems;
    }

    private Entry<Video> own(Request request) {
        String id = request.path("videoId");
        if (!Key.isId(id)) throw Refused.notFound();
        return videos.find(request.caller().self(), id).orElseThrow(Refused::notFound);
    }

    /** The object that this makes is not playable yet: its arrival is looked at first. */
    private Answer complete(Request request, Resource resource) {
        Entry<Video> entry = own(request);
        State state = Video.state(entry);
        if (state == State.ACCEPTED) return Answer.ok(shown(entry));
        if (state.isEnd()) throw gone();
        Completion completion = videos.bucket().complete(entry.content());
        return switch (completion) {
            case DONE -> Answer.ok(shown(entry));
            case PARTS_MISSING ->
                throw Refused.conflict("parts-missing", "Not every part that was announced has arrived.");
            // The answer to an earlier completion may have been lost; otherwise somebody aborted it.
            case GONE -> {
                if (!videos.bucket().has(entry.content().objectKey())) throw gone();
                yield Answer.ok(shown(entry));
            }
        };
    }

    private static Refused gone() {
        return Refused.conflict("upload-ended", "This upload was ended; ask for a new one.");
    }

    private Answer delete(Request request, Resource resource) {
        Entry<Video> entry = own(request);
        videos.end(
                request.caller().self(),
                entry.content().id(),
                State.DELETED,
                request.caller().person(),
                "PATIENT",
                request.id());
        return Answer.ok(shown(own(request)));
    }
}
