package health.carryover.clinical.motion;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.motion.Movement.Direction;
import health.carryover.clinical.motion.Movement.Sides;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two elbows that bend a little after each other: at which lag both at once become one after the other. */
class InTurnTest {
    private static final Movement CURL =
            new Movement(Joint.ELBOW_FLEXION, Direction.GROWS, Sides.EITHER, 125, Duration.ofMillis(350), false, false);
    /** A curl takes three seconds, two thirds of a second of rest around it. */
    private static final double CURL_MS = 3_000;

    private static final double EVERY_MS = 5_000;

    /** Somebody who stands before the camera, upper arms hanging, forearms in the plane of the picture. */
    private static Frame arms(long timeMs, double leftDeg, double rightDeg) {
        float[] xyzv = new float[Landmark.COUNT * 4];
        for (Landmark landmark : Landmark.values()) {
            boolean left = landmark.name().startsWith("LEFT");
            put(xyzv, landmark, left ? 0.56 : 0.44, landmark.name().endsWith("HIP") ? 0.6 : 0.3);
        }
        for (Side side : Side.values()) {
            List<Landmark> arm = Joint.ELBOW_FLEXION.landmarks(side);
            double out = side == Side.LEFT ? 1 : -1;
            double x = 0.5 + out * 0.1;
            double bent = Math.toRadians(side == Side.LEFT ? leftDeg : rightDeg);
            put(xyzv, arm.get(0), x, 0.3);
            put(xyzv, arm.get(1), x, 0.45);
            put(xyzv, arm.get(2), x + out * 0.12 * Math.sin(bent), 0.45 + 0.12 * Math.cos(bent));
        }
        return Frame.of(timeMs, xyzv);
    }

    private static void put(float[] xyzv, Landmark landmark, double x, double y) {
        xyzv[4 * landmark.ordinal()] = (float) x;
        xyzv[4 * landmark.ordinal() + 1] = (float) y;
        xyzv[4 * landmark.ordinal() + 3] = 1;
    }

    private static double curl(double timeMs) {
        double t = timeMs % EVERY_MS - 500;
        return timeMs < 0 || t < 0 || t > CURL_MS ? 5 : 5 + 60 * (1 - Math.cos(2 * Math.PI * t / CURL_MS));
    }

    /** @param lag of the right arm, share of a curl */
    @ParameterizedTest
    @CsvSource({"0, 1", "0.15, 1", "0.22, 1", "-0.22, 1", "0.3, 2", "-0.3, 2", "0.34, 2", "0.45, 2", "-0.45, 2"})
    void arms_close_after_each_other_bend_together_and_further_apart_in_turn(double lag, int each) {
        List<Frame> frames = new ArrayList<>();
        for (long t = 0; t < 4 * EVERY_MS; t += 33) frames.add(arms(t, curl(t - 500), curl(t - 500 - lag * CURL_MS)));
        MotionReport report = RepCounter.analyse(
                new Recording(new ImageSize(1000, 1000), 30, frames),
                CURL,
                Set.of(View.FRONTAL),
                RangeGoal.NONE,
                List.of());
        assertThat(report.reps()).hasSize(4 * each);
        if (each == 1) assertThat(report.reps()).extracting(Rep::sides).containsOnly(Rep.Sides.BOTH);
        else
            assertThat(report.reps())
                    .extracting(Rep::sides)
                    .startsWith(lag > 0 ? Rep.Sides.LEFT : Rep.Sides.RIGHT)
                    .doesNotContain(Rep.Sides.BOTH);
    }
}
