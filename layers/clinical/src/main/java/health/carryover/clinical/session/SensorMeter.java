package health.carryover.clinical.session;

import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.imu.ImuBlock;
import health.carryover.clinical.imu.ImuEvent;
import health.carryover.clinical.imu.ImuRecording;
import health.carryover.clinical.imu.ImuStream;
import health.carryover.clinical.imu.JointAngles;
import health.carryover.clinical.imu.Segment;
import health.carryover.clinical.imu.SensorTrack;
import health.carryover.clinical.imu.SensorTraits;
import health.carryover.clinical.imu.StreamReport;
import health.carryover.clinical.motion.AngleCounter;
import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.MotionFlag;
import health.carryover.clinical.motion.MotionMeter;
import health.carryover.clinical.motion.Movement;
import health.carryover.clinical.motion.RangeGoal;
import health.carryover.clinical.motion.Rep;
import health.carryover.clinical.motion.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Measures a whole recording of worn sensors, block by block in any order: the angle of the exercise's joint between the
 * two segments that it connects ({@link JointAngles}), repetitions by {@link AngleCounter}. What cannot be measured is
 * said with its reason and never guessed. Not for use by two threads at once.
 */
public final class SensorMeter {
    /** Of the algorithm: changes whenever the same blocks may give another result. */
    public static final String VERSION = "imu-joint-1/" + MotionMeter.VERSION;
    /** Movements of left and right that share at least half of the shorter one's time are one repetition. */
    private static final double BESIDE = 0.5;

    /** @param side empty for head, trunk and pelvis */
    public record Worn(Segment segment, Optional<Side> side) {}

    public enum Reason {
        /** Sensors do not measure this exercise, or nothing of it is counted. */
        NOT_BY_SENSORS,
        /** Which way the foot turns cannot be told without knowing how its sensor sits, which the recording does not say. */
        MOUNTING_UNKNOWN,
        /** No sensor on a segment that the angle needs, or it sent nothing. */
        SENSOR_MISSING,
        /** Longer than what is looked at, or a sensor that keeps restarting. */
        TOO_LONG,
        NOT_AT_ONCE,
        NO_STILL_POSE,
        AXIS_UNKNOWN,
        HEADING_UNKNOWN,
        POSE_NOT_STRAIGHT
    }

    public sealed interface Outcome {}

    /**
     * @param reps in order, judged by the person's own range, times since the first sample; peaks are neutral-zero
     * @param measuredShare of the time after the pose in which the angle was known, [0, 1]
     */
    public record Counted(List<Rep> reps, double measuredShare, Set<MotionFlag> flags) implements Outcome {
        public Counted {
            reps = List.copyOf(reps);
            flags = Set.copyOf(flags);
        }

        public List<Rep> of(Rep.Kind kind) {
            return reps.stream().filter(rep -> rep.kind() == kind).toList();
        }
    }

    /** @param details codes that say more: segments that are missing, how the pose was not still */
    public record NotMeasurable(Reason reason, List<String> details) implements Outcome {
        public NotMeasurable {
            details = List.copyOf(details);
        }
    }

    /** Segments of which one must wear a sensor, the better first; which joint turns the second against it. */
    private record Needed(List<Segment> proximal, Segment distal, JointAngles.Kind kind) {}

    /** Two sensors of one side, as places in the list of worn ones. */
    private record Pair(Side side, int proximal, int distal, JointAngles.Kind kind) {}

    private final Exercise exercise;
    private final List<Worn> worn;
    private final Map<Integer, SensorTrack> tracks = new HashMap<>(); // of the sensors that are needed
    private final List<Pair> pairs = new ArrayList<>();
    private final ImuStream stream = new ImuStream(this::take);
    private final @Nullable NotMeasurable never;

    /** @param worn where each sensor sits, in the order of the recording's list */
    public SensorMeter(Exercise exercise, List<Worn> worn) {
        this.exercise = exercise;
        this.worn = List.copyOf(worn);
        never = plan();
        for (Pair pair : pairs) {
            tracks.computeIfAbsent(pair.proximal(), _ -> new SensorTrack());
            tracks.computeIfAbsent(pair.distal(), _ -> new SensorTrack());
        }
    }

    /** Finds the sensors; gives the reason if nothing can be measured whatever they send. */
    private @Nullable NotMeasurable plan() {
        Optional<Movement> movement = exercise.movement();
        if (movement.isEmpty() || exercise.sensor() == Exercise.Grade.NOT)
            return new NotMeasurable(Reason.NOT_BY_SENSORS, List.of());
        Joint joint = movement.get().joint();
        if (joint == Joint.ANKLE_PLANTARFLEXION) return new NotMeasurable(Reason.MOUNTING_UNKNOWN, List.of("FOOT"));
        Needed needed = needed(joint);
        if (needed == null) return new NotMeasurable(Reason.NOT_BY_SENSORS, List.of());
        Set<Segment> missing = EnumSet.noneOf(Segment.class);
        for (Side side : Side.values()) {
            int proximal = -1;
            for (Segment segment : needed.proximal()) if (proximal < 0) proximal = place(segment, side);
            int distal = place(needed.distal(), side);
            if (proximal >= 0 && distal >= 0) pairs.add(new Pair(side, proximal, distal, needed.kind()));
            if (proximal < 0) missing.add(needed.proximal().getFirst());
            if (distal < 0) missing.add(needed.distal());
        }
        return pairs.isEmpty() ? missing(missing) : null;
    }

    private int place(Segment segment, Side side) {
        for (int i = 0; i < worn.size(); i++) {
            Worn each = worn.get(i);
            if (each.segment() == segment && each.side().orElse(side) == side) return i;
        }
        return -1;
    }

    /** Null for angles that no two sensors give. */
    private static @Nullable Needed needed(Joint joint) {
        return switch (joint) {
            case KNEE_FLEXION -> new Needed(List.of(Segment.THIGH), Segment.SHANK, JointAngles.Kind.HINGE);
            case ELBOW_FLEXION -> new Needed(List.of(Segment.UPPER_ARM), Segment.FOREARM, JointAngles.Kind.HINGE);
            case HIP_FLEXION, HIP_EXTENSION, HIP_ABDUCTION ->
                new Needed(List.of(Segment.PELVIS, Segment.TRUNK), Segment.THIGH, JointAngles.Kind.BALL);
            case SHOULDER_FLEXION, SHOULDER_ABDUCTION ->
                new Needed(List.of(Segment.TRUNK), Segment.UPPER_ARM, JointAngles.Kind.BALL);
            case ANKLE_PLANTARFLEXION, TRUNK_INCLINATION, LUMBAR_PROXY, FEET_TILT -> null;
        };
    }

    private void take(ImuEvent event) {
        if (event instanceof ImuEvent.Samples samples) {
            SensorTrack track = tracks.get(samples.sensor());
            if (track != null) track.add(samples);
        }
    }

    /** Takes the next block, of any sensor of the list. */
    public void accept(ImuBlock block) {
        SensorTrack track = tracks.get(block.sensor());
        if (track != null && !track.isOverfull()) stream.accept(block);
    }

    /** Measures. Call it once. */
    public Outcome finish() {
        if (never != null) return never;
        StreamReport report = stream.finish();
        if (tracks.values().stream().anyMatch(SensorTrack::isOverfull))
            return new NotMeasurable(Reason.TOO_LONG, List.of());
        Map<Integer, ImuRecording> recordings = new TreeMap<>();
        for (StreamReport.Sensor clocks : report.sensors())
            Objects.requireNonNull(tracks.get(clocks.sensor()))
                    .onPhoneClock(clocks)
                    .ifPresent(recording -> recordings.put(clocks.sensor(), recording));
        Set<Segment> silent = EnumSet.noneOf(Segment.class);
        for (int sensor : tracks.keySet())
            if (!recordings.containsKey(sensor)) silent.add(worn.get(sensor).segment());
        if (!silent.isEmpty()) return missing(silent);
        double startS = recordings.values().stream()
                .mapToDouble(recording -> recording.timeS(0))
                .min()
                .orElseThrow();
        List<Counted> counted = new ArrayList<>();
        for (Pair pair : pairs) {
            JointAngles.Result angles = JointAngles.measure(
                    pair.kind(),
                    Objects.requireNonNull(recordings.get(pair.proximal())),
                    Objects.requireNonNull(recordings.get(pair.distal())),
                    SensorTraits.USUAL);
            switch (angles) {
                case JointAngles.Series series -> counted.add(count(pair.side(), series, startS));
                case JointAngles.NotMeasurable(var reason, var details) -> {
                    return new NotMeasurable(Reason.valueOf(reason.name()), details);
                }
            }
        }
        return counted.size() == 1 ? counted.getFirst() : both(counted.getFirst(), counted.getLast());
    }

    private static NotMeasurable missing(Set<Segment> segments) {
        return new NotMeasurable(
                Reason.SENSOR_MISSING, segments.stream().map(Segment::name).toList());
    }

    private Counted count(Side side, JointAngles.Series angles, double startS) {
        var counter = new AngleCounter(exercise.movement().orElseThrow(), side, RangeGoal.NONE);
        for (int i = 0; i < angles.size(); i++)
            if (Double.isFinite(angles.degrees(i)))
                counter.accept(Math.round((angles.timeS(i) - startS) * 1000), angles.degrees(i));
        List<Rep> reps = counter.finish();
        return new Counted(reps, angles.measuredShare(), counter.flags());
    }

    /** A squat is one repetition of two legs; of curls each arm has its own, unless both bend at once. */
    private Counted both(Counted left, Counted right) {
        double share = Math.min(left.measuredShare(), right.measuredShare());
        Set<MotionFlag> flags = EnumSet.noneOf(MotionFlag.class);
        flags.addAll(left.flags());
        flags.addAll(right.flags());
        if (exercise.movement().orElseThrow().sides() != Movement.Sides.EITHER)
            return left.measuredShare() >= right.measuredShare() ? left : right;
        List<Rep> reps = new ArrayList<>(left.reps());
        for (Rep rep : right.reps()) if (left.reps().stream().noneMatch(each -> isBeside(each, rep))) reps.add(rep);
        reps.sort(Comparator.comparing(Rep::start));
        return new Counted(reps, share, flags);
    }

    private static boolean isBeside(Rep a, Rep b) {
        long from = Math.max(a.start().toMillis(), b.start().toMillis());
        long to = Math.min(a.end().toMillis(), b.end().toMillis());
        long shorter = Math.min(
                a.end().minus(a.start()).toMillis(), b.end().minus(b.start()).toMillis());
        return to - from >= BESIDE * shorter;
    }
}
