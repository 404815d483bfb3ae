package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.escalation.Escalation;
import health.carryover.platform.records.Task;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The race of the model check in layers/clinical with real threads, functions and tables. */
class RaceTest extends OutreachCloud {
    private static final int ROUNDS = 20;

    @Test
    void a_session_uploaded_as_the_48_hours_end_leaves_no_call_that_nobody_took() throws InterruptedException {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        int called = 0;
        for (int round = 0; round < ROUNDS; round++) {
            night(small, "round-" + round, small.patient().id());
            assertThat(phase(small)).as("round " + round).isEqualTo(Escalation.Phase.WAITING);
            Instant deadline = last(small).deadline();
            advanceTo(deadline.minusMillis(1));
            Map<String, Object> session = session(small.clinic(), now().minus(Duration.ofMinutes(10)));
            CountDownLatch ready = new CountDownLatch(1);
            // Even rounds give the phone a lead, odd ones the clock, a little more each time.
            long lead = (round % 2 == 0 ? 1 : -1) * round * 2_000_000L;
            var uploading = CompletableFuture.supplyAsync(() -> {
                ready.countDown();
                spin(-lead);
                return small.patient()
                        .api()
                        .call("POST", "/v1/sessions", session, Map.of("Carryover-Sent-At", deadline.toString()))
                        .status();
            });
            ready.await();
            spin(lead);
            CLOUD.clock().advanceTo(deadline);
            assertThat(uploading.join()).isEqualTo(201);
            CLOUD.waitUntilQuiet();
            Optional<Task> call = task(small, "-call");
            if (call.isPresent()) called++;
            assertThat(call.map(Task::status)).isNotEqualTo(Optional.of(Task.Status.OPEN));
            assertThat(ended(small)).as("round " + round).hasSize(round + 1).containsOnly("ENGAGED");
            advance(Duration.ofDays(14));
        }
        System.out.println("The deadline came first in " + called + " of " + ROUNDS + " rounds");
    }

    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) Thread.onSpinWait();
    }
}
