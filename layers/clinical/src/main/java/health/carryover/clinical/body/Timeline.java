package health.carryover.clinical.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** When which side goes how far: repetitions one after another, with the irregularity of a person. */
final class Timeline {
    /**
     * One repetition. Seconds of the performance, degrees.
     * @param share of the full range, with the person's own irregularity
     * @param asked the share that was asked for
     */
    record Plan(
            int number,
            double start,
            double up,
            double pause,
            double hold,
            double down,
            double share,
            double asked,
            boolean[] sides,
            double sideLean,
            double lean,
            double valgus,
            double obliquity,
            double drift) {
        double end() {
            return start + up + pause + hold + down;
        }

        double peak() {
            return start + up + pause + hold / 2;
        }

        boolean both() {
            return sides[0] && sides[1];
        }

        int side() {
            return sides[0] ? 0 : 1;
        }

        /** From rest to peak and back, [0, 1]: minimum jerk, as hands and limbs move (Flash and Hogan 1985). */
        double shape(double seconds) {
            double t = seconds - start;
            if (pause > 0) {
                double half = up / 2;
                if (t < half) return 0.5 * ease(t / half);
                if (t < half + pause) return 0.5;
                if (t < up + pause) return 0.5 + 0.5 * ease((t - half - pause) / half);
            } else if (t < up) return ease(t / up);
            t -= up + pause + hold;
            return t < 0 ? 1 : t < down ? 1 - ease(t / down) : 0;
        }
    }

    private final List<Plan> plans = new ArrayList<>();
    private final double length;

    Timeline(Settings s, Random random) {
        double t = s.rest;
        double v = s.variability;
        for (int i = 0; i < s.shares.size(); i++) {
            double up = s.up * vary(random, 0.08 * v);
            double down = s.down * vary(random, 0.08 * v);
            double hold = s.hold * vary(random, 0.15 * v);
            var plan = new Plan(
                    i + 1,
                    t,
                    up,
                    s.pause,
                    hold,
                    down,
                    s.shares.get(i) * vary(random, 0.03 * v),
                    s.shares.get(i),
                    sides(s, i),
                    1.5 * v * random.nextGaussian(),
                    2 * v * random.nextGaussian(),
                    v * (2 + 2 * random.nextGaussian()),
                    v * random.nextGaussian(),
                    3 * v * random.nextGaussian());
            plans.add(plan);
            t = plan.end() + s.rest * vary(random, 0.15 * v);
        }
        length = t;
    }

    private static boolean[] sides(Settings s, int rep) {
        boolean one = s.move.kind() == Move.Kind.ONE || s.move.kind() == Move.Kind.SAME;
        return switch (s.move.kind() == Move.Kind.BOTH ? Active.BOTH : s.active) {
            case BOTH -> new boolean[] {true, !one};
            case LEFT -> new boolean[] {true, false};
            case RIGHT -> new boolean[] {false, true};
            case ALTERNATING -> new boolean[] {rep % 2 == 0, rep % 2 == 1};
        };
    }

    private static double vary(Random random, double spread) {
        return 1 + spread * Math.clamp(random.nextGaussian(), -2, 2);
    }

    /** Smooth from 0 to 1. */
    static double ease(double share) {
        double x = Math.clamp(share, 0, 1);
        return Math.clamp(x * x * x * (10 - 15 * x + 6 * x * x), 0, 1); // rounding may leave [0, 1]
    }

    List<Plan> plans() {
        return plans;
    }

    /** Seconds from the first rest to the end of the last. */
    double length() {
        return length;
    }

    /** The repetition under way; of the rest after it, still that one; before the first, the first. */
    Optional<Plan> at(double seconds) {
        if (plans.isEmpty()) return Optional.empty();
        Plan last = plans.getFirst();
        for (Plan plan : plans) if (plan.start() <= seconds) last = plan;
        return Optional.of(last);
    }
}
