package health.carryover.clinical.motion;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * An excursion, or the two of both sides, that is a repetition once judged.
 * @param excursion of the leading side when both moved
 * @param peak the signal at the peak, of both weighted by visibility when both moved
 */
record Found(Excursion excursion, Rep.Sides sides, double peak, double degrees, double visibility) {
    /** A side seen less than three quarters as well as the other is guessed in part. */
    private static final double DOUBTFUL = 0.75;

    /** One side alone: 0 left, 1 right. */
    static Found alone(Excursion excursion, Rep.Sides side) {
        return new Found(excursion, side, excursion.peak(), excursion.degrees(), excursion.visibility());
    }

    /** Both sides doing the same is evidence, however badly one is seen. */
    boolean isDoubtful() {
        return sides != Rep.Sides.BOTH && excursion.visibility() < DOUBTFUL * excursion.otherVisibility();
    }

    /**
     * @param sign what the primary angle was multiplied by
     * @param watched what the strays of the excursion are of, in their order
     */
    Rep rep(Rep.Kind kind, double sign, List<Compensation> watched) {
        return new Rep(
                kind,
                sides,
                Duration.ofMillis(Math.max(0, excursion.startMs())),
                Duration.ofMillis(Math.max(0, excursion.peakMs())),
                Duration.ofMillis(Math.max(0, excursion.endMs())),
                new Angle(sign * peak),
                degrees,
                new Tempo(
                        Duration.ofMillis(excursion.upMs()),
                        Duration.ofMillis(excursion.holdMs()),
                        Duration.ofMillis(excursion.downMs())),
                excursion.cutAtStart() || excursion.cutAtEnd(),
                Math.clamp(visibility, 0, 1),
                strays(watched));
    }

    private Map<Compensation, Double> strays(List<Compensation> watched) {
        Map<Compensation, Double> strays = new EnumMap<>(Compensation.class);
        for (int i = 0; i < watched.size(); i++) {
            boolean oneWay = watched.get(i).oneWay();
            double left = stray(4 * i, oneWay);
            double right = stray(4 * i + 2, oneWay);
            strays.put(
                    watched.get(i),
                    switch (sides) {
                        case LEFT -> left;
                        case RIGHT -> right;
                        case BOTH -> Math.max(left, right);
                    });
        }
        return strays;
    }

    private double stray(int at, boolean oneWay) {
        double[] strays = excursion.strays();
        return oneWay ? strays[at] : Math.max(strays[at], strays[at + 1]);
    }
}
