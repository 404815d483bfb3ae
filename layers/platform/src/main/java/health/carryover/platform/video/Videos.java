package health.carryover.platform.video;

import health.carryover.platform.audit.AuditEvent;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.records.Clear;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Video;
import health.carryover.platform.records.Video.State;
import health.carryover.platform.records.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The videos of patients: item and object together. */
public final class Videos {
    private static final int TRIES = 5;

    private final Records records;
    private final VideosBucket bucket;
    private final AuditTrail trail;
    private final InstantSource time;

    public Videos(Environment environment, Records records) {
        this.records = records;
        bucket = new VideosBucket(environment);
        trail = new AuditTrail(environment);
        time = environment.time();
    }

    public VideosBucket bucket() {
        return bucket;
    }

    /** Oldest first. */
    public List<Entry<Video>> of(PatientRef patient) {
        return records.prefix(Key.patientPk(patient), Key.VIDEOS, Kind.VIDEO);
    }

    public Optional<Entry<Video>> find(PatientRef patient, String video) {
        return records.get(Key.video(patient, video), Kind.VIDEO);
    }

    /** What stands in clear beside a video: its state, and from when on nobody is shown it. */
    public static Map<Clear, String> clear(State state, Video video) {
        return Map.of(
                Clear.state,
                state.name(),
                Clear.expiresAt,
                video.askedAt().plus(Video.SHOWN).toString());
    }

    /** The newest consent if it allows video. */
    public Optional<Consent> consent(PatientRef patient) {
        return records.latest(Key.patientPk(patient), "CONSENT#", Kind.CONSENT)
                .map(Entry::content)
                .filter(consent -> consent.allows(Consent.Scope.VIDEO));
    }

    /** A part of a transaction that fails when the consent was changed since it was read. */
    public static Write unchanged(PatientRef patient, Consent consent) {
        return new Write.Absent(Key.consent(patient, consent.version() + 1));
    }

    /**
     * The end of a video: first its state, so that nobody is shown it and nobody completes it, then all that lies in
     * storage. A repeat erases again what a broken-off try has left.
     */
    public void end(PatientRef patient, String video, State end, String actor, String roles, String request) {
        Entry<Video> entry = mark(patient, video, end, actor, roles, request);
        bucket.erase(entry.content().objectKey());
    }

    private Entry<Video> mark(PatientRef patient, String video, State end, String actor, String roles, String request) {
        for (int attempt = 1; ; attempt++) {
            Entry<Video> entry = find(patient, video)
                    .orElseThrow(() -> new IllegalStateException("a video that is to be erased is not on record"));
            if (Video.state(entry).isEnd()) return entry;
            Entry<Video> ended = entry.next(entry.content(), clear(end, entry.content()));
            Write.Result result = records.transact(List.of(
                    new Write.Replace(ended),
                    new Write.Other(trail.item(new AuditEvent(
                            patient.clinic(),
                            patient.patient(),
                            actor,
                            roles,
                            "EraseVideo",
                            end.name(),
                            time.instant(),
                            request)))));
            if (result instanceof Write.Result.Committed) return ended;
            // Accepted at this very moment, say: read it again and end it all the same.
            if (attempt == TRIES) throw new IllegalStateException("the video is changed all the time");
        }
    }

    /**
     * An arrival is settled: playable, if the consent still stands at the very moment of writing.
     *
     * @return what it is now; empty when consent or item were changed meanwhile, and one has to look again
     */
    public Optional<State> accept(PatientRef patient, Entry<Video> entry, String version, Consent consent) {
        Instant now = time.instant();
        Video accepted = entry.content().accepted(version);
        Write.Result result = records.transact(List.of(
                new Write.Replace(entry.next(accepted, clear(State.ACCEPTED, accepted))),
                unchanged(patient, consent),
                new Write.Other(trail.item(new AuditEvent(
                        patient.clinic(),
                        patient.patient(),
                        "video-arrival",
                        "SYSTEM",
                        "VideoArrived",
                        State.ACCEPTED.name(),
                        now,
                        accepted.id())))));
        return result instanceof Write.Result.Committed ? Optional.of(State.ACCEPTED) : Optional.empty();
    }

    /** The accepted object of a video. */
    public static String version(Video video) {
        return Objects.requireNonNull(video.objectVersion(), "an accepted video names its version");
    }
}
