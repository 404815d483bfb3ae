package health.carryover.retention;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Ids;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Video;
import health.carryover.platform.records.Video.Address;
import health.carryover.platform.records.Video.State;
import health.carryover.platform.vault.Vault;
import health.carryover.platform.video.Videos;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every hour: videos whose 88 days are over are deleted, every version by name, and uploads that nobody will complete are
 * aborted. The bucket's own rules stand behind it, a day or two later.
 */
public final class VideoRetentionHandler implements RequestHandler<Map<String, Object>, VideoRetentionHandler.Result> {
    private static final Logger log = LoggerFactory.getLogger(VideoRetentionHandler.class);
    private static final String ACTOR = "retention";

    /** What one run has ended. */
    public record Result(int expired, int abandoned) {}

    private final Videos videos;
    private final InstantSource time;

    public VideoRetentionHandler() {
        this(Environment.ofLambda());
    }

    VideoRetentionHandler(Environment environment) {
        videos = new Videos(environment, new Records(environment, new Vault(environment)));
        time = environment.time();
    }

    @Override
    public Result handleRequest(Map<String, Object> event, Context context) {
        Instant now = time.instant();
        Result result = new Result(expired(now), abandoned(now));
        log.atInfo()
                .addKeyValue("expired", result.expired())
                .addKeyValue("abandoned", result.abandoned())
                .log("videos whose time is over");
        return result;
    }

    /** The keys stand in the order of their days, so that only what is over is looked at, however much there is. */
    private int expired(Instant now) {
        LocalDate last = LocalDate.ofInstant(now.minus(Video.KEPT), ZoneOffset.UTC);
        int ended = 0;
        Iterator<String> keys = videos.bucket().keys().iterator();
        while (keys.hasNext()) {
            String key = keys.next();
            Optional<Address> address = Address.of(key);
            if (address.isPresent() && address.get().day().isAfter(last)) break;
            if (address.isPresent()) ended += expire(address.get(), now) ? 1 : 0;
            // None of ours: erased on arrival, and what is left of it now.
            else videos.bucket().erase(key);
        }
        return ended;
    }

    private boolean expire(Address address, Instant now) {
        Optional<Entry<Video>> entry = videos.find(address.patient(), address.video());
        if (entry.isEmpty()) {
            videos.bucket().erase(address.objectKey());
            return true;
        }
        if (!entry.get().content().isDue(now)) return false;
        end(address, State.EXPIRED);
        return true;
    }

    private int abandoned(Instant now) {
        int ended = 0;
        List<String> unfinished = videos.bucket().unfinished();
        for (String key : unfinished) {
            Optional<Address> address = Address.of(key);
            Optional<Entry<Video>> entry = address.flatMap(found -> videos.find(found.patient(), found.video()));
            if (entry.isEmpty()) {
                // It may be on the way to being recorded; a key that is none of ours never will be.
                Instant begun = address.map(found -> Ids.madeAt(found.video())).orElse(Instant.EPOCH);
                if (begun.plus(Video.UPLOAD).isAfter(now)) continue;
                videos.bucket().erase(key);
            } else {
                boolean open = Video.state(entry.get()) == State.ASKED
                        && entry.get().content().askedAt().plus(Video.UPLOAD).isAfter(now);
                if (open) continue;
                end(address.get(), State.ABANDONED);
            }
            ended++;
        }
        return ended;
    }

    private void end(Address address, State state) {
        videos.end(address.patient(), address.video(), state, ACTOR, "SYSTEM", address.video());
    }
}
