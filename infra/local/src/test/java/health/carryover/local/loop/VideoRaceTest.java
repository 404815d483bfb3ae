package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.demo.ApiClient;
import health.carryover.platform.records.Video;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The consent is taken back between any two steps: nothing is left and nothing is playable, whichever they are. */
class VideoRaceTest extends VideoCloud {
    private static final byte[] SHORT = film(1000);

    /** Takes the consent back and does not wait for what follows from it. */
    private static void takeBack(Small small) {
        small.patient()
                .api()
                .put("/v1/me/consents", Map.of("granted", List.of("SHARE_WITH_THERAPIST")))
                .ok();
    }

    private static void nothing_is_left(Small small, String when) {
        CLOUD.waitUntilQuiet();
        assertThat(left(small)).as("left, revoked %s", when).isEmpty();
        JsonNode videos = small.patient().api().get("/v1/me/videos").ok().path("videos");
        for (JsonNode video : videos) {
            assertThat(Video.State.valueOf(video.path("state").asText()).isEnd())
                    .as("ended, revoked %s: %s", when, video)
                    .isTrue();
            assertThat(played(small, video).status()).isEqualTo(403);
        }
        // Not even by consenting again.
        consent(small, "VIDEO", "SHARE_WITH_THERAPIST");
        for (JsonNode video : videos)
            assertThat(played(small, video).status())
                    .as("played, revoked %s", when)
                    .isEqualTo(404);
        assertThat(left(small)).as("left, revoked %s", when).isEmpty();
    }

    @Test
    void revoked_between_the_steps_of_the_phone() {
        Small small = filming();
        for (String step : List.of("ask", "first part", "second part", "complete", "play")) {
            JsonNode address = asked(small).ok();
            String url = "";
            if (!step.equals("ask")) put(address, 0);
            if (!step.matches("ask|first part")) put(address, 1);
            if (step.matches("complete|play")) completed(small, address).ok();
            if (step.equals("play"))
                url = played(small, address).ok().path("url").asText();
            revoke(small);
            // The phone has not heard yet and goes on.
            if (step.equals("ask")) assertThat(put(address, 0)).isEqualTo(404);
            if (step.matches("ask|first part")) assertThat(put(address, 1)).isEqualTo(404);
            assertThat(completed(small, address).status()).isEqualTo(403);
            if (!url.isEmpty())
                assertThat(fetch(url).statusCode())
                        .as("an address given before")
                        .isIn(403, 404);
            assertThat(asked(small).status()).isEqualTo(403);
            nothing_is_left(small, "after: " + step);
        }
    }

    /** Every call that any function makes on the way from asking to playing, and the revocation just before it. */
    @Test
    void revoked_before_any_call_of_any_function() {
        Small small = filming();
        List<String> tried = new ArrayList<>();
        for (int call = 1; ; call++) {
            INTERRUPTION.arm(call, () -> takeBack(small));
            ApiClient.Response asked = small.patient().api().post("/v1/me/videos", announcement(small, SHORT));
            if (asked.status() == 201) {
                JsonNode address = asked.body();
                put(address, 0, SHORT);
                completed(small, address);
                played(small, address);
            }
            String before = INTERRUPTION.disarm();
            if (before.isEmpty()) break;
            tried.add(before);
            nothing_is_left(small, "before call " + call + ", " + before);
        }
        // The last round went through undisturbed.
        assertThat(left(small)).hasSize(1);
        assertThat(tried)
                .contains(
                        "CreateMultipartUpload",
                        "TransactWriteItems",
                        "ListParts",
                        "CompleteMultipartUpload",
                        "ListObjectVersions",
                        "PutObjectTagging");
    }

    /** The object is there, its news and that of the revocation are both on the way. */
    @Test
    void revoked_before_the_arrival_was_looked_at() throws InterruptedException {
        Small small = filming();
        JsonNode address = asked(small).ok();
        put(address, 0);
        put(address, 1);
        var released = new java.util.concurrent.CountDownLatch(1);
        CLOUD.clock().execute(() -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(small.patient()
                        .api()
                        .post("/v1/me/videos/" + address.path("videoId").asText() + "/completion", "")
                        .status())
                .isEqualTo(200);
        takeBack(small);
        assertThat(played(small, address).status()).isEqualTo(403);
        assertThat(left(small)).hasSize(1);
        released.countDown();
        nothing_is_left(small, "before the arrival");
    }
}
