package health.carryover.local.simulation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * Random steps through the whole local cloud, one seed, one world, judged after each step against a small reference
 * model. Ids are random and stand nowhere in the log of events, so that one seed gives one log.
 */
public final class Simulation {
    private static final int SHOWN = 20;

    /** So often everything of everybody is judged; in between, what the step can have touched. */
    private static final int LEDGER_EVERY = 100;

    /** Enough for push, 48 hours that a break may stretch, three tries of a call, and a review. */
    private static final int LAST_DAYS = 14;

    /** Retries of streams and events go on for so long after a fault. */
    private static final Duration SETTLES = Duration.ofMinutes(10);

    /**
     * How a run went.
     *
     * @param digest of the log of events: equal for equal seeds
     * @param violation absent if everything was as it must be
     * @param last the last steps, the newest at the end
     */
    public record Outcome(
            long seed,
            int steps,
            Map<String, Integer> kinds,
            int faults,
            long checks,
            Duration virtual,
            String digest,
            @Nullable String violation,
            List<String> last) {}

    private record Weighted(int weight, String kind, Supplier<String> step) {}

    private final long seed;
    private final SimulatedWorld world;
    private final Random random;
    private final Invariants invariants;
    private final List<Weighted> steps;
    private final int weights;
    private final MessageDigest digest = sha256();
    private final Deque<String> last = new ArrayDeque<>();
    private final Map<String, Integer> kinds = new TreeMap<>();
    private int faults;
    private Instant settled = Instant.MIN;

    private Simulation(long seed, SimulatedWorld world) {
        this.seed = seed;
        this.world = world;
        random = new Random(seed);
        invariants = new Invariants(world);
        Steps all = new Steps(world, random);
        steps = List.of(
                new Weighted(18, "upload", all::upload),
                new Weighted(12, "replay", all::replay),
                new Weighted(24, "time", all::time),
                new Weighted(10, "flag", all::flag),
                new Weighted(5, "reply", all::reply),
                new Weighted(1, "break", all::plansBreak),
                new Weighted(4, "preferences", all::preferences),
                new Weighted(3, "consent", all::consent),
                new Weighted(1, "safety", all::safety),
                new Weighted(24, "work", all::work),
                new Weighted(12, "fault", all::fault),
                new Weighted(1, "deploy", all::deploy),
                new Weighted(1, "abort", all::abort));
        weights = steps.stream().mapToInt(Weighted::weight).sum();
    }

    /**
     * Runs until so many steps are done or something is violated.
     *
     * @param home the root of the checkout
     */
    public static Outcome run(Path home, long seed, int steps) {
        try (SimulatedWorld world = new SimulatedWorld(home)) {
            return new Simulation(seed, world).run(steps);
        }
    }

    private Outcome run(int wanted) {
        Instant begun = world.now();
        int done = 0;
        String violation = null;
        try {
            for (; done < wanted; done++) step(done);
            end();
        } catch (Violation e) {
            violation = e.getMessage();
        }
        return new Outcome(
                seed,
                done,
                kinds,
                faults,
                invariants.checks(),
                Duration.between(begun, world.now()),
                HexFormat.of().formatHex(digest.digest()),
                violation,
                List.copyOf(last));
    }

    private void step(int number) {
        Weighted next = chosen();
        kinds.merge(next.kind(), 1, Integer::sum);
        String said;
        try {
            said = next.step().get();
            world.cloud.waitUntilQuiet();
        } catch (Violation e) {
            log(number, next.kind() + " broke");
            throw e;
        }
        String happened = world.faults.takeHappened();
        if (happened != null) {
            faults++;
            settled = world.now().plus(SETTLES);
        }
        log(number, said + (happened == null ? "" : "; " + happened));
        judge(number % LEDGER_EVERY == LEDGER_EVERY - 1);
    }

    private Weighted chosen() {
        int at = random.nextInt(weights);
        for (Weighted one : steps) {
            at -= one.weight();
            if (at < 0) return one;
        }
        throw new AssertionError("weights do not add up");
    }

    private void log(int number, String said) {
        String line = number + " " + world.now() + " " + said;
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        last.addLast(line);
        if (last.size() > SHOWN) last.removeFirst();
    }

    private void judge(boolean everything) {
        invariants.messages();
        boolean calm = !world.now().isBefore(settled);
        invariants.outreaches(calm);
        if (!everything) return;
        world.places.forEach(invariants::tasks);
        world.patients.forEach(invariants::ledger);
    }

    /** Staff work off what is left: then every outreach has ended, and nothing runs. */
    private void end() {
        world.faults.disarm();
        Steps staff = new Steps(world, random);
        for (int day = 0; day < LAST_DAYS; day++) {
            world.cloud.clock().advance(Duration.ofDays(1));
            world.cloud.waitUntilQuiet();
            staff.workAll();
            world.cloud.waitUntilQuiet();
            judge(false);
        }
        judge(true);
        for (SimulatedPatient patient : world.patients) invariants.over(patient);
        long running = world
                .stepFunctions
                .listExecutionsPaginator(
                        list -> list.stateMachineArn(world.escalationMachine).statusFilter(ExecutionStatus.RUNNING))
                .executions()
                .stream()
                .count();
        if (running > 0) throw new Violation(running + " executions run for ever");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
