package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.cloud.Invocation;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Clear;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Measurements;
import health.carryover.platform.records.Recording;
import health.carryover.platform.records.Write;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Recordings of which nothing may or can be measured: refused, without consent, beyond the engine. */
class RefusedMeasurementTest extends MeasuredCloud {
    @ParameterizedTest
    @EnumSource
    void a_corrupt_recording_is_refused_and_the_therapist_is_told_whichever_comes_first(Order order) {
        byte[] corrupt = TEN.clone();
        corrupt[corrupt.length / 2] ^= 1;
        Done done = done(order, corrupt, 10);
        assertThat(state(done.small(), done.address())).isNotIn("ANNOUNCED", "ACCEPTED");
        assertThat(left(key(done.small(), done.address()))).isZero();
        assertThat(done.verdict()).isEqualTo("REFUSED");
        assertThat(done.check().path("refusals").path(0).asText()).isEqualTo(state(done.small(), done.address()));
        assertThat(done.check().has("countedRepetitions")).isFalse();
        assertThat(new Tables(CLOUD).audit(Key.patientPk(done.small().ref()))).contains("CompareMovement REFUSED");
    }

    @Test
    void a_recording_whose_inner_digest_is_wrong_is_refused_as_such() throws IOException {
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(TEN)).readAllBytes();
        plain[plain.length - 1] ^= 1;
        var bytes = new ByteArrayOutputStream();
        try (var zipped = new GZIPOutputStream(bytes)) {
            zipped.write(plain);
        }
        Done done = done(Order.SESSION_FIRST, bytes.toByteArray(), 10);
        assertThat(done.check().path("refusals").path(0).asText()).isEqualTo("DIGEST");
    }

    @Test
    void a_recording_that_changed_after_it_was_accepted_is_refused_erased_and_told() {
        Done done = accepted();
        stored(done, "not a recording any more".getBytes(StandardCharsets.UTF_8));
        assertThat(state(done.small(), done.address())).isEqualTo("NOT_GZIP");
        assertThat(left(key(done.small(), done.address()))).isZero();
        assertThat(done.verdict()).isEqualTo("REFUSED");
    }

    @Test
    void consent_withdrawn_between_acceptance_and_measuring_ends_in_nothing_measured() {
        Done done = accepted();
        done.small()
                .patient()
                .api()
                .put("/v1/me/consents", Map.of("granted", List.of("SHARE_WITH_THERAPIST")))
                .ok();
        stored(done, TEN);
        assertThat(state(done.small(), done.address())).isEqualTo("NO_CONSENT");
        assertThat(left(key(done.small(), done.address()))).isZero();
        assertThat(records().prefix(Key.patientPk(done.small().ref()), "MEASURE#", Kind.MEASUREMENT).stream()
                        .map(entry -> entry.content().movement()))
                .containsOnlyNulls();
        assertThat(done.check().path("refusals").path(0).asText()).isEqualTo("NO_CONSENT");
    }

    @Test
    void consent_withdrawn_while_the_recording_was_on_its_way_ends_in_nothing_measured() {
        Small small = small();
        String sessionId = small.clinic().sessionId(now());
        JsonNode address = announced(small, announcement(sessionId, "landmarks.v1", TEN));
        upload(small.patient(), filmed(small, sessionId, 10, List.of())).ok();
        small.patient()
                .api()
                .put("/v1/me/consents", Map.of("granted", List.of("SHARE_WITH_THERAPIST")))
                .ok();
        put(address, TEN);
        assertThat(state(small, address)).isEqualTo("NO_CONSENT");
        assertThat(checks(small, sessionId).path(0).path("verdict").asText()).isEqualTo("REFUSED");
        assertThat(checks(small, sessionId).path(0).has("countedRepetitions")).isFalse();
    }

    @Test
    void what_cannot_be_measured_is_tried_three_times_and_then_lies_in_the_queue_of_failures() {
        Done done = accepted();
        Entry<Recording> accepted = records()
                .get(Key.recording(done.small().ref(), done.uploadId()), Kind.RECORDING)
                .orElseThrow();
        Recording recording = accepted.content();
        Recording strange = new Recording(
                recording.uploadId(),
                recording.sessionId(),
                "an_exercise_that_left_the_library",
                recording.format(),
                recording.objectKey(),
                recording.bytes(),
                recording.sha256());
        records().commit(List.of(new Write.Replace(accepted.next(strange, accepted.clear()))));
        stored(done, TEN);
        advance(Duration.ofMinutes(10));
        String failures =
                Objects.requireNonNull(CLOUD.template().resource("Failures")).ref();
        assertThat(CLOUD
                        .client(SqsClient.builder())
                        .receiveMessage(receive -> receive.queueUrl(failures)
                                .maxNumberOfMessages(10)
                                .visibilityTimeout(0))
                        .messages()
                        .stream()
                        .map(Message::body)
                        .filter(body -> body.contains(done.uploadId())))
                .singleElement()
                .satisfies(body -> {
                    JsonNode failure = Json.MAPPER.readTree(body);
                    assertThat(failure.at("/requestContext/approximateInvokeCount")
                                    .asInt())
                            .isEqualTo(3);
                    assertThat(body).doesNotContain(strange.exercise());
                });
        assertThat(left(key(done.small(), done.address()))).isEqualTo(1);
        assertThat(checks(done.small(), done.sessionId())).isEmpty();
    }

    @Test
    void what_was_measured_under_a_consent_that_changed_meanwhile_is_not_stored() {
        Small small = small();
        String sessionId = small.clinic().sessionId(now());
        int read = records()
                .latest(Key.patientPk(small.ref()), "CONSENT#", Kind.CONSENT)
                .orElseThrow()
                .content()
                .version();
        Write.Absent unchanged = new Write.Absent(Key.consent(small.ref(), read + 1));
        Write store = Measurements.store(small.ref(), sessionId, measurement("u-1", 3));
        small.patient()
                .api()
                .put("/v1/me/consents", Map.of("granted", List.of("SHARE_WITH_THERAPIST")))
                .ok();
        assertThat(records("MotionAnalysisFunction").transact(List.of(store, unchanged)))
                .isInstanceOfSatisfying(
                        Write.Result.Refused.class,
                        refused -> assertThat(refused.failed()).isEqualTo(1));
        assertThat(records().prefix(Key.patientPk(small.ref()), "MEASURE#", Kind.MEASUREMENT))
                .isEmpty();
    }

    @Test
    void an_object_that_somebody_tagged_but_nobody_accepted_is_not_looked_at() {
        Small small = small();
        JsonNode address = announced(small, TEN);
        assertThat(CLOUD.invoke(
                        "MotionAnalysisFunction",
                        Json.MAPPER.valueToTree(Map.of(
                                "detail", Map.of("object", Map.of("key", key(small, address)))))))
                .isEqualTo(new Invocation.Answered(Json.MAPPER.valueToTree("ANNOUNCED")));
        assertThat(records().prefix(Key.patientPk(small.ref()), "MEASURE#", Kind.MEASUREMENT))
                .isEmpty();
    }

    /** A session and a recording of it that stands accepted in the table, as it does when only the news is still to come. */
    private static Done accepted() {
        Small small = small();
        String sessionId = small.clinic().sessionId(now());
        JsonNode address = announced(small, announcement(sessionId, "landmarks.v1", TEN));
        upload(small.patient(), filmed(small, sessionId, 10, List.of())).ok();
        Entry<Recording> announced = records()
                .get(Key.recording(small.ref(), address.path("uploadId").asText()), Kind.RECORDING)
                .orElseThrow();
        records()
                .commit(List.of(
                        new Write.Replace(announced.next(announced.content(), Map.of(Clear.state, "ACCEPTED")))));
        return new Done(small, sessionId, address);
    }

    private static void stored(Done done, byte[] content) {
        S3.putObject(put -> put.bucket(BUCKET).key(key(done.small(), done.address())), RequestBody.fromBytes(content));
        CLOUD.waitUntilQuiet();
    }
}
