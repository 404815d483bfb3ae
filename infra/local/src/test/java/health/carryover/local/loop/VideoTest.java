package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.demo.ApiClient;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Video.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.Tag;

class VideoTest extends VideoCloud {
    @Test
    void a_video_under_consent_is_played_by_the_treating_therapist_and_the_audit_says_so() {
        Small small = filming();
        JsonNode address = asked(small).ok();
        assertThat(put(address, 0)).isEqualTo(200);
        assertThat(put(address, 1)).isEqualTo(200);
        assertThat(played(small, address).status())
                .as("not before it is complete")
                .isEqualTo(404);
        assertThat(completed(small, address).status()).isEqualTo(200);

        assertThat(state(small, address)).isEqualTo(State.ACCEPTED);
        assertThat(left(small))
                .containsExactly("version " + stored(small, address).content().objectKey());
        assertThat(S3.getObjectTagging(get -> get.bucket(BUCKET)
                                .key(stored(small, address).content().objectKey()))
                        .tagSet())
                .containsExactly(Tag.builder().key("accepted").value("true").build());
        JsonNode playable = played(small, address).ok();
        assertThat(playable.path("validSeconds").asInt()).isEqualTo(300);
        assertThat(playable.path("url").asText()).contains("X-Amz-Expires=300");
        assertThat(fetch(playable.path("url").asText()).body()).isEqualTo(FILM);
        assertThat(new Tables(CLOUD).audit(Key.patientPk(small.ref())))
                .contains("UploadVideo ALLOWED", "CompleteVideo ALLOWED", "VideoArrived ACCEPTED", "PlayVideo ALLOWED");
        assertThat(small.therapist()
                        .api()
                        .get("/v1/patients/" + small.patient().id() + "/videos")
                        .ok()
                        .path("videos"))
                .hasSize(1);
    }

    @Test
    void without_consent_to_video_none_is_asked_for() {
        Small small = small();
        ApiClient.Response refused = asked(small);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("problems")).hasToString("[{\"code\":\"VIDEO\",\"pointer\":\"\"}]");
        assertThat(left(small)).isEmpty();
    }

    @Test
    void what_is_not_the_announced_part_does_not_enter_storage() {
        Small small = filming();
        JsonNode address = asked(small).ok();
        byte[] other = parts(FILM).get(1).clone();
        other[0]++;
        assertThat(put(address, 1, other)).isBetween(400, 403);
        assertThat(put(address, 1, film(999))).isBetween(400, 403);
        assertThat(put(address, 1, film(PART))).isBetween(400, 403);
        assertThat(put(address, 0)).isEqualTo(200);
        ApiClient.Response early = completed(small, address);
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.body().path("type").asText()).endsWith("parts-missing");
        assertThat(state(small, address)).isEqualTo(State.ASKED);
    }

    @Test
    void the_patient_deletes_a_video_at_any_stage() {
        Small small = filming();
        JsonNode half = asked(small).ok();
        put(half, 0);
        JsonNode whole = sent(small, film(1000));
        for (JsonNode address : List.of(half, whole)) {
            String path = "/v1/me/videos/" + address.path("videoId").asText();
            assertThat(small.patient()
                            .api()
                            .call("DELETE", path, null, java.util.Map.of())
                            .ok()
                            .path("state")
                            .asText())
                    .isEqualTo("DELETED");
        }
        assertThat(left(small)).isEmpty();
        assertThat(put(half, 1)).isEqualTo(404);
        assertThat(completed(small, half).status()).isEqualTo(409);
        assertThat(played(small, whole).status()).isEqualTo(404);
    }
}
