package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Video.State;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From day 1 to day 90 on the virtual clock, hour by hour. */
class VideoDaysTest extends VideoCloud {
    private static final byte[] SHORT = film(1000);

    @Test
    void a_video_is_played_until_day_88_and_then_gone_in_every_version() {
        Small small = filming();
        Instant asked = now();
        JsonNode address = sent(small, SHORT);
        advanceTo(asked.plus(Duration.ofDays(1)));
        assertThat(fetch(played(small, address).ok().path("url").asText()).body())
                .isEqualTo(SHORT);
        advanceTo(asked.plus(Duration.ofDays(87)));
        List<String> changes;
        try (Resumed _ = resume("VideoRetention")) {
            changes = changes(small, address, asked.plus(Duration.ofDays(90)));
        }
        assertThat(changes)
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("day 87 hour 0: playable, 1 left"),
                        // The bucket's rule lays a delete marker over it at the midnight after day 87.
                        marked -> assertThat(marked).matches("day 8[78] hour \\d+: playable, 2 left"),
                        gone -> assertThat(gone).matches("day 88 hour [01]: refused, 0 left"));
        assertThat(state(small, address)).isEqualTo(State.EXPIRED);
        assertThat(new Tables(CLOUD).audit(Key.patientPk(small.ref()))).contains("EraseVideo EXPIRED");
    }

    @Test
    void without_the_retention_function_the_rules_of_the_bucket_have_removed_everything_by_day_90() {
        Small small = filming();
        Instant asked = now();
        JsonNode address = sent(small, SHORT);
        JsonNode unfinished = asked(small).ok();
        put(unfinished, 0);
        assertThat(left(small)).hasSize(2);
        advanceTo(asked.plus(Duration.ofDays(2)));
        assertThat(left(small)).as("the unfinished upload is aborted").hasSize(1);
        assertThat(put(unfinished, 1)).isEqualTo(404);
        advanceTo(asked.plus(Duration.ofDays(86)));
        List<String> changes = changes(small, address, asked.plus(Duration.ofDays(90)));
        // Midnights: a marker is laid over it, the version under it goes, the marker goes.
        assertThat(changes)
                .extracting(change -> change.replaceAll("day (\\d+) hour \\d+", "$1"))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("86: playable, 1 left"),
                        marked -> assertThat(marked).matches("8[78]: playable, 2 left"),
                        under -> assertThat(under).matches("8[89]: playable, 1 left"),
                        gone -> assertThat(gone).matches("(89|90): (playable|refused), 0 left"),
                        refused -> assertThat(refused).isEqualTo("90: refused, 0 left"));
    }

    @Test
    void the_application_refuses_on_day_90_whatever_the_bucket_has() {
        Small small = filming();
        Instant asked = now();
        JsonNode address = sent(small, SHORT);
        advanceTo(asked.plus(Duration.ofDays(90)).minusMillis(1));
        assertThat(played(small, address).status()).isEqualTo(200);
        advanceTo(asked.plus(Duration.ofDays(90)));
        assertThat(state(small, address)).isEqualTo(State.ACCEPTED);
        assertThat(played(small, address).status()).isEqualTo(404);
    }

    @Test
    void an_upload_that_nobody_completes_is_aborted_after_a_day() {
        Small small = filming();
        JsonNode address = asked(small).ok();
        put(address, 0);
        try (Resumed _ = resume("VideoRetention")) {
            advance(Duration.ofHours(23));
            assertThat(left(small)).hasSize(1);
            advance(Duration.ofHours(2));
            assertThat(left(small)).isEmpty();
        }
        assertThat(state(small, address)).isEqualTo(State.ABANDONED);
    }

    /** As a compliance officer would look, with the real command line. */
    @Test
    void the_real_command_line_sees_it_and_sees_it_gone() throws Exception {
        assumeTrue(onPath("aws"), "SKIPPED: there is no aws command on this machine");
        Small revoked = filming();
        Small kept = filming();
        Instant asked = now();
        sent(revoked, SHORT);
        sent(kept, SHORT);
        assertThat(listed(revoked)).hasSize(1);
        assertThat(listed(kept)).hasSize(1);
        revoke(revoked);
        assertThat(listed(revoked)).isEmpty();
        assertThat(listed(kept)).hasSize(1);
        advanceTo(asked.plus(Duration.ofDays(87)));
        assertThat(listed(kept)).isNotEmpty();
        try (Resumed _ = resume("VideoRetention")) {
            advanceTo(asked.plus(Duration.ofDays(90)));
        }
        assertThat(listed(kept)).isEmpty();
    }

    /** When what is playable or left in storage changes, looked at every hour; the first is how it is now. */
    private static List<String> changes(Small small, JsonNode address, Instant end) {
        Instant asked = stored(small, address).content().askedAt();
        List<String> changes = new ArrayList<>();
        String last = "";
        while (true) {
            String seen = "%s, %d left"
                    .formatted(
                            played(small, address).status() == 200 ? "playable" : "refused",
                            left(small).size());
            Duration age = Duration.between(asked, now());
            if (!seen.equals(last)) changes.add("day %d hour %d: %s".formatted(age.toDays(), age.toHoursPart(), seen));
            last = seen;
            if (!now().isBefore(end)) return changes;
            advance(Duration.ofHours(1));
        }
    }

    private static boolean onPath(String command) {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    /** Keys of all versions and delete markers, as {@code aws s3api} lists them. */
    private static List<String> listed(Small small) throws IOException, InterruptedException {
        ProcessBuilder aws = new ProcessBuilder(
                "aws",
                "--endpoint-url",
                CLOUD.endpoint().toString(),
                "s3api",
                "list-object-versions",
                "--bucket",
                BUCKET,
                "--output",
                "json");
        aws.environment().put("AWS_ACCESS_KEY_ID", "any");
        aws.environment().put("AWS_SECRET_ACCESS_KEY", "any");
        aws.environment().put("AWS_DEFAULT_REGION", "us-east-1");
        aws.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = aws.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        List<String> keys = new ArrayList<>();
        JsonNode answer = Json.MAPPER.readTree(text);
        for (String kind : List.of("Versions", "DeleteMarkers"))
            for (JsonNode found : answer.path(kind)) keys.add(found.path("Key").asText());
        return keys.stream().filter(key -> key.contains(small.patient().id())).toList();
    }
}
