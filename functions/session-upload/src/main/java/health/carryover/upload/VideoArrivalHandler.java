package health.carryover.upload;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Video;
import health.carryover.platform.records.Video.Address;
import health.carryover.platform.records.Video.State;
import health.carryover.platform.streams.RecordingsBucket.Stored;
import health.carryover.platform.vault.Vault;
import health.carryover.platform.video.Videos;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A video arrived in storage. Nobody is shown it before this has looked at the consent again; without it, and when the
 * object is not the one that was announced, every version is erased.
 */
public final class VideoArrivalHandler implements RequestHandler<Map<String, Object>, String> {
    private static final Logger log = LoggerFactory.getLogger(VideoArrivalHandler.class);
    private static final int TRIES = 5;

    private final Videos videos;

    public VideoArrivalHandler() {
        this(Environment.ofLambda());
    }

    VideoArrivalHandler(Environment environment) {
        videos = new Videos(environment, new Records(environment, new Vault(environment)));
    }

    /** @return the video's state now, or why an object without one was erased */
    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
        Stored object = Stored.of(event);
        Optional<Address> address = Address.of(object.key());
        if (address.isEmpty()) return foreign(object, "FOREIGN_KEY");
        PatientRef patient = address.get().patient();
        String id = address.get().video();
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Optional<Entry<Video>> entry = videos.find(patient, id)
                    .filter(found -> found.content().objectKey().equals(object.key()));
            if (entry.isEmpty()) return foreign(object, "NOT_ANNOUNCED");
            Optional<State> settled = settle(patient, entry.get(), object);
            if (settled.isEmpty()) continue;
            State state = settled.get();
            if (state.isEnd()) log.atWarn().addKeyValue("because", state).log("video erased on arrival");
            return state.name();
        }
        throw new IllegalStateException("consent or video are changed all the time");
    }

    /** The event comes at least once, and revocation may have been faster: what is settled stays so. */
    private Optional<State> settle(PatientRef patient, Entry<Video> entry, Stored object) {
        Video video = entry.content();
        State state = Video.state(entry);
        if (state == State.ACCEPTED && object.version().equals(video.objectVersion())) {
            videos.bucket().accept(object);
            return Optional.of(state);
        }
        Optional<Consent> consent = videos.consent(patient);
        Optional<Long> bytes = videos.bucket().size(object);
        if (bytes.isEmpty() && !state.isEnd()) return Optional.of(state);
        boolean good = state == State.ASKED
                && consent.isPresent()
                && bytes.filter(size -> size == video.bytes()).isPresent();
        if (!good) {
            videos.end(patient, video.id(), State.REFUSED, "video-arrival", "SYSTEM", video.id());
            return Optional.of(state.isEnd() ? state : State.REFUSED);
        }
        Optional<State> accepted = videos.accept(patient, entry, object.version(), consent.get());
        // Only after the state is stored: whoever hears of the tag looks at the state.
        accepted.ifPresent(_ -> videos.bucket().accept(object));
        return accepted;
    }

    private String foreign(Stored object, String because) {
        videos.bucket().erase(object.key());
        log.atWarn().addKeyValue("because", because).log("video erased on arrival");
        return because;
    }
}
