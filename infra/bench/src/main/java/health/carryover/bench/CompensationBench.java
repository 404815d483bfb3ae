package health.carryover.bench;

import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Deviation;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.body.Sex;
import health.carryover.clinical.body.Simulated;
import health.carryover.clinical.body.TrueRep;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.motion.Compensation;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.Rep;
import health.carryover.clinical.motion.StabilityCheck;
import health.carryover.clinical.motion.View;
import health.carryover.platform.library.ExerciseLibrary;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How often each stability check of the library is right on simulated people: of repetitions with the compensation put
 * in at a clear size the share it finds, of correct ones the share it blames. The limit printed beside it is the one
 * that blames one correct repetition in twenty.
 */
@Command(
        name = "compensation",
        mixinStandardHelpOptions = true,
        description = "Sensitivity and false alarms of each stability check, on simulated people.")
final class CompensationBench implements Callable<Integer> {
    /** A check that finds fewer is off. */
    static final double SENSITIVITY = 0.80;
    /** A check that blames more of the correct repetitions is off. */
    static final double FALSE_ALARMS = 0.05;

    @Option(names = "--runs", defaultValue = "40", description = "people a check (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--seed", defaultValue = "1", description = "of the first (default: ${DEFAULT-VALUE})")
    private long seed;

    @Spec
    private @Nullable CommandSpec spec;

    CompensationBench() {}

    CompensationBench(int runs, long seed) {
        this.runs = runs;
        this.seed = seed;
    }

    /** Strays of correct repetitions and of those with the compensation. */
    record Strays(List<Double> correct, List<Double> compensated) {
        double sensitivity(double limit) {
            return share(compensated, limit);
        }

        double falseAlarms(double limit) {
            return share(correct, limit);
        }

        /** Rounded up to what can be written in the table. */
        double limitForFalseAlarms(double most) {
            List<Double> sorted = correct.stream().sorted().toList();
            return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.floor((1 - most) * (sorted.size() - 1)));
        }

        private static double share(List<Double> strays, double limit) {
            return strays.isEmpty()
                    ? Double.NaN
                    : (double) strays.stream().filter(each -> each > limit).count() / strays.size();
        }
    }

    @Override
    public Integer call() {
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true)
                : spec.commandLine().getOut();
        String row = "%-22s %-16s %6s %6s %7s %6s %7s %9s %9s  %s%n";
        out.printf(row, "exercise", "check", "size", "limit", "found", "false", "reps", "limit@5%", "found@5%", "on");
        for (Exercise exercise : ExerciseLibrary.builtIn().all()) {
            Optional<Move> move = Arrays.stream(Move.values())
                    .filter(each -> each.exercise().equals(exercise.code()) && each != Move.WALKING)
                    .filter(each -> each != Move.STANDING)
                    .findFirst();
            if (move.isEmpty() || exercise.movement().isEmpty()) continue;
            for (StabilityCheck check : exercise.checks()) {
                Strays strays = strays(exercise, move.get(), check.compensation());
                double at = strays.limitForFalseAlarms(FALSE_ALARMS);
                out.printf(
                        row,
                        exercise.code(),
                        check.compensation(),
                        "%.2f".formatted(size(check.compensation())),
                        "%.2f".formatted(check.limit()),
                        "%.2f".formatted(strays.sensitivity(check.limit())),
                        "%.2f".formatted(strays.falseAlarms(check.limit())),
                        strays.correct().size() + "/" + strays.compensated().size(),
                        "%.2f".formatted(at),
                        "%.2f".formatted(strays.sensitivity(at)),
                        check.on() ? "on" : "off");
                out.flush();
            }
        }
        return 0;
    }

    Strays strays(Exercise exercise, Move move, Compensation compensation) {
        var strays = new Strays(new ArrayList<>(), new ArrayList<>());
        Deviation deviation = deviation(compensation);
        for (int run = 0; run < runs; run++) {
            var random = new Random(seed * 7919 + run);
            double size = size(compensation);
            if (compensation == Compensation.TRUNK_SWAY && random.nextBoolean()) size = -size;
            Simulated simulated = BodyModel.doing(move, 6)
                    .body(1.5 + 0.4 * random.nextDouble(), random.nextBoolean() ? Sex.FEMALE : Sex.MALE, 0.03)
                    .variability(1)
                    .seenFrom(azimuth(move, compensation) + 20 * (random.nextDouble() - 0.5))
                    .with(deviation, size, 2, 4, 6)
                    .noise(1, seed * 104_729 + run)
                    .simulate();
            MotionReport report = exercise.analyse(simulated.recording()).orElseThrow();
            for (Rep rep : report.full()) {
                Optional<TrueRep> truth = simulated.reps().stream()
                        .filter(each -> !each.peakAt().minus(rep.start()).isNegative()
                                && !rep.end().minus(each.peakAt()).isNegative())
                        .findFirst();
                Double stray = rep.strays().get(compensation);
                if (truth.isEmpty() || stray == null) continue;
                (truth.get().deviations().containsKey(deviation) ? strays.compensated() : strays.correct()).add(stray);
            }
        }
        return strays;
    }

    private static Deviation deviation(Compensation compensation) {
        return switch (compensation) {
            case KNEE_VALGUS -> Deviation.KNEE_VALGUS;
            case TRUNK_SIDE_LEAN -> Deviation.TRUNK_SIDE_LEAN;
            case TRUNK_SWAY -> Deviation.TRUNK_FORWARD_LEAN;
            case HIP_HIKE -> Deviation.HIP_HIKE;
            case PELVIC_DROP -> Deviation.PELVIC_DROP;
            case SHOULDER_SHRUG -> Deviation.SHOULDER_SHRUG;
            case LUMBAR_ARCH -> Deviation.LUMBAR_ARCH;
            case ROUNDED_BACK -> Deviation.ROUNDED_BACK;
            case ELBOW_DRIFT -> Deviation.ELBOW_DRIFT;
            case KNEE_LAG -> Deviation.KNEE_LAG;
            case HEEL_RISE -> Deviation.HEEL_RISE;
        };
    }

    /** A clear compensation, one that a therapist sees at once; degrees or shares. Own choice. */
    static double size(Compensation compensation) {
        return switch (compensation) {
            case KNEE_VALGUS, TRUNK_SIDE_LEAN -> 15;
            case TRUNK_SWAY, KNEE_LAG -> 20;
            case HIP_HIKE, PELVIC_DROP -> 12;
            case SHOULDER_SHRUG -> 0.2;
            case LUMBAR_ARCH, HEEL_RISE -> 25;
            case ROUNDED_BACK -> 45;
            case ELBOW_DRIFT -> 35;
        };
    }

    /** From where it can be seen. */
    private static double azimuth(Move move, Compensation compensation) {
        if (!compensation.views().contains(View.LATERAL)) return 0;
        double usual = BodyModel.doing(move, 1).azimuthDeg();
        return compensation.views().contains(View.FRONTAL) || Math.abs(Math.sin(Math.toRadians(usual))) > 0.5
                ? usual
                : 90;
    }
}
