package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.local.demo.ApiClient;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several people, or one with several phones, change the same thing at once: some are told to try again, none is lost. */
class ConcurrentChangeTest extends LoopCloud {
    private static final Map<String, Object> PROGRAM = Map.of(
            "days", List.of("MONDAY"),
            "sessionsPerDay", 1,
            "exercises", List.of(Map.of("code", "squat", "sets", 3, "repetitions", 10)));

    private static List<Integer> tenTimes(Callable<ApiClient.Response> call) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService people = Executors.newFixedThreadPool(10)) {
            for (Future<ApiClient.Response> answer : people.invokeAll(Collections.nCopies(10, call)))
                statuses.add(answer.get().status());
        }
        CLOUD.waitUntilQuiet();
        return statuses;
    }

    private static int count(List<Integer> statuses, int status) {
        return Collections.frequency(statuses, status);
    }

    @Test
    void of_programs_written_at_once_each_has_a_version_of_its_own_and_the_rest_read_again() throws Exception {
        Small small = small();
        String path = "/v1/patients/" + small.patient().id() + "/program";
        List<Integer> statuses = tenTimes(() -> small.therapist().api().put(path, PROGRAM));
        assertThat(statuses).containsAnyOf(200).allMatch(status -> status == 200 || status == 412);
        assertThat(records().prefix(Key.patientPk(small.ref()), "PROGRAM#", Kind.PROGRAM).stream()
                        .map(Entry::content)
                        .map(program -> program.version()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 1 + count(statuses, 200))
                        .boxed()
                        .toList());
    }

    @Test
    void of_programs_written_from_the_same_version_one_wins() throws Exception {
        Small small = small();
        String path = "/v1/patients/" + small.patient().id() + "/program";
        List<String> etag = small.therapist().api().get(path).headers().get("etag");
        assertThat(etag).containsExactly("\"1\"");
        List<Integer> statuses =
                tenTimes(() -> small.therapist().api().call("PUT", path, PROGRAM, Map.of("If-Match", "\"1\"")));
        assertThat(count(statuses, 200)).isEqualTo(1);
        assertThat(count(statuses, 412)).isEqualTo(9);
    }

    @Test
    void of_preferences_and_consents_changed_at_once_those_that_lost_are_told_so() throws Exception {
        Small small = small();
        Map<String, Object> preferences =
                Map.of("contactFrom", "09:00", "contactTo", "18:00", "zone", ZONE.getId(), "optedOut", List.of());
        assertThat(tenTimes(() -> small.patient().api().put("/v1/me/preferences", preferences)))
                .containsAnyOf(200)
                .allMatch(status -> status == 200 || status == 409);
        List<Integer> consents =
                tenTimes(() -> small.patient().api().put("/v1/me/consents", Map.of("granted", List.of("VIDEO"))));
        assertThat(consents).containsAnyOf(200).allMatch(status -> status == 200 || status == 409);
        assertThat(records().prefix(Key.patientPk(small.ref()), "CONSENT#", Kind.CONSENT))
                .hasSize(1 + count(consents, 200));
    }
}
