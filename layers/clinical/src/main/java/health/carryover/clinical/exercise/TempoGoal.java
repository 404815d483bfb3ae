package health.carryover.clinical.exercise;

import health.carryover.clinical.motion.Tempo;
import java.time.Duration;

/**
 * How slowly the parts of a repetition are wanted: at least so long each; zero where it does not matter.
 */
public record TempoGoal(Duration up, Duration hold, Duration down) {
    private static final Duration LONGEST = Duration.ofMinutes(5); // before CONTROLLED, which is checked by it

    /** A second each way: controlled movement. Own choice, where nothing is prescribed. */
    public static final TempoGoal CONTROLLED =
            new TempoGoal(Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(1));

    public TempoGoal {
        check(up, "up");
        check(hold, "hold");
        check(down, "down");
    }

    private static void check(Duration time, String name) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0)
            throw new IllegalArgumentException("tempo " + name + " outside [0, 5] minutes");
    }

    /** Mean share of the wanted times that was reached, [0, 1]; 1 when none is wanted. */
    double share(Tempo tempo) {
        double sum = 0;
        int wanted = 0;
        Duration[] goals = {up, hold, down};
        Duration[] times = {tempo.up(), tempo.hold(), tempo.down()};
        for (int i = 0; i < goals.length; i++) {
            if (goals[i].isZero()) continue;
            wanted++;
            sum += Math.min(1, (double) times[i].toMillis() / goals[i].toMillis());
        }
        return wanted == 0 ? 1 : sum / wanted;
    }
}
