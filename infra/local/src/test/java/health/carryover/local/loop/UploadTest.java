package health.carryover.local.loop;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.demo.ApiClient;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.StoredSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTest extends LoopCloud {
    private static final Tables TABLES = new Tables(CLOUD);

    private static List<StoredSession> stored(Small small) {
        return records().prefix(Key.patientPk(small.ref()), "SESSION#", Kind.SESSION).stream()
                .map(Entry::content)
                .toList();
    }

    private static long audited(Small small, String event) {
        return TABLES.audit(Key.patientPk(small.ref())).stream()
                .filter(event::equals)
                .count();
    }

    private static ApiClient.Response sent(Small small, Object body, Instant phoneClock) {
        return sentAs(small, body, phoneClock.toString());
    }

    private static ApiClient.Response sentAs(Small small, Object body, String phoneClock) {
        ApiClient.Response response =
                small.patient().api().call("POST", "/v1/sessions", body, Map.of("Carryover-Sent-At", phoneClock));
        CLOUD.waitUntilQuiet();
        return response;
    }

    private static ApiClient.Response batch(Small small, List<?> sessions) {
        ApiClient.Response response = small.patient()
                .api()
                .call(
                        "POST",
                        "/v1/sessions/batch",
                        Map.of("sessions", sessions),
                        Map.of("Carryover-Sent-At", now().toString()));
        CLOUD.waitUntilQuiet();
        return response;
    }

    @Test
    void a_session_sent_again_with_its_members_in_another_order_is_answered_as_the_first_time() {
        Small small = small();
        Map<String, Object> session = session(small.clinic(), now().minus(Duration.ofMinutes(5)));
        ApiClient.Response first = upload(small.patient(), session);
        assertThat(first.status()).isEqualTo(201);

        advance(Duration.ofHours(2));
        List<String> names = new ArrayList<>(session.keySet());
        Collections.sort(names, Collections.reverseOrder());
        Map<String, Object> reordered = new LinkedHashMap<>();
        names.forEach(name -> reordered.put(name, session.get(name)));
        ApiClient.Response second = upload(small.patient(), "  " + Json.text(reordered) + "\n");

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(stored(small)).hasSize(1);
        assertThat(audited(small, "UploadSession ALLOWED")).isEqualTo(1);
    }

    @Test
    void other_content_under_the_same_id_is_refused_and_the_first_stays() {
        Small small = small();
        Map<String, Object> session = session(small.clinic(), now().minus(Duration.ofMinutes(5)));
        upload(small.patient(), session).ok();

        Map<String, Object> other = new HashMap<>(session);
        other.put("formScore", 80);
        ApiClient.Response refused = upload(small.patient(), other);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("type").asText()).endsWith("/other-content");
        assertThat(stored(small))
                .singleElement()
                .extracting(one -> one.session().formScore())
                .isNull();
    }

    @Test
    void two_patients_may_use_the_same_session_id() {
        Small one = small();
        Small other = small();
        Map<String, Object> session = session(one.clinic(), now().minus(Duration.ofMinutes(5)));
        assertThat(upload(one.patient(), session).status()).isEqualTo(201);
        assertThat(upload(other.patient(), session).status()).isEqualTo(201);
    }

    @Test
    void twenty_phones_that_send_the_same_session_at_once_store_it_once() throws Exception {
        Small small = small();
        Map<String, Object> session = session(small.clinic(), now().minus(Duration.ofMinutes(5)));
        Map<String, String> sentAt = Map.of("Carryover-Sent-At", now().toString());
        List<Integer> statuses = new ArrayList<>();
        List<JsonNode> receipts = new ArrayList<>();
        try (ExecutorService phones = Executors.newFixedThreadPool(20)) {
            Callable<ApiClient.Response> phone =
                    () -> small.patient().api().call("POST", "/v1/sessions", session, sentAt);
            for (Future<ApiClient.Response> answer : phones.invokeAll(Collections.nCopies(20, phone))) {
                statuses.add(answer.get().status());
                receipts.add(answer.get().body());
            }
        }
        CLOUD.waitUntilQuiet();

        assertThat(statuses).containsOnlyOnce(201).containsOnly(200, 201);
        assertThat(receipts).containsOnly(receipts.getFirst());
        String pk = Key.patientPk(small.ref());
        assertThat(TABLES.items("Records", pk, "SESSION#")).hasSize(1);
        assertThat(TABLES.items("Records", pk, "UPLOAD#")).hasSize(1);
        assertThat(audited(small, "UploadSession ALLOWED")).isEqualTo(1);
        assertThat(TABLES.audit(pk)).doesNotContain("UploadSession REFUSED");
    }

    @Test
    void a_batch_answers_each_session_by_itself() {
        Small small = small();
        small.patient()
                .api()
                .put("/v1/me/consents", Map.of("granted", List.of("SHARE_WITH_THERAPIST")))
                .ok();
        Instant now = now();
        Map<String, Object> known = session(small.clinic(), now.minus(Duration.ofHours(1)));
        upload(small.patient(), known).ok();
        Map<String, Object> other = new HashMap<>(known);
        other.put("formScore", 12);
        Map<String, Object> wrong = session(small.clinic(), now.minus(Duration.ofHours(2)));
        wrong.put("pain", Map.of("before", 11, "after", "4"));
        wrong.put("colour", "blue");
        Map<String, Object> tracked = session(small.clinic(), now.minus(Duration.ofHours(3)));
        tracked.put("recordedBy", "CAMERA");
        Map<String, Object> impossible = session(small.clinic(), now.plus(Duration.ofHours(3)));
        List<Object> sessions = new ArrayList<>(List.of(known, other, wrong, tracked, impossible));
        for (int day = 1; day <= 20; day++) sessions.add(session(small.clinic(), now.minus(Duration.ofDays(day))));

        ApiClient.Response answer = batch(small, sessions);

        assertThat(answer.status()).isEqualTo(200);
        JsonNode results = answer.body().path("results");
        List<Integer> statuses = new ArrayList<>(List.of(200, 409, 400, 403, 422));
        statuses.addAll(Collections.nCopies(20, 201));
        assertThat(results).extracting(result -> result.path("status").asInt()).containsExactlyElementsOf(statuses);
        for (int i = 0; i < 25; i++)
            assertThat(results.path(i).path("sessionId"))
                    .isEqualTo(Json.MAPPER.valueToTree(sessions.get(i)).path("sessionId"));
        assertThat(results.path(2).path("problems"))
                .extracting(JsonNode::toString)
                .containsExactlyInAnyOrder(
                        "{\"code\":\"maximum\",\"pointer\":\"/sessions/2/pain/before\"}",
                        "{\"code\":\"type\",\"pointer\":\"/sessions/2/pain/after\"}",
                        "{\"code\":\"additionalProperties\",\"pointer\":\"/sessions/2/colour\"}");
        assertThat(results.path(3).path("problems"))
                .hasToString("[{\"code\":\"BODY_TRACKING\",\"pointer\":\"/sessions/3\"}]");
        assertThat(results.path(4).path("problems"))
                .hasToString("[{\"code\":\"inTheFuture\",\"pointer\":\"/sessions/4/endedAt\"}]");
        assertThat(stored(small)).hasSize(21);
    }

    @Test
    void the_same_session_twice_in_a_batch_is_stored_once() {
        Small small = small();
        Map<String, Object> session = session(small.clinic(), now().minus(Duration.ofHours(1)));
        JsonNode results = batch(small, List.of(session, session)).ok().path("results");
        assertThat(results).extracting(result -> result.path("status").asInt()).containsExactly(201, 200);
        assertThat(stored(small)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 26})
    void a_batch_of_none_or_of_more_than_25_is_refused_as_a_whole(int size) {
        Small small = small();
        Instant now = now();
        List<Map<String, Object>> sessions = IntStream.range(0, size)
                .mapToObj(i -> session(small.clinic(), now.minus(Duration.ofHours(i + 1))))
                .toList();
        ApiClient.Response refused = batch(small, sessions);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("problems").path(0).path("pointer").asText())
                .isEqualTo("/sessions");
        assertThat(stored(small)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-3H", "PT3H", "PT72H", "PT-72H"})
    void a_phone_whose_clock_is_wrong_is_corrected_and_what_it_said_is_kept(String error) {
        Small small = small();
        Duration wrong = Duration.parse(error);
        Instant ended = now().minus(Duration.ofMinutes(10));
        Map<String, Object> session = session(small.clinic(), ended.plus(wrong));

        ApiClient.Response receipt = sent(small, session, now().plus(wrong));

        assertThat(receipt.status()).isEqualTo(201);
        assertThat(receipt.body().path("clockCorrection").asText())
                .isEqualTo(wrong.negated().toString());
        StoredSession stored = stored(small).getFirst();
        assertThat(stored.session().endedAt()).isEqualTo(ended);
        assertThat(stored.raw().endedAt()).isEqualTo(ended.plus(wrong));
        assertThat(stored.clockCorrection()).isEqualTo(wrong.negated());
    }

    @Test
    void a_clock_that_is_two_minutes_off_is_left_alone_and_one_second_more_is_corrected() {
        Small small = small();
        Instant ended = now().minus(Duration.ofMinutes(10));
        assertThat(sent(small, session(small.clinic(), ended), now().minusSeconds(120))
                        .body()
                        .path("clockCorrection")
                        .asText())
                .isEqualTo("PT0S");
        assertThat(sent(small, session(small.clinic(), ended), now().minusSeconds(121))
                        .body()
                        .path("clockCorrection")
                        .asText())
                .isEqualTo("PT2M1S");
    }

    @Test
    void a_repeat_from_a_phone_whose_clock_was_set_meanwhile_is_the_same_session() {
        Small small = small();
        Map<String, Object> session = session(small.clinic(), now().minus(Duration.ofHours(3)));
        ApiClient.Response first = sent(small, session, now().minus(Duration.ofHours(2)));
        ApiClient.Response second = sent(small, session, now());
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(stored(small)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-01-05", "", "-999999999-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z"})
    void a_phone_that_does_not_say_its_time_is_refused(String sentAt) {
        Small small = small();
        ApiClient.Response refused = sentAs(small, session(small.clinic(), now()), sentAt);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("problems"))
                .hasToString("[{\"code\":\"notAnInstant\",\"pointer\":\"/Carryover-Sent-At\"}]");
        assertThat(stored(small)).isEmpty();
    }

    @Test
    void times_may_be_written_with_an_offset_and_are_the_same_instants() {
        Small small = small();
        Instant ended = now().minus(Duration.ofMinutes(10));
        Map<String, Object> session = session(small.clinic(), ended);
        session.put("endedAt", ISO_OFFSET_DATE_TIME.format(ended.atZone(ZONE)));
        String phoneClock = ISO_OFFSET_DATE_TIME.format(now().atZone(ZONE));
        assertThat(sentAs(small, session, phoneClock).status()).isEqualTo(201);
        assertThat(stored(small).getFirst().session().endedAt()).isEqualTo(ended);
    }

    @Test
    void a_phone_that_sends_no_time_at_all_is_refused_by_the_gateway() {
        Small small = small();
        ApiClient.Response refused = small.patient().api().post("/v1/sessions", session(small.clinic(), now()));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("type").asText()).endsWith("/malformed-request");
        assertThat(stored(small)).isEmpty();
    }
}
