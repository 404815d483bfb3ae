package health.carryover.clinical.imu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The angle of a joint over a whole recording of the sensors on its two segments, relative to the still pose with which
 * the recording begins (standing upright, the joint straight), or why there is none. How the sensors sit is not asked.
 *
 * <p>A knee or elbow is a hinge: its axis is found from the movement itself, headings are compared along it, so that their
 * drift cancels and no magnetometer is needed ({@link HingeAxes}, {@link HingeJoint}). Hips and shoulders, and a hinge whose
 * axis cannot be found because one segment keeps still, are measured as a camera does: the angle between the long axes of
 * the segments, without a sign; for that both need a magnetometer.
 */
public final class JointAngles {
    /** Between two angles: people move slowly against that. */
    public static final double STEP_S = 0.02;
    /** The pose must begin within that time from the start of the recording. Own choice. */
    private static final double POSE_BEGINS_WITHIN_S = 10;

    private static final double POSE_TRIED_EVERY_S = 0.5;
    /** Moments that the axis of a hinge is found from, at most: two minutes. */
    private static final int AXIS_MOMENTS = 6_000;
    /**
     * Root mean square of how differently the axis is inclined as either sensor has it, from which it is none: when both
     * segments turn equally fast, as in some squats, rates alone let any axis across the true one pass. Soft tissue: 5.
     */
    private static final double AXES_APART_DEG = 10;
    /** Beyond straight neither knee nor elbow goes further. Own choice: hyperextension of 10-15 degrees occurs. */
    private static final double BEYOND_STRAIGHT_DEG = 20;
    /** Of the angles on either side are taken for slips. */
    private static final double SLIPS = 0.01;
    /** Longer than any recording is allowed to be; what claims more has a broken clock. */
    private static final double LONGEST_S = 4 * 3600;
    /** After samples were missing the filter needs a moment to be right again. */
    private static final double SETTLES_S = 1;

    /** How a joint moves. */
    public enum Kind {
        /** One axis, and bends one way only: knee, elbow. */
        HINGE,
        BALL
    }

    public enum Reason {
        /** The sensors did not measure at the same time, or a clock is broken. */
        NOT_AT_ONCE,
        /** No three seconds near the start of the recording in which both sensors were still. */
        NO_STILL_POSE,
        /** The axis of the hinge does not show in the movement, and not both sensors have a magnetometer. */
        AXIS_UNKNOWN,
        /** Nothing tells how the headings of both sensors lie to each other. */
        HEADING_UNKNOWN,
        /** The joint bends both ways from the pose, which no knee or elbow does: it was not straight in it. */
        POSE_NOT_STRAIGHT
    }

    public sealed interface Result {}

    /** @param details what was found instead, as codes */
    public record NotMeasurable(Reason reason, List<String> details) implements Result {
        public NotMeasurable {
            details = List.copyOf(details);
        }
    }

    /** Angles from the end of the pose on, every {@link #STEP_S}. */
    public static final class Series implements Result {
        private final double startS;
        private final double[] degrees;

        private Series(double startS, double[] degrees) {
            this.startS = startS;
            this.degrees = degrees;
        }

        public double timeS(int i) {
            return startS + i * STEP_S;
        }

        public int size() {
            return degrees.length;
        }

        /** Neutral-zero; NaN where samples are missing or the angle is not known. */
        public double degrees(int i) {
            return degrees[i];
        }

        /** Of the moments, [0, 1]. */
        public double measuredShare() {
            long known = Arrays.stream(degrees).filter(Double::isFinite).count();
            return degrees.length == 0 ? 0 : (double) known / degrees.length;
        }
    }

    private final ImuRecording proximal;
    private final ImuRecording distal;
    private final SensorTraits traits;
    private final double startS;
    private final double endS;

    private JointAngles(ImuRecording proximal, ImuRecording distal, SensorTraits traits) {
        this.proximal = proximal;
        this.distal = distal;
        this.traits = traits;
        startS = Math.max(proximal.timeS(0), distal.timeS(0));
        endS = Math.min(proximal.timeS(proximal.samples() - 1), distal.timeS(distal.samples() - 1));
    }

    /** @param proximal, distal with times of one clock, seconds */
    public static Result measure(Kind kind, ImuRecording proximal, ImuRecording distal, SensorTraits traits) {
        return new JointAngles(proximal, distal, traits).measure(kind);
    }

    private Result measure(Kind kind) {
        if (!(endS > startS && endS - startS <= LONGEST_S)) return none(Reason.NOT_AT_ONCE);
        boolean magnetic = proximal.hasMagnetometer() && distal.hasMagnetometer();
        if (kind == Kind.BALL && !magnetic) return none(Reason.HEADING_UNKNOWN);
        List<StillPose.Refusal> least = List.of();
        for (double at = 0; at <= POSE_BEGINS_WITHIN_S; at += POSE_TRIED_EVERY_S) {
            StillPose.Result one = pose(proximal, startS + at);
            StillPose.Result other = pose(distal, startS + at);
            if (one instanceof StillPose.Result.Still p && other instanceof StillPose.Result.Still d)
                return relativeTo(p, d, startS + at, kind, magnetic);
            List<StillPose.Refusal> refusals = new ArrayList<>();
            if (one instanceof StillPose.Result.Refused(var because)) refusals.addAll(because);
            if (other instanceof StillPose.Result.Refused(var because)) refusals.addAll(because);
            if (least.isEmpty() || excess(refusals) < excess(least)) least = refusals;
        }
        return new NotMeasurable(
                Reason.NO_STILL_POSE,
                least.stream()
                        .map(refusal -> refusal.reason().name())
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static double excess(List<StillPose.Refusal> refusals) {
        return refusals.stream()
                .mapToDouble(refusal -> Math.abs(Math.log((refusal.measured() + 1e-9) / refusal.limit())))
                .sum();
    }

    private static NotMeasurable none(Reason reason, String... details) {
        return new NotMeasurable(reason, List.of(details));
    }

    private static StillPose.Result pose(ImuRecording recording, double fromS) {
        var limits = StillnessLimits.USUAL;
        var pose = new StillPose(limits);
        for (int i = first(recording, fromS); i < recording.samples(); i++) {
            if (recording.timeS(i) > fromS + limits.shortestS() + recording.stepS(i)) break;
            pose.accept(recording.stepS(i), recording.values(), i * ImuBlock.CHANNELS);
        }
        return pose.finish();
    }

    /** The first sample not before a time. */
    private static int first(ImuRecording recording, double timeS) {
        int low = 0;
        int high = recording.samples();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (recording.timeS(middle) < timeS) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private Result relativeTo(
            StillPose.Result.Still one, StillPose.Result.Still other, double fromS, Kind kind, boolean magnetic) {
        double untilS = fromS + StillnessLimits.USUAL.shortestS();
        if (kind == Kind.HINGE) {
            double[] p = OfflineKalman.orientations(proximal, false, traits);
            double[] d = OfflineKalman.orientations(distal, false, traits);
            HingeAxes.Result axes = axes(one.bias(), other.bias(), p, d, untilS);
            Result result = switch (axes) {
                case HingeAxes.NotFound(var because) -> none(Reason.AXIS_UNKNOWN, because.name());
                case HingeAxes.Found found
                when apartDeg(found, p, d, fromS) > AXES_APART_DEG ->
                    none(Reason.AXIS_UNKNOWN, HingeAxes.Reason.NOT_A_HINGE.name());
                case HingeAxes.Found found -> hinge(found, p, d, fromS, untilS);
            };
            boolean known = !(result instanceof NotMeasurable(Reason because, var _))
                    || because != Reason.AXIS_UNKNOWN && because != Reason.HEADING_UNKNOWN;
            if (known || !magnetic) return result;
        }
        double[] p = OfflineKalman.orientations(proximal, true, traits);
        double[] d = OfflineKalman.orientations(distal, true, traits);
        return betweenLongAxes(p, d, fromS, untilS);
    }

    /** From the longest stretch after the pose in which both sensors measured. */
    private HingeAxes.Result axes(Vector bias, Vector otherBias, double[] p, double[] d, double fromS) {
        var one = new Moments(proximal, p);
        var other = new Moments(distal, d);
        double[] rates = new double[3 * AXIS_MOMENTS];
        double[] otherRates = new double[3 * AXIS_MOMENTS];
        double[] best = {};
        double[] otherBest = {};
        int n = 0;
        for (double t = fromS; t <= endS && n < AXIS_MOMENTS; t += STEP_S) {
            boolean measured = one.at(t) & other.at(t);
            if (measured) {
                put(rates, n, one, bias);
                put(otherRates, n, other, otherBias);
                n++;
            }
            boolean last = t + STEP_S > endS || n == AXIS_MOMENTS;
            if ((!measured || last) && 3 * n > best.length) {
                best = Arrays.copyOf(rates, 3 * n);
                otherBest = Arrays.copyOf(otherRates, 3 * n);
            }
            if (!measured) n = 0;
        }
        return HingeAxes.find(best, otherBest, STEP_S);
    }

    private double apartDeg(HingeAxes.Found axes, double[] p, double[] d, double fromS) {
        var one = new Moments(proximal, p);
        var other = new Moments(distal, d);
        double squares = 0;
        int n = 0;
        for (double t = fromS; t <= endS; t += STEP_S) {
            if (!(one.at(t) & other.at(t))) continue;
            double apart = upward(axes.proximal(), one) - upward(axes.distal(), other);
            squares += apart * apart;
            n++;
        }
        return n == 0 ? 0 : Math.toDegrees(Math.sqrt(squares / n));
    }

    private static double upward(Vector axis, Moments sensor) {
        return Math.asin(Math.clamp(axis.turnedBy(sensor.orientation()).z(), -1, 1));
    }

    private static void put(double[] rates, int n, Moments sensor, Vector bias) {
        rates[3 * n] = sensor.rate(0) - bias.x();
        rates[3 * n + 1] = sensor.rate(1) - bias.y();
        rates[3 * n + 2] = sensor.rate(2) - bias.z();
    }

    private Result hinge(HingeAxes.Found axes, double[] p, double[] d, double fromS, double untilS) {
        var one = new Moments(proximal, p);
        var other = new Moments(distal, d);
        var joint = new HingeJoint(axes.proximal(), axes.distal(), HingeJoint.Bends.FORWARD);
        boolean posed = false;
        double lastS = fromS;
        double t = fromS;
        for (; t < untilS; t += STEP_S)
            if (one.at(t) & other.at(t)) posed |= joint.pose(lastS = t, one.orientation(), other.orientation());
        if (!posed) return none(Reason.HEADING_UNKNOWN);
        double[] degrees = new double[moments(t)];
        for (int i = 0; i < degrees.length; i++) {
            double now = t + i * STEP_S;
            degrees[i] = Double.NaN;
            if (!(one.at(now) & other.at(now))) continue;
            if (now - lastS > OrientationTracker.LONGEST_STEP_S) joint.interrupted();
            lastS = now;
            if (joint.read(now, one.orientation(), other.orientation()) instanceof JointReading.Hinge hinge)
                degrees[i] = hinge.flexionDeg();
        }
        return oneWay(t, degrees);
    }

    /** Which way round the axis points is told by the joint: it bends one way. */
    private static Result oneWay(double startS, double[] degrees) {
        double[] sorted =
                Arrays.stream(degrees).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) return none(Reason.HEADING_UNKNOWN);
        int slips = (int) (SLIPS * sorted.length);
        double least = sorted[slips];
        double most = sorted[sorted.length - 1 - slips];
        if (Math.min(-least, most) > BEYOND_STRAIGHT_DEG)
            return none(Reason.POSE_NOT_STRAIGHT, Math.round(least) + "_TO_" + Math.round(most) + "_DEGREES");
        if (-least > most) for (int i = 0; i < degrees.length; i++) degrees[i] = -degrees[i];
        return new Series(startS, degrees);
    }

    private int moments(double fromS) {
        return (int) Math.max(0, Math.floor((endS - fromS) / STEP_S) + 1);
    }

    /** Each segment turns since the pose, in which both long axes were upright; the magnetometers give one heading. */
    private Result betweenLongAxes(double[] p, double[] d, double fromS, double untilS) {
        var one = new Moments(proximal, p);
        var other = new Moments(distal, d);
        Quaternion onePose = Quaternion.IDENTITY;
        Quaternion otherPose = Quaternion.IDENTITY;
        boolean posed = false;
        double t = fromS;
        for (; t < untilS; t += STEP_S)
            if (one.at(t) & other.at(t)) {
                posed = true;
                onePose = one.orientation();
                otherPose = other.orientation();
            }
        if (!posed) return none(Reason.NOT_AT_ONCE);
        double[] degrees = new double[moments(t)];
        double lastS = t;
        double settledS = t;
        for (int i = 0; i < degrees.length; i++) {
            double now = t + i * STEP_S;
            degrees[i] = Double.NaN;
            if (!(one.at(now) & other.at(now))) continue;
            if (now - lastS > OrientationTracker.LONGEST_STEP_S) settledS = now + SETTLES_S;
            lastS = now;
            if (now < settledS) continue;
            double[] a = one.orientation().times(onePose.inverse()).turn(0, 0, 1);
            double[] b = other.orientation().times(otherPose.inverse()).turn(0, 0, 1);
            Vector u = new Vector(a[0], a[1], a[2]);
            Vector v = new Vector(b[0], b[1], b[2]);
            degrees[i] = Math.toDegrees(Math.atan2(u.cross(v).length(), u.dot(v)));
        }
        return new Series(t, degrees);
    }
}
