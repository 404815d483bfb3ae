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
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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

    /** @throws IllegalStateException at the end, when one could not be ended; the others have been */
    @Override
    public Result handleRequest(Map<String, Object> event, Context context) {
        Instant now = time.instant();
        Tally expired = new Tally();
        Iterator<String> keys = videos.bucket().keys().iterator();
        LocalDate last = LocalDate.ofInstant(now.minus(Video.KEPT), ZoneOffset.UTC);
        while (keys.hasNext()) {
            String key = keys.next();
            Optional<Address> address = Address.of(key);
            // The keys stand in the order of their days: only what is over is looked at, however much there is.
            if (address.isPresent() && address.get().day().isAfter(last)) break;
            expired.add(() -> expire(key, address, now));
        }
        Tally abandoned = new Tally();
        for (String key : videos.bucket().unfinished()) abandoned.add(() -> abandon(key, Address.of(key), now));
        log.atInfo()
                .addKeyValue("expired", expired.done)
                .addKeyValue("abandoned", abandoned.done)
                .addKeyValue("failed", expired.failed + abandoned.failed)
                .log("videos whose time is over");
        if (expired.failed + abandoned.failed > 0)
            throw new IllegalStateException("not every video whose time is over could be erased");
        return new Result(expired.done, abandoned.done);
    }

    /** One that cannot be ended does not keep the others. */
    private static final class Tally {
        private int done;
        private int failed;

        void add(BooleanSupplier ending) {
            try {
                if (ending.getAsBoolean()) done++;
            } catch (RuntimeException e) {
                failed++;
                log.atError().setCause(e).log("a video could not be erased");
            }
        }
    }

    private boolean expire(String key, Optional<Address> address, Instant now) {
        Optional<Entry<Video>> entry = address.flatMap(found -> videos.find(found.patient(), found.video()));
        if (entry.isEmpty()) {
            // Nobody announced it: erased on arrival, and what is left of it now.
            videos.bucket().erase(key);
            return true;
        }
        if (!entry.get().content().isDue(now)) return false;
        end(address.get(), State.EXPIRED);
        return true;
    }

    private boolean abandon(String key, Optional<Address> address, Instant now) {
        Optional<Entry<Video>> entry = address.flatMap(found -> videos.find(found.patient(), found.video()));
        if (entry.isEmpty()) {
            // It may be on the way to being recorded; a key that is none of ours never will be.
            Instant begun = address.map(found -> Ids.madeAt(found.video())).orElse(Instant.EPOCH);
            if (begun.plus(Video.UPLOAD).isAfter(now)) return false;
            videos.bucket().erase(key);
            return true;
        }
        boolean open = Video.state(entry.get()) == State.ASKED
                && entry.get().content().askedAt().plus(Video.UPLOAD).isAfter(now);
        if (open) return false;
        end(address.get(), State.ABANDONED);
        return true;
    }

    private void end(Address address, State state) {
        videos.end(address.patient(), address.video(), state, ACTOR, "SYSTEM", address.video());
    }
}
