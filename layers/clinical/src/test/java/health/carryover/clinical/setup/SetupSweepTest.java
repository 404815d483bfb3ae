package health.carryover.clinical.setup;

import static health.carryover.clinical.motion.Landmark.*;
import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.motion.Posture;
import health.carryover.clinical.motion.View;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where each fault begins to be told. Prints shares of 20 seeds; asserts the ends: the mildest is no fault, the worst is. */
@Tag("slow")
class SetupSweepTest {
    private static final long SEEDS = 90_000;
    private static final int CASES = 20;

    /** Stages a fault of a degree; returns null when this set-up is not what the sweep is about. */
    interface Degree {
        StagedSetup stage(StagedCases cases, double value);
    }

    record Sweep(String what, SetupFault fault, Degree degree, double... values) {
        @Override
        public String toString() {
            return fault + ": " + what;
        }
    }

    private interface Change {
        void apply(StagedCases cases, double value);
    }

    private static Degree with(Change change) {
        return (cases, value) -> {
            change.apply(cases, value);
            return cases.staged("sweep");
        };
    }

    static Stream<Sweep> sweeps() {
        Set<health.carryover.clinical.motion.Landmark> feet = Set.of(LEFT_ANKLE, RIGHT_ANKLE);
        return Stream.of(
                new Sweep(
                        "luma, tracker half blind",
                        SetupFault.DARK,
                        with((c, v) -> c.dark(v, 0.5)),
                        0.4,
                        0.3,
                        0.26,
                        0.24,
                        0.22,
                        0.2,
                        0.15,
                        0.1,
                        0.05),
                new Sweep(
                        "luma, tracker steady",
                        SetupFault.DARK,
                        with((c, v) -> c.dark(v, 0)),
                        0.3,
                        0.2,
                        0.15,
                        0.12,
                        0.1,
                        0.08,
                        0.07,
                        0.05,
                        0.03),
                new Sweep(
                        "person in backgrounds, tracker half blind",
                        SetupFault.BACKLIT,
                        with((c, v) -> c.backlit(v, 0.5)),
                        0.7,
                        0.5,
                        0.45,
                        0.42,
                        0.38,
                        0.35,
                        0.3,
                        0.2,
                        0.1),
                new Sweep(
                        "person in backgrounds, tracker steady",
                        SetupFault.BACKLIT,
                        with((c, v) -> c.backlit(v, 0)),
                        0.5,
                        0.3,
                        0.2,
                        0.15,
                        0.13,
                        0.11,
                        0.1,
                        0.08,
                        0.05),
                new Sweep(
                        "frames a second",
                        SetupFault.LOW_FRAME_RATE,
                        with((c, v) -> {
                            c.stage.fps = v;
                            c.stage.unevenness = 0.2;
                        }),
                        15,
                        12,
                        10,
                        9,
                        8.5,
                        8,
                        7.5,
                        7,
                        6,
                        4,
                        2,
                        1),
                new Sweep(
                        "statures beside",
                        SetupFault.SECOND_PERSON,
                        StagedCases::beside,
                        0.05,
                        0.2,
                        0.3,
                        0.35,
                        0.4,
                        0.5,
                        0.6,
                        0.8),
                new Sweep(
                        "size behind",
                        SetupFault.SECOND_PERSON,
                        StagedCases::behind,
                        0.95,
                        0.85,
                        0.75,
                        0.72,
                        0.7,
                        0.65,
                        0.6,
                        0.5,
                        0.4),
                new Sweep(
                        "statures in picture heights, feet needed",
                        SetupFault.TOO_NEAR,
                        (c, v) -> {
                            if (!c.wish.landmarks().contains(LEFT_ANKLE) || c.wish.posture() != Posture.STANDING)
                                return null;
                            c.stage.middleX = c.stage.middleY = 0.5;
                            c.stage.share = v;
                            return c.staged("sweep");
                        },
                        0.8,
                        0.9,
                        0.95,
                        1,
                        1.05,
                        1.1,
                        1.2,
                        1.4,
                        2),
                new Sweep(
                        "roll, standing",
                        SetupFault.CAMERA_TILTED,
                        (c, v) -> {
                            if (c.wish.posture() != Posture.STANDING) return null;
                            c.rolled(v);
                            return c.staged("sweep");
                        },
                        0,
                        5,
                        10,
                        12,
                        14,
                        16,
                        18,
                        20,
                        30,
                        45),
                new Sweep(
                        "roll, lying",
                        SetupFault.CAMERA_TILTED,
                        (c, v) -> {
                            if (c.wish.posture() != Posture.LYING) return null;
                            c.rolled(v);
                            return c.staged("sweep");
                        },
                        0,
                        5,
                        10,
                        15,
                        18,
                        20,
                        22,
                        25,
                        30,
                        45),
                new Sweep(
                        "phone on the floor, statures away",
                        SetupFault.CAMERA_TILTED,
                        (c, v) -> {
                            if (c.wish.posture() != Posture.STANDING
                                    || !c.wish.landmarks().contains(LEFT_ANKLE)) return null;
                            c.onTheFloor(v);
                            return c.staged("sweep");
                        },
                        3,
                        2.5,
                        2,
                        1.8,
                        1.6,
                        1.4,
                        1.2,
                        1,
                        0.85),
                new Sweep(
                        "head beyond the edge, pictures",
                        SetupFault.HEAD_OUT,
                        with((c, v) -> c.out(Set.of(NOSE, LEFT_EAR, RIGHT_EAR), v)),
                        -0.1,
                        -0.05,
                        -0.03,
                        -0.01,
                        0,
                        0.01,
                        0.03,
                        0.05,
                        0.1),
                new Sweep(
                        "ankles beyond the edge, pictures",
                        SetupFault.FEET_OUT,
                        with((c, v) -> c.out(feet, v)),
                        -0.1,
                        -0.05,
                        -0.03,
                        -0.01,
                        0,
                        0.01,
                        0.03,
                        0.05,
                        0.1),
                new Sweep(
                        "statures in the shorter side",
                        SetupFault.TOO_FAR,
                        with(StagedCases::far),
                        0.6,
                        0.5,
                        0.4,
                        0.36,
                        0.34,
                        0.32,
                        0.3,
                        0.25,
                        0.15,
                        0.08),
                new Sweep(
                        "degrees aside, side view wanted, upright",
                        SetupFault.WRONG_VIEW,
                        (c, v) -> {
                            if (c.wish.views().contains(View.FRONTAL) || c.stage.lying()) return null;
                            c.seenFrom(v);
                            return c.staged("sweep");
                        },
                        60,
                        45,
                        35,
                        30,
                        25,
                        22,
                        20,
                        18,
                        15,
                        10,
                        0),
                new Sweep(
                        "degrees aside, front view wanted",
                        SetupFault.WRONG_VIEW,
                        (c, v) -> {
                            if (!c.wish.views().contains(View.FRONTAL)) return null;
                            c.seenFrom(v);
                            return c.staged("sweep");
                        },
                        0,
                        30,
                        45,
                        55,
                        60,
                        65,
                        70,
                        75,
                        90),
                new Sweep(
                        "visibility of the hidden",
                        SetupFault.OBSTRUCTED,
                        with(StagedCases::obstructed),
                        0.9,
                        0.8,
                        0.7,
                        0.6,
                        0.55,
                        0.5,
                        0.45,
                        0.4,
                        0.3,
                        0.1),
                new Sweep(
                        "statures that hips and knees wander",
                        SetupFault.BAGGY_CLOTHES,
                        with(StagedCases::baggy),
                        0.003,
                        0.006,
                        0.01,
                        0.015,
                        0.02,
                        0.025,
                        0.03,
                        0.04,
                        0.06));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sweeps")
    void the_mildest_is_let_pass_and_the_worst_is_told(Sweep sweep) {
        ToDoubleFunction<Double> toldAt = value -> told(sweep, value);
        double[] told = Arrays.stream(sweep.values())
                .map(value -> toldAt.applyAsDouble(value))
                .toArray();
        var line = new StringBuilder("set-up, sweep " + sweep + ":");
        for (int i = 0; i < told.length; i++)
            line.append(String.format(Locale.ROOT, "  %s: %.0f%%", sweep.values()[i], 100 * told[i]));
        System.out.println(line);
        assertThat(told[0]).as("mildest").isLessThanOrEqualTo(0.05);
        assertThat(told[told.length - 1]).as("worst").isGreaterThanOrEqualTo(0.95);
    }

    private static double told(Sweep sweep, double value) {
        int told = 0;
        int cases = 0;
        for (long seed = SEEDS; cases < CASES; seed++) {
            StagedSetup setup = sweep.degree().stage(StagedCases.of(sweep.fault(), seed), value);
            if (setup == null) continue;
            cases++;
            if (setup.course()
                    .firstFault()
                    .filter(first -> first == sweep.fault())
                    .isPresent()) told++;
        }
        return (double) told / cases;
    }
}
