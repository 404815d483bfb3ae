package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.demo.ApiClient;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Video;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** The cloud with phones that film, and a look into the bucket past the API. */
abstract class VideoCloud extends OutreachCloud {
    static final S3Client S3 = CLOUD.client(S3Client.builder());
    static final String BUCKET =
            Objects.requireNonNull(CLOUD.template().resource("Videos")).ref();
    static final int PART = 5 * 1024 * 1024;
    /** Two parts, of which the second is short. */
    static final byte[] FILM = film(PART + 1000);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static byte[] film(int bytes) {
        byte[] film = new byte[bytes];
        new Random(7).nextBytes(film);
        return film;
    }

    /** A patient who consents to video. */
    static Small filming() {
        Small small = small();
        consent(small, "VIDEO", "SHARE_WITH_THERAPIST");
        return small;
    }

    static void consent(Small small, String... scopes) {
        small.patient()
                .api()
                .put("/v1/me/consents", Map.of("granted", List.of(scopes)))
                .ok();
        CLOUD.waitUntilQuiet();
    }

    static void revoke(Small small) {
        consent(small, "SHARE_WITH_THERAPIST");
    }

    static List<byte[]> parts(byte[] film) {
        List<byte[]> parts = new ArrayList<>();
        for (int from = 0; from < film.length; from += PART)
            parts.add(Arrays.copyOfRange(film, from, Math.min(film.length, from + PART)));
        return parts;
    }

    static Map<String, Object> announcement(Small small, byte[] film) {
        return new HashMap<>(Map.of(
                "sessionId",
                small.clinic().sessionId(now()),
                "exercise",
                "squat",
                "contentType",
                "video/mp4",
                "parts",
                parts(film).stream()
                        .map(part -> Map.of("bytes", part.length, "sha256", ApiClient.sha256(part)))
                        .toList()));
    }

    static ApiClient.Response asked(Small small) {
        return small.patient().api().post("/v1/me/videos", announcement(small, FILM));
    }

    static int put(JsonNode address, int part) {
        return put(address, part, parts(FILM).get(part));
    }

    static int put(JsonNode address, int part, byte[] content) {
        JsonNode to = address.path("parts").path(part);
        Map<String, String> headers = new HashMap<>();
        to.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return ApiClient.upload(to.path("url").asText(), headers, content);
    }

    static ApiClient.Response completed(Small small, JsonNode address) {
        ApiClient.Response response = small.patient()
                .api()
                .post("/v1/me/videos/" + address.path("videoId").asText() + "/completion", "");
        CLOUD.waitUntilQuiet();
        return response;
    }

    /** A video that arrived and is playable. */
    static JsonNode sent(Small small, byte[] film) {
        JsonNode address = small.patient()
                .api()
                .post("/v1/me/videos", announcement(small, film))
                .ok();
        List<byte[]> parts = parts(film);
        for (int part = 0; part < parts.size(); part++)
            assertThat(put(address, part, parts.get(part))).isEqualTo(200);
        completed(small, address).ok();
        assertThat(state(small, address)).isEqualTo(Video.State.ACCEPTED);
        return address;
    }

    static ApiClient.Response played(Small small, JsonNode address) {
        return small.therapist()
                .api()
                .get("/v1/patients/" + small.patient().id() + "/videos/"
                        + address.path("videoId").asText());
    }

    static HttpResponse<byte[]> fetch(String url) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static Entry<Video> stored(Small small, JsonNode address) {
        return records()
                .get(Key.video(small.ref(), address.path("videoId").asText()), Kind.VIDEO)
                .orElseThrow();
    }

    static Video.State state(Small small, JsonNode address) {
        return Video.state(stored(small, address));
    }

    /** All that is left of a patient's videos in storage: versions, delete markers, unfinished uploads. */
    static List<String> left(Small small) {
        List<String> left = new ArrayList<>();
        S3.listObjectVersionsPaginator(list -> list.bucket(BUCKET)).stream().forEach(page -> {
            page.versions().forEach(version -> left.add("version " + version.key()));
            page.deleteMarkers().forEach(marker -> left.add("marker " + marker.key()));
        });
        for (MultipartUpload upload :
                S3.listMultipartUploads(list -> list.bucket(BUCKET)).uploads()) left.add("upload " + upload.key());
        return left.stream()
                .filter(found -> found.contains(small.patient().id()))
                .toList();
    }
}
