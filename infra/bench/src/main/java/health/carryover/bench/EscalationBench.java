package health.carryover.bench;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.platform.json.Json;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

/** {@code bench escalation}: four days of one outreach in virtual time, everything included. */
@Command(
        name = "escalation",
        mixinStandardHelpOptions = true,
        description = {
            "One outreach from the flag over push, 48 hours, call and review to its end, four days of virtual time:",
            "state machine, function calls, tables, and the API calls of staff and therapist."
        })
final class EscalationBench implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "30", description = "Measured outreaches; default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "10", description = "Outreaches before that; default ${DEFAULT-VALUE}.")
    private int warmUp;

    @Override
    public Integer call() {
        try (BenchCloud bench = BenchCloud.start(List.of())) {
            // The nights would flag this patient by themselves, at times that are not measured.
            try (SchedulerClient scheduler = bench.cloud().client(SchedulerClient.builder())) {
                scheduler
                        .listSchedules(list -> {})
                        .schedules()
                        .forEach(night -> scheduler.deleteSchedule(delete -> delete.name(night.name())));
            }
            Times whole = new Times(rounds);
            for (int round = -warmUp; round < rounds; round++) {
                // Past the cool-down of the one before.
                bench.cloud().clock().advance(Duration.ofDays(15));
                long before = System.nanoTime();
                outreach(bench);
                if (round >= 0) whole.add(System.nanoTime() - before);
            }
            System.out.println("one outreach of four virtual days   " + whole);
            return 0;
        }
    }

    private static void outreach(BenchCloud bench) {
        JsonNode flagged = Json.MAPPER.valueToTree(Map.of(
                "run",
                LocalDate.ofInstant(bench.cloud().clock().instant(), java.time.ZoneOffset.UTC)
                        .toString(),
                "clinics",
                List.of(Map.of(
                        "clinic",
                        bench.clinic().id(),
                        "flagged",
                        List.of(bench.patient().id())))));
        bench.cloud().invoke("StartEscalationsFunction", flagged);
        bench.cloud().clock().advance(Duration.ofDays(3));
        finish(bench, bench.frontDesk().api().get("/v1/tasks").ok(), true);
        bench.cloud().clock().advance(Duration.ofDays(1));
        finish(bench, bench.therapist().api().get("/v1/tasks").ok(), false);
        bench.cloud().waitUntilQuiet();
    }

    private static void finish(BenchCloud bench, JsonNode tasks, boolean call) {
        for (JsonNode task : tasks.path("tasks")) {
            if (!task.path("work").asText().equals(call ? "CALL" : "REVIEW")) continue;
            var api = call ? bench.frontDesk().api() : bench.therapist().api();
            String path = "/v1/tasks/" + task.path("taskId").asText();
            api.post(path + "/claim", "").ok();
            api.post(path + "/outcome", Map.of("outcome", call ? "BARRIER_TIME" : "KEEP"))
                    .ok();
            return;
        }
        throw new IllegalStateException("no open " + (call ? "call" : "review"));
    }
}
