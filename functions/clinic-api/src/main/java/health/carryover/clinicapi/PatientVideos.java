package health.carryover.clinicapi;

import health.carryover.platform.environment.Environment;
import health.carryover.platform.http.Answer;
import health.carryover.platform.http.Operation;
import health.carryover.platform.http.Refused;
import health.carryover.platform.http.Request;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Video;
import health.carryover.platform.records.Video.State;
import health.carryover.platform.streams.RecordingsBucket.Stored;
import health.carryover.platform.video.Videos;
import health.carryover.platform.video.VideosBucket;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Videos as the treating therapist watches them: while the consent stands, and never from day 90 on. */
final class PatientVideos {
    record Shown(String videoId, String sessionId, String exercise, Instant askedAt, Instant shownUntil) {}

    record Shelf(List<Shown> videos) {}

    /** @param validSeconds how long the address begins to play */
    record Playable(String videoId, String url, long validSeconds) {}

    private final Videos videos;
    private final Function<Request, Resource> patient;

    PatientVideos(Environment environment, Records records, Function<Request, Resource> patient) {
        videos = new Videos(environment, records);
        this.patient = patient;
    }

    List<Operation> operations() {
        Set<Consent.Scope> consent = Set.of(Consent.Scope.VIDEO, Consent.Scope.SHARE_WITH_THERAPIST);
        return List.of(
                Operation.of("GET /v1/patients/{patientId}/videos", "ListVideos", patient, this::list)
                        .needing(_ -> consent),
                Operation.of("GET /v1/patients/{patientId}/videos/{videoId}", "PlayVideo", patient, this::play)
                        .needing(_ -> consent));
    }

    private static PatientRef ref(Request request) {
        return Lookup.ref(request.caller().clinic(), request.path("patientId"));
    }

    /** Whatever storage still has: the state decides, and the calendar. */
    private static boolean playable(Entry<Video> entry, Instant now) {
        return Video.state(entry) == State.ACCEPTED && entry.content().isShown(now);
    }

    private Answer list(Request request, Resource resource) {
        return Answer.ok(new Shelf(videos.of(ref(request)).stream()
                .filter(entry -> playable(entry, request.now()))
                .map(Entry::content)
                .map(video -> new Shown(
                        video.id(),
                        video.sessionId(),
                        video.exercise(),
                        video.askedAt(),
                        video.askedAt().plus(Video.SHOWN)))
                .toList()));
    }

    private Answer play(Request request, Resource resource) {
        String id = request.path("videoId");
        if (!Key.isId(id)) throw Refused.notFound();
        Video video = videos.find(ref(request), id)
                .filter(entry -> playable(entry, request.now()))
                .orElseThrow(Refused::notFound)
                .content();
        Stored object = new Stored(video.objectKey(), Videos.version(video));
        return Answer.ok(new Playable(id, videos.bucket().play(object).toString(), VideosBucket.PLAY_LIFE.toSeconds()));
    }
}
