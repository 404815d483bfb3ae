package health.carryover.clinical.body;

import health.carryover.clinical.body.Timeline.Plan;
import health.carryover.clinical.motion.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What a person does, second by second: arrives, exercises, leaves. Knows the truth. */
final class Performance implements Motion {
    private static final double GETTING_DOWN = 2.5; // seconds between standing and the position of the exercise
    private static final double PACE = 1.1; // metres a second

    private final Settings s;
    private final Person person;
    private final Timeline timeline;
    private final double[] phase = new double[8];

    Performance(Settings s) {
        this.s = s;
        var random = new Random(s.seed * 31 + 7);
        person = Person.varied(s.stature, s.sex, s.spread, random);
        timeline = new Timeline(s, random);
        for (int i = 0; i < phase.length; i++) phase[i] = 2 * Math.PI * random.nextDouble();
    }

    @Override
    public Person person() {
        return person;
    }

    @Override
    public double length() {
        return s.arriving + timeline.length() + s.leaving;
    }

    /** The points of the body, metres in the world. */
    @Override
    public double[][] points(double seconds) {
        return Skeleton.points(person, pose(seconds));
    }

    /** The middle of what rest and peak take up. */
    @Override
    public double[] middle() {
        if (s.move == Move.WALKING) return new double[] {0, s.stature / 2, 0};
        double[] low = {1e9, 1e9, 1e9};
        double[] high = {-1e9, -1e9, -1e9};
        List<Double> moments = new ArrayList<>(List.of(0.0));
        if (!timeline.plans().isEmpty()) moments.add(timeline.plans().getFirst().peak());
        for (double moment : moments)
            for (double[] point : Skeleton.points(person, exercise(moment)))
                for (int axis = 0; axis < 3; axis++) {
                    low[axis] = Math.min(low[axis], point[axis]);
                    high[axis] = Math.max(high[axis], point[axis]);
                }
        return Axes.middle(low, high);
    }

    @Override
    public double low() {
        return s.move.place() == Move.Place.FLOOR ? 1.2 : 1;
    }

    private Pose pose(double seconds) {
        double t = seconds - s.arriving;
        double after = t - timeline.length();
        if (t >= 0 && after <= 0) return swaying(exercise(t), seconds);
        double away = t < 0 ? -t : after;
        Pose start = swaying(exercise(t < 0 ? 0 : timeline.length()), seconds);
        double change = Math.min(GETTING_DOWN, t < 0 ? s.arriving : s.leaving);
        Pose walking = walkingPast(Math.max(0, away - change), t < 0, seconds);
        return away < change ? Pose.between(person, start, walking, Timeline.ease(away / change)) : walking;
    }

    /** In from the side of the picture, or out of it, so many seconds before or after. */
    private Pose walkingPast(double away, boolean in, double seconds) {
        Pose pose = Gait.pose(seconds / 1.1, away > 0 ? 1 : 0.3);
        double way = PACE * away;
        double azimuth = Math.toRadians(s.azimuthDeg);
        pose.x = way * Math.cos(azimuth);
        pose.z = -way * Math.sin(azimuth);
        pose.facing = s.azimuthDeg + (in ? -90 : 90);
        while (pose.facing > 180) pose.facing -= 360;
        while (pose.facing < -180) pose.facing += 360;
        return pose;
    }

    private Pose exercise(double t) {
        if (s.move == Move.WALKING) return along(t);
        double[] level = {0, 0};
        Optional<Plan> plan = timeline.at(t);
        plan.ifPresent(p -> {
            for (int side = 0; side < 2; side++) if (p.sides()[side]) level[side] = p.share() * p.shape(t);
        });
        if (plan.isPresent() && !plan.get().both() && plan.get().side() == 1 && level[1] == 0) level[1] = 1e-9;
        Pose pose = pose(level);
        plan.ifPresent(p -> deviate(pose, p, p.shape(t)));
        return pose;
    }

    private Pose pose(double[] level) {
        double[] angle = new double[2];
        for (int side = 0; side < 2; side++) angle[side] = s.move.restDeg() + s.move.sign() * s.rangeDeg * level[side];
        // how far a usual repetition would have gone: a smaller range moves less of everything
        double[] far = new double[2];
        double usual = Math.max(1, s.move.usualRangeDeg());
        for (int side = 0; side < 2; side++) far[side] = level[side] * s.rangeDeg / usual;
        return switch (s.move.place()) {
            case FEET -> StandingMoves.pose(s.move, person, angle, far);
            case FLOOR -> FloorMoves.pose(s.move, person, angle, far);
            case ARMS -> ArmMoves.pose(s.move, person, angle, far);
        };
    }

    private void deviate(Pose pose, Plan plan, double level) {
        for (Settings.Dose dose : s.doses)
            if (dose.on(plan.number()))
                dose.deviation().apply(pose, person, s.move, dose.size() * level, plan.both(), plan.side());
        if (s.variability == 0) return;
        pose.sideLean += plan.sideLean() * level;
        pose.obliquity += plan.obliquity() * level;
        if (s.move.place() != Move.Place.FLOOR)
            Deviation.TRUNK_FORWARD_LEAN.apply(pose, person, s.move, plan.lean() * level, true, 0);
        if (s.move.place() == Move.Place.FEET) pose.both(pose.valgus, pose.valgus[0] + plan.valgus() * level);
        if (s.move.place() == Move.Place.ARMS) pose.both(pose.plane, pose.plane[0] + plan.drift() * level);
    }

    /** Nobody keeps still: slow sway of the trunk by half a degree and of the stance by some millimetres. */
    private Pose swaying(Pose pose, double seconds) {
        double v = s.variability;
        if (v == 0) return pose;
        double sway = 0.4 * v * (Math.sin(1.6 * seconds + phase[0]) + 0.6 * Math.sin(3.9 * seconds + phase[1]));
        if (s.move.place() != Move.Place.FLOOR) Deviation.TRUNK_FORWARD_LEAN.apply(pose, person, s.move, sway, true, 0);
        pose.sideLean += 0.3 * v * Math.sin(1.9 * seconds + phase[2]);
        pose.head += 2 * v * Math.sin(0.7 * seconds + phase[3]);
        return pose;
    }

    /** Straight on, past the camera, or towards it or away, coming no nearer than two thirds of its distance. */
    private Pose along(double t) {
        double stride = Math.max(0.4, (s.up + s.down) / 2);
        Pose pose = Gait.pose(t / stride, s.rangeDeg / s.move.usualRangeDeg());
        double speed = 0.7 * s.stature;
        double towards = Math.cos(Math.toRadians(s.azimuthDeg));
        pose.z = speed * t - timeline.length() * speed * (1 + towards) / 2 + towards * s.distance / 3;
        return pose;
    }

    @Override
    public List<TrueRep> reps(double skipped) {
        List<TrueRep> reps = new ArrayList<>();
        if (s.move == Move.WALKING || s.move == Move.STANDING) return reps;
        for (Plan plan : timeline.plans()) if (plan.peak() + s.arriving >= skipped) reps.add(truth(plan, skipped));
        return reps;
    }

    private TrueRep truth(Plan plan, double skipped) {
        double rest = primary(plan, plan.start());
        double peak = rest;
        for (double t = plan.start(); t <= plan.end(); t += 0.01) {
            double angle = primary(plan, t);
            if (s.move.sign() * (angle - peak) > 0) peak = angle;
        }
        Map<Deviation, Double> deviations = new EnumMap<>(Deviation.class);
        for (Settings.Dose dose : s.doses) if (dose.on(plan.number())) deviations.put(dose.deviation(), dose.size());
        double shift = s.arriving - skipped;
        Set<Side> sides = EnumSet.noneOf(Side.class);
        for (Side side : Side.values()) if (plan.sides()[side.ordinal()]) sides.add(side);
        return new TrueRep(
                at(plan.start() + shift),
                at(plan.peak() + shift),
                at(plan.end() + shift),
                sides,
                plan.asked(),
                peak,
                Math.abs(peak - rest),
                deviations,
                plan.start() + shift < 0);
    }

    /** The primary angle of the working side, the mean of both when both work. */
    private double primary(Plan plan, double t) {
        double[][] points = Skeleton.points(person, exercise(t));
        double sum = 0;
        for (int side = 0; side < 2; side++)
            if (plan.sides()[side]) sum += s.move.primary().degrees(points, side);
        return plan.both() ? sum / 2 : sum;
    }

    private static Duration at(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
