package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.cloud.Invocation;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Clear;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Measurement;
import health.carryover.platform.records.Measurements;
import health.carryover.platform.records.Recording;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Write;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** What the device claims beside what its recording shows, as the therapist reads it. */
class MovementCheckTest extends RecordedCloud {
    private static final byte[] TEN = squats(10);
    private static final byte[] FIVE = squats(5);

    enum Order {
        RECORDING_FIRST,
        SESSION_FIRST
    }

    private record Done(Small small, String sessionId, JsonNode address) {
        String uploadId() {
            return address.path("uploadId").asText();
        }

        JsonNode check() {
            return checks(small, sessionId).path(0);
        }

        String verdict() {
            return check().path("verdict").asText();
        }
    }

    private static JsonNode checks(Small small, String sessionId) {
        JsonNode sessions = small.therapist()
                .api()
                .get("/v1/patients/" + small.patient().id() + "/sessions")
                .ok()
                .path("sessions");
        for (JsonNode stored : sessions)
            if (stored.path("session").path("sessionId").asText().equals(sessionId)) return stored.path("movement");
        throw new AssertionError("no such session");
    }

    private static Map<String, Object> filmed(
            Small small, String sessionId, Integer repetitions, List<String> uploads) {
        Map<String, Object> session = session(small.clinic(), now());
        session.put("sessionId", sessionId);
        session.put("recordedBy", "CAMERA");
        Map<String, Object> squat = new HashMap<>(Map.of("code", "squat", "completion", "DONE"));
        if (repetitions != null) squat.put("repetitions", repetitions);
        session.put("exercises", List.of(squat));
        session.put("recordings", uploads);
        return session;
    }

    /** One session and its one recording, in the given order. */
    private static Done done(Order order, byte[] recording, Integer claimed) {
        Small small = small();
        String sessionId = small.clinic().sessionId(now());
        JsonNode address = announced(small, announcement(sessionId, "landmarks.v1", recording));
        Map<String, Object> session = filmed(
                small, sessionId, claimed, List.of(address.path("uploadId").asText()));
        if (order == Order.SESSION_FIRST) upload(small.patient(), session).ok();
        assertThat(put(address, recording)).isEqualTo(200);
        if (order == Order.RECORDING_FIRST) upload(small.patient(), session).ok();
        return new Done(small, sessionId, address);
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_count_is_shown_to_the_therapist_whichever_comes_first(Order order) {
        Done done = done(order, TEN, 14);
        JsonNode check = done.check();
        assertThat(check.path("exercise").asText()).isEqualTo("squat");
        assertThat(done.verdict()).isEqualTo("DISAGREES");
        assertThat(check.path("claimedRepetitions").asInt()).isEqualTo(14);
        assertThat(check.path("countedRepetitions").asInt()).isEqualTo(10);
        // The simulated person bends the knee by 90 degrees from 5; seen from in front that is an estimate.
        assertThat(check.path("medianPeakAngleDegrees").asDouble()).isCloseTo(95, within(15.0));
        assertThat(check.path("confidence").asDouble()).isBetween(0.2, 1.0);
        assertThat(check.path("algorithms").path(0).asText()).isEqualTo("motion-1+local");
        assertThat(check.path("tolerance").asText()).isEqualTo("v1");
        assertThat(new Tables(CLOUD).audit(Key.patientPk(done.small().ref())))
                .contains("MeasureRecording MEASURED", "CompareMovement DISAGREES");
    }

    @ParameterizedTest
    @EnumSource
    void a_right_count_is_not_flagged_whichever_comes_first(Order order) {
        Done done = done(order, TEN, 10);
        assertThat(done.verdict()).isEqualTo("AGREES");
        assertThat(done.check().path("countedRepetitions").asInt()).isEqualTo(10);
        assertThat(new Tables(CLOUD).audit(Key.patientPk(done.small().ref())))
                .contains("CompareMovement AGREES")
                .doesNotContain("CompareMovement DISAGREES");
    }

    static Stream<Arguments> claims() {
        return Stream.of(
                Arguments.of(9, "AGREES"),
                Arguments.of(11, "AGREES"),
                Arguments.of(12, "DISAGREES"),
                Arguments.of(8, "DISAGREES"),
                Arguments.of(0, "DISAGREES"),
                Arguments.of(null, "NOT_CLAIMED"));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void one_repetition_more_or_less_is_a_matter_of_opinion(Integer claimed, String verdict) {
        assertThat(done(Order.SESSION_FIRST, TEN, claimed).verdict()).isEqualTo(verdict);
    }

    @Test
    void the_measurement_is_kept_with_its_peaks_and_nothing_of_it_is_in_clear() {
        Done done = done(Order.RECORDING_FIRST, TEN, 10);
        Measurement measurement = records()
                .get(Key.measurement(done.small().ref(), done.sessionId(), done.uploadId()), Kind.MEASUREMENT)
                .orElseThrow()
                .content();
        assertThat(measurement.movement().repetitions()).isEqualTo(10);
        assertThat(measurement.movement().peakAnglesDegrees()).hasSize(10);
        var item = new Tables(CLOUD)
                .items("Records", Key.patientPk(done.small().ref()), "MEASURE#")
                .getFirst();
        assertThat(item.keySet()).containsExactlyInAnyOrder("PK", "SK", "type", "version", "sealed");
        assertThat(item.get("SK").s()).isEqualTo("MEASURE#" + done.sessionId() + "#" + done.uploadId());
    }

    @Test
    void several_recordings_of_one_exercise_count_together_once_all_are_there() {
        Small small = small();
        String sessionId = small.clinic().sessionId(now());
        JsonNode first = announced(small, announcement(sessionId, "landmarks.v1", TEN));
        JsonNode second = announced(small, announcement(sessionId, "landmarks.v1", FIVE));
        upload(
                        small.patient(),
                        filmed(
                                small,
                                sessionId,
                                15,
                                List.of(
                                        first.path("uploadId").asText(),
                                        second.path("uploadId").asText())))
                .ok();
        put(first, TEN);
        assertThat(checks(small, sessionId).path(0).path("verdict").asText()).isEqualTo("WAITING");
        put(second, FIVE);
        JsonNode check = checks(small, sessionId).path(0);
        assertThat(check.path("verdict").asText()).isEqualTo("AGREES");
        assertThat(check.path("countedRepetitions").asInt()).isEqualTo(15);
        assertThat(check.path("recordings")).hasSize(2);
    }

    /** EventBridge delivers at least once, and anybody who may tag makes the same event. */
    @ParameterizedTest
    @EnumSource
    void the_same_news_twice_changes_nothing(Order order) {
        Done done = done(order, TEN, 14);
        Tables tables = new Tables(CLOUD);
        var before = items(tables, done);
        List<String> audit = tables.audit(Key.patientPk(done.small().ref()));
        JsonNode news = Json.MAPPER.valueToTree(Map.of(
                "detail", Map.of("object", Map.of("key", key(done.small(), done.address())))));
        for (int i = 0; i < 2; i++)
            assertThat(CLOUD.invoke("MotionAnalysisFunction", news))
                    .isEqualTo(new Invocation.Answered(Json.MAPPER.valueToTree("MEASURED")));
        assertThat(CLOUD.invoke("RecordingArrivalFunction", news))
                .isEqualTo(new Invocation.Answered(Json.MAPPER.valueToTree("ACCEPTED")));
        CLOUD.waitUntilQuiet();
        assertThat(items(tables, done)).isEqualTo(before);
        assertThat(tables.audit(Key.patientPk(done.small().ref()))).isEqualTo(audit);
    }

    private static List<Map<String, AttributeValue>> items(Tables tables, Done done) {
        String pk = Key.patientPk(done.small().ref());
        return tables.items("Records").stream()
                .filter(item -> item.get("PK").s().equals(pk))
                .toList();
    }

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
        assertThat(records().transact(List.of(store, unchanged)))
                .isInstanceOfSatisfying(
                        Write.Result.Refused.class,
                        refused -> assertThat(refused.failed()).isEqualTo(1));
        assertThat(records().prefix(Key.patientPk(small.ref()), "MEASURE#", Kind.MEASUREMENT))
                .isEmpty();
    }

    /** Whoever stores last has everything in view, and whoever looked too early is told to look again. */
    @Test
    void of_recordings_and_a_session_that_arrive_at_once_none_is_left_out() throws Exception {
        Environment environment = CLOUD.environment("MotionAnalysisFunction");
        for (int round = 0; round < 5; round++) {
            Small small = small();
            String sessionId = small.clinic().sessionId(now());
            List<Callable<Object>> arrivals = new ArrayList<>();
            arrivals.add(() -> upload(small.patient(), filmed(small, sessionId, 16, List.of()))
                    .ok());
            for (int i = 0; i < 8; i++) {
                Measurement measurement = measurement("u-" + i, 2);
                Records records = records();
                arrivals.add(() -> {
                    records.commit(List.of(Measurements.store(small.ref(), sessionId, measurement)));
                    new Measurements(environment, records).settle(small.ref(), sessionId);
                    return measurement;
                });
            }
            try (ExecutorService threads = Executors.newFixedThreadPool(arrivals.size())) {
                for (var arrival : threads.invokeAll(arrivals)) arrival.get();
            }
            CLOUD.waitUntilQuiet();
            JsonNode check = checks(small, sessionId).path(0);
            assertThat(check.path("countedRepetitions").asInt()).isEqualTo(16);
            assertThat(check.path("verdict").asText()).isEqualTo("AGREES");
        }
    }

    private static Measurement measurement(String uploadId, int repetitions) {
        return new Measurement(
                uploadId,
                "squat",
                "a test",
                now(),
                new Measurement.Movement(repetitions, 0, List.of(90.0), "FRONTAL", 0.9, List.of()),
                List.of(),
                null);
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

    @Test
    void a_sensor_recording_tells_what_the_radio_lost_and_that_nothing_was_counted() {
        Small small = small();
        String sessionId = small.clinic().sessionId(now());
        byte[] recording = sensors(0, 2, 1, 1, 5);
        JsonNode address = announced(small, announcement(sessionId, "imu.v1", recording));
        put(address, recording);
        upload(small.patient(), filmed(small, sessionId, 10, List.of())).ok();
        JsonNode check = checks(small, sessionId).path(0);
        assertThat(check.path("verdict").asText()).isEqualTo("NOT_COUNTED");
        assertThat(check.has("countedRepetitions")).isFalse();
        JsonNode thigh = check.path("sensors").path(0);
        assertThat(thigh.path("segment").asText()).isEqualTo("THIGH");
        assertThat(thigh.path("samples").asInt()).isEqualTo(40);
        assertThat(thigh.path("doubledSamples").asInt()).isEqualTo(10);
        assertThat(thigh.path("lostSamples").asInt()).isEqualTo(20);
        assertThat(thigh.path("lateBlocks").asInt()).isEqualTo(2);
        assertThat(thigh.path("lowestBatteryPercent").asInt()).isEqualTo(65);
        assertThat(check.path("sensors").path(1).path("blocks").asInt()).isZero();
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
