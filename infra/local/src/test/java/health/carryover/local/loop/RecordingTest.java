package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.cloud.Invocation;
import health.carryover.local.demo.ApiClient;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Key;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Tag;

class RecordingTest extends RecordedCloud {
    private static final byte[] SQUATS = squats(3);

    @Test
    void an_announced_recording_is_checked_on_arrival_and_accepted() {
        Small small = small();
        JsonNode address = announced(small, SQUATS);
        assertThat(state(small, address)).isEqualTo("ANNOUNCED");

        assertThat(put(address, SQUATS)).isEqualTo(200);

        assertThat(state(small, address)).isEqualTo("ACCEPTED");
        assertThat(S3.getObjectTagging(get -> get.bucket(BUCKET).key(key(small, address)))
                        .tagSet())
                .containsExactly(Tag.builder().key("accepted").value("true").build());
        assertThat(new Tables(CLOUD).audit(Key.patientPk(small.ref())))
                .contains("UploadRecording ALLOWED", "RecordingArrived ACCEPTED");
    }

    @Test
    void what_is_not_what_was_announced_does_not_enter_storage() {
        Small small = small();
        JsonNode address = announced(small, SQUATS);
        byte[] otherBytes = SQUATS.clone();
        otherBytes[100]++;
        assertThat(put(address, otherBytes)).isBetween(400, 403);
        assertThat(put(
                        address,
                        (new String(SQUATS, StandardCharsets.ISO_8859_1) + "x").getBytes(StandardCharsets.ISO_8859_1)))
                .isBetween(400, 403);
        assertThat(put(address, new byte[0])).isBetween(400, 411);
        assertThat(ApiClient.upload(address.path("url").asText(), Map.of(), SQUATS))
                .isEqualTo(403);
        assertThat(left(key(small, address))).isZero();
        assertThat(state(small, address)).isEqualTo("ANNOUNCED");
    }

    @Test
    void a_recording_cannot_be_overwritten() {
        Small small = small();
        JsonNode address = announced(small, SQUATS);
        assertThat(put(address, SQUATS)).isEqualTo(200);
        assertThat(put(address, SQUATS)).isEqualTo(412);
        assertThat(left(key(small, address))).isEqualTo(1);
    }

    @Test
    void the_address_lives_a_quarter_of_an_hour_and_its_life_is_signed() {
        Small small = small();
        JsonNode address = announced(small, SQUATS);
        String url = address.path("url").asText();
        assertThat(url).contains("X-Amz-Expires=900&");
        ObjectNode longer = address.deepCopy();
        longer.put("url", url.replace("X-Amz-Expires=900", "X-Amz-Expires=9000"));
        assertThat(put(longer, SQUATS)).isEqualTo(403);
        longer.put("url", url.replaceFirst("X-Amz-Date=[0-9TZ]+", "X-Amz-Date=20250101T000000Z"));
        assertThat(put(longer, SQUATS)).isEqualTo(403);
        longer.put(
                "url",
                url.replace(address.path("uploadId").asText(), small.clinic().sessionId(now())));
        assertThat(put(longer, SQUATS)).isEqualTo(403);
        assertThat(left(key(small, address))).isZero();
    }

    @Test
    void consent_withdrawn_while_the_recording_was_on_its_way_erases_it() {
        Small small = small();
        JsonNode address = announced(small, SQUATS);
        small.patient()
                .api()
                .put("/v1/me/consents", Map.of("granted", List.of("SHARE_WITH_THERAPIST")))
                .ok();
        assertThat(put(address, SQUATS)).isEqualTo(200);
        assertThat(state(small, address)).isEqualTo("NO_CONSENT");
        assertThat(left(key(small, address))).isZero();
        assertThat(small.patient()
                        .api()
                        .post("/v1/uploads", announcement(small, SQUATS))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_sensor_recording_is_accepted_too_and_lies_beside_the_landmarks() {
        Small small = small();
        byte[] sensors = sensors(0, 1);
        JsonNode address = announced(small, announcement(small.clinic().sessionId(now()), "imu.v1", sensors));
        assertThat(put(address, sensors)).isEqualTo(200);
        assertThat(state(small, address)).isEqualTo("ACCEPTED");
        assertThat(left(key(small, address).replace("landmarks/", "imu/"))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"landmarks.v1", "imu.v1"})
    void a_recording_of_the_other_format_than_announced_is_erased(String format) {
        Small small = small();
        byte[] content = format.equals("imu.v1") ? SQUATS : sensors(0);
        JsonNode address = announced(small, announcement(small.clinic().sessionId(now()), format, content));
        assertThat(put(address, content)).isEqualTo(200);
        assertThat(state(small, address)).isIn("NOT_THE_FORMAT", "LANDMARK_COUNT", "HEADER_IMPOSSIBLE");
        assertThat(left(key(small, address))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "cut off", "a byte changed", "gzip of nothing"})
    void content_that_is_no_recording_is_erased_though_its_digest_is_right(String what) throws IOException {
        Small small = small();
        byte[] content = switch (what) {
            case "garbage" -> "not a recording at all".getBytes(StandardCharsets.UTF_8);
            case "cut off" -> java.util.Arrays.copyOf(SQUATS, SQUATS.length / 2);
            case "a byte changed" -> {
                byte[] changed = SQUATS.clone();
                changed[changed.length / 2] ^= 1;
                yield changed;
            }
            default -> {
                var bytes = new ByteArrayOutputStream();
                new java.util.zip.GZIPOutputStream(bytes).close();
                yield bytes.toByteArray();
            }
        };
        JsonNode address = announced(small, content);
        assertThat(put(address, content)).isEqualTo(200);
        assertThat(state(small, address)).matches("[A-Z_]+").isNotIn("ANNOUNCED", "ACCEPTED", "NO_CONSENT");
        assertThat(left(key(small, address))).isZero();
    }

    @Test
    void an_object_that_nobody_announced_is_erased() {
        Small small = small();
        for (String key : List.of(
                key(small.ref(), small.clinic().sessionId(now())),
                "landmarks/nobody/nobody/nothing",
                "landmarks/a b/c#d/e",
                "imu/nobody/nobody/nothing",
                "elsewhere/x",
                "x")) {
            S3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromBytes(SQUATS));
            CLOUD.waitUntilQuiet();
            assertThat(left(key)).as(key).isZero();
        }
    }

    /** EventBridge delivers at least once. */
    @Test
    void the_news_of_an_arrival_may_come_twice() {
        Small small = small();
        JsonNode good = announced(small, SQUATS);
        byte[] garbage = "not a recording".getBytes(StandardCharsets.UTF_8);
        JsonNode bad = announced(small, garbage);
        put(good, SQUATS);
        put(bad, garbage);
        for (JsonNode address : List.of(good, bad)) {
            String state = state(small, address);
            Invocation again = CLOUD.invoke(
                    "RecordingArrivalFunction",
                    Json.MAPPER.valueToTree(Map.of("detail", Map.of("object", Map.of("key", key(small, address))))));
            assertThat(again).isEqualTo(new Invocation.Answered(Json.MAPPER.valueToTree(state)));
            assertThat(state(small, address)).isEqualTo(state);
        }
        assertThat(left(key(small, good))).isEqualTo(1);
    }

    @Test
    void an_announcement_of_what_is_never_a_recording_is_refused() {
        Small small = small();
        Map<String, Object> wrong = announcement(small, SQUATS);
        wrong.put("bytes", 20_000_001);
        wrong.put("sha256", "AAAA");
        wrong.put("format", "video");
        ApiClient.Response refused = small.patient().api().post("/v1/uploads", wrong);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("problems"))
                .extracting(problem -> problem.path("pointer").asText())
                .containsExactlyInAnyOrder("/bytes", "/sha256", "/format");
        wrong = announcement(small, SQUATS);
        wrong.put("exercise", "levitation");
        assertThat(small.patient().api().post("/v1/uploads", wrong).status()).isEqualTo(422);
    }
}
