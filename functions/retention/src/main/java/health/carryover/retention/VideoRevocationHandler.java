package health.carryover.retention;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Video;
import health.carryover.platform.records.Video.State;
import health.carryover.platform.vault.Vault;
import health.carryover.platform.video.Videos;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consent was stored. If it does not allow video, all that the patient ever sent is erased, parts of unfinished uploads
 * too. From the moment of storing nobody was shown anything any more; this takes it out of storage. It hangs on the
 * stream, so that no crash between the two leaves anything behind.
 */
public final class VideoRevocationHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
    private static final Logger log = LoggerFactory.getLogger(VideoRevocationHandler.class);

    private final Videos videos;
    private final InstantSource time;

    public VideoRevocationHandler() {
        this(Environment.ofLambda());
    }

    VideoRevocationHandler(Environment environment) {
        videos = new Videos(environment, new Records(environment, new Vault(environment)));
        time = environment.time();
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        List<BatchItemFailure> failures = new ArrayList<>();
        for (DynamodbStreamRecord record : event.getRecords()) {
            try {
                handle(patient(key(record)));
            } catch (RuntimeException e) {
                String sequence = record.getDynamodb().getSequenceNumber();
                log.atWarn().addKeyValue("sequence", sequence).setCause(e).log("revocation failed, will come again");
                failures.add(new BatchItemFailure(sequence));
                // What comes after the first failure comes again with it.
                break;
            }
        }
        return new StreamsEventResponse(failures);
    }

    /** By the consent that stands now: one given since keeps what is there. */
    private void handle(PatientRef patient) {
        if (videos.consent(patient).isPresent()) return;
        for (Entry<Video> entry : videos.of(patient)) {
            Video video = entry.content();
            // What ended before is erased again while anything of it could be left: a try may have broken off.
            if (Video.state(entry).isEnd() && !video.isShown(time.instant())) continue;
            videos.end(patient, video.id(), State.REVOKED, "video-revocation", "SYSTEM", video.id());
        }
    }

    private static String key(DynamodbStreamRecord record) {
        return Objects.requireNonNull(record.getDynamodb().getKeys().get("PK"), "PK")
                .getS();
    }

    /** From {@code C#<clinic>#P#<patient>}. */
    private static PatientRef patient(String pk) {
        String[] parts = pk.split("#");
        if (parts.length != 4 || !parts[0].equals("C") || !parts[2].equals("P"))
            throw new IllegalArgumentException("not a patient's key: " + pk);
        return new PatientRef(parts[1], parts[3]);
    }
}
