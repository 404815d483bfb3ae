package health.carryover.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.cloud.LocalCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;

/** Two videos: one that is gone with the consent, one that is gone with its time. */
final class Film {
    private static final int PART = 5 * 1024 * 1024;
    private static final List<String> CONSENTS = List.of(
            "BODY_TRACKING",
            "SHARE_WITH_THERAPIST",
            "SHARE_WITH_CLINIC",
            "RISK_MONITORING",
            "OUTREACH_PUSH",
            "OUTREACH_CALL");

    private final LocalCloud cloud;
    private final Clinic clinic;
    private final Clinic.Person rosa;
    private final Clinic.Person therapist;
    private final Teller teller;
    private final S3Client s3;
    private final String bucket;

    Film(LocalCloud cloud, DemoClinic.Filled filled, Teller teller) {
        this.cloud = cloud;
        this.teller = teller;
        clinic = filled.clinic();
        rosa = filled.patients().getFirst();
        therapist = filled.therapists().getFirst();
        s3 = cloud.client(S3Client.builder());
        bucket = cloud.environment("ClinicApiFunction").variable("VIDEOS_BUCKET");
    }

    void tell() {
        int refused = rosa.api().post("/v1/me/videos", announcement()).status();
        teller.line("POST .../videos", "asked for without consent to video: " + refused);
        consent(true);
        String first = film();
        teller.line(
                "S3 Videos",
                "she consents and films: two signed parts by presigned PUT, accepted when its arrival has looked at"
                        + " the consent again");
        days(1);
        teller.line(
                "GET .../videos",
                "day 1: %s watches it by an address of five minutes: %s".formatted(therapist.name(), watched(first)));
        consent(false);
        teller.line(
                "PUT .../consents",
                "she takes the consent back: %s, %d versions in storage".formatted(watched(first), left()));
        require(left() == 0, "something is left after the revocation");

        consent(true);
        String second = film();
        days(1);
        teller.line("GET .../videos", "another under a new consent, day 1: %s".formatted(watched(second)));
        require(left() == 1, "the second video is not in storage");
        quietDays(86);
        teller.line(
                "GET .../videos",
                "day 87: %s, %d version in storage (the nights between were left out)"
                        .formatted(watched(second), left()));
        days(3);
        teller.line(
                "Lambda Retention",
                "day 90: %s, %d versions and delete markers in storage: deleted by version on day 88"
                        .formatted(watched(second), left()));
        require(left() == 0, "something is left on day 90");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) throw new IllegalStateException(otherwise);
    }

    private void consent(boolean video) {
        List<String> granted = new java.util.ArrayList<>(CONSENTS);
        if (video) granted.add("VIDEO");
        rosa.api().put("/v1/me/consents", Map.of("granted", granted)).ok();
        cloud.waitUntilQuiet();
    }

    /** Without the nights, of which nothing is told here: they would cost the reader minutes. */
    private void days(int days) {
        pass(days, "Night");
    }

    /** Without the hours of the retention function, too. */
    private void quietDays(int days) {
        pass(days, "");
    }

    /** @param without a part of the names of the schedules that rest meanwhile */
    private void pass(int days, String without) {
        try (SchedulerClient scheduler = cloud.client(SchedulerClient.builder())) {
            List<GetScheduleResponse> resting = scheduler.listSchedules(list -> {}).schedules().stream()
                    .filter(found -> found.name().contains(without))
                    .map(found -> scheduler.getSchedule(get -> get.name(found.name())))
                    .toList();
            for (GetScheduleResponse schedule : resting)
                scheduler.deleteSchedule(delete -> delete.name(schedule.name()));
            cloud.clock().advance(Duration.ofDays(days));
            cloud.waitUntilQuiet();
            for (GetScheduleResponse schedule : resting)
                scheduler.createSchedule(create -> create.name(schedule.name())
                        .scheduleExpression(schedule.scheduleExpression())
                        .scheduleExpressionTimezone(schedule.scheduleExpressionTimezone())
                        .flexibleTimeWindow(schedule.flexibleTimeWindow())
                        .target(schedule.target()));
        }
    }

    private List<byte[]> parts() {
        byte[] film = new byte[PART + 100_000];
        new Random(1).nextBytes(film);
        return List.of(Arrays.copyOf(film, PART), Arrays.copyOfRange(film, PART, film.length));
    }

    private Map<String, Object> announcement() {
        Instant now = cloud.clock().instant();
        return Map.of(
                "sessionId",
                clinic.sessionId(now),
                "exercise",
                "squat",
                "contentType",
                "video/mp4",
                "parts",
                parts().stream()
                        .map(part -> Map.of("bytes", part.length, "sha256", ApiClient.sha256(part)))
                        .toList());
    }

    private String film() {
        JsonNode address = rosa.api().post("/v1/me/videos", announcement()).ok();
        List<byte[]> parts = parts();
        for (int i = 0; i < parts.size(); i++) {
            JsonNode to = address.path("parts").path(i);
            Map<String, String> headers = new HashMap<>();
            to.path("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
            int status = ApiClient.upload(to.path("url").asText(), headers, parts.get(i));
            require(status == 200, "a part of the video was not taken: " + status);
        }
        String id = address.path("videoId").asText();
        rosa.api().post("/v1/me/videos/" + id + "/completion", "").ok();
        cloud.waitUntilQuiet();
        return id;
    }

    /** What the therapist gets. */
    private String watched(String video) {
        ApiClient.Response answer = therapist.api().get("/v1/patients/" + rosa.id() + "/videos/" + video);
        if (answer.status() != 200) return "refused (" + answer.status() + ")";
        return "%,d bytes"
                .formatted(ApiClient.download(answer.body().path("url").asText()).length);
    }

    /** Versions and delete markers. */
    private int left() {
        return s3.listObjectVersionsPaginator(list -> list.bucket(bucket)).stream()
                .mapToInt(page -> page.versions().size() + page.deleteMarkers().size())
                .sum();
    }
}
