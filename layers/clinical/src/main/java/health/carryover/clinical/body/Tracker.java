package health.carryover.clinical.body;

import static health.carryover.clinical.motion.Landmark.*;

import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.Landmark;
import java.util.Random;

/**
 * A pose tracker and its errors, after what was measured on 25 recordings of real people (MediaPipe Pose, full model, 72
 * repetitions, 15 and 30 frames a second; all lengths in thousandths of the stature, taken as trunk / 0.288).
 *
 * <ul>
 *   <li>Fast jitter: third differences over sqrt(20) of the points of slow stretches (under 0.15 statures a second), robust SD,
 *       median over the recordings. Landmarks of visibility over 0.9: head 0.31, shoulder 0.37, hip 0.46, elbow 0.57, wrist
 *       0.54, hand 0.68, knee 0.62, ankle 0.47, heel 0.52, toe 0.54; the worst recording two to six times that. Under 0.6:
 *       elbow 1.3, wrist 1.5, hand 1.7, ankle 1.1, heel 1.5, toe 2.0. Tails are heavy: root mean square over robust SD is 2 to
 *       4, and one value in a hundred exceeds ten SD.
 *   <li>Wander: SD over 2 s of points that rest on the floor or do not move: frontal studio 1.0-2.4 (ankle), 2-4 (hip,
 *       shoulder), lateral 1.2-5, of people on the floor at home 2-8. Autocorrelation at 15 frames a second: 0.85 after one
 *       frame, 0.67 after two, 0.35 after four, and at 30 frames 0.95, 0.88, 0.66: (1 + t / T) exp(-t / T) with T = 0.12 s, a
 *       critically damped process. Sampled at 15 frames it makes up 0.17 of its SD of the fast jitter; the rest is white.
 *   <li>Joint angles of limbs at rest, SD over 2 s: knee 0.3-4.7 degrees standing, 2.2-2.6 lying; hip 0.3-2.7 and 1.7; elbow
 *       lying 2.0-3.9. Far limbs wander no more than near ones: they are guessed from the rest. Measured again over the
 *       median window of 1.5 s, limbs that the exercise does not move: standing knee 0.5-4.7, hip 0.5-3.5 (medians 1.8 and
 *       1.0; simulated 1.5 and 1.7); lying hip 1.0-1.7, knee 1.2-2.5, shoulder 1.3-2.9. Neighbouring points wander together,
 *       so these angles are quieter than the points' own wander says: with points of people on the floor wandering 1.8 times
 *       as much as standing the simulated hip had 2.0-3.5 and knee 2.1-3.9, with 1.2 times they have 1.5-2.4 and 1.5-2.7.
 *   <li>Offset, constant for a recording: full against lite model on the same frames, over sqrt(2): 1-5 of people who stand,
 *       7-30 of people who sit or lie at home. The same comparison gives wander of 2-5 and 3-13.
 *   <li>Visibility from the side: far elbow 0.04-0.4, wrist 0.06-0.6, knee 0.4-0.75, ankle 0.55-0.88, toe 0.7-0.9; near limbs
 *       0.94-0.99; shoulders and hips 1.0 on both sides; points outside the picture 0.01-0.2, guessed with an error of 30-60.
 *   <li>Left and right changed places in 3 of 3,400 frames, all of one poor webcam recording, which also lost the person in 4
 *       of 179 frames and had bursts of errors of 200.
 *   <li>Depth: the fast jitter is 2.3 times that of the picture (world landmarks); image depth of a shoulder or hip line seen end
 *       on is 2.9 times its length. World segments change their length by 2-10 % (SD) during an exercise.
 * </ul>
 */
final class Tracker {
    private static final double WANDER_SECONDS = 0.12;
    private static final int STEPS_A_SECOND = 100; // fine enough that the process does not depend on the frame rate
    private static final double SLIPS_A_SECOND = 0.09; // of each landmark, for up to three frames: the heavy tails
    private static final double SWAPS_A_SECOND = 0.0075; // of the legs
    private static final double IMAGE_DEPTH = 2.9;
    private static final double DEPTH_NOISE = 2.4;

    private final Settings s;
    private final Random random;
    private final double
            quality; // recordings differ by half and double: light, clothes; a metronome's is the median one
    private final double low;
    private final double leaning; // how the tracker tilts the person about the picture's horizontal
    private final double[][] offset = new double[COUNT][3];
    private final double[][] push = new double[COUNT][3];
    private final double[][] wander = new double[COUNT][3];
    private final double[][] slip = new double[COUNT][2];
    private final int[] slipping = new int[COUNT];
    private int swapped;

    /** @param low how much more points wander in this posture: 1 standing, 1.2 on the floor */
    Tracker(Settings s, double low) {
        this.s = s;
        random = new Random(s.seed);
        double other = Math.clamp(Math.exp(0.35 * random.nextGaussian()), 0.5, 2);
        quality = s.noise * (s.variability > 0 ? other : 1);
        this.low = low;
        leaning = Math.toRadians(s.noise * (3 + 4 * random.nextGaussian()));
        for (Landmark landmark : Landmark.values())
            for (int axis = 0; axis < 3; axis++) {
                Part part = Part.of(landmark);
                offset[landmark.ordinal()][axis] = quality * part.offset(low) * random.nextGaussian();
                push[landmark.ordinal()][axis] = random.nextGaussian();
                wander[landmark.ordinal()][axis] = random.nextGaussian();
            }
    }

    /** What is tracked alike. Thousandths of the stature; visibility of the limb away from the camera, seen from the side. */
    private enum Part {
        HEAD(0.31, 2.0, 1.5, 1),
        SHOULDER(0.37, 2.4, 3.0, 1),
        ELBOW(0.57, 2.2, 3.0, 0.12),
        WRIST(0.54, 2.6, 3.0, 0.2),
        HAND(0.68, 3.0, 4.0, 0.25),
        HIP(0.46, 2.5, 3.0, 1),
        KNEE(0.62, 2.5, 3.0, 0.5),
        ANKLE(0.47, 1.7, 2.5, 0.7),
        HEEL(0.52, 2.0, 4.0, 0.7),
        TOE(0.54, 2.3, 4.5, 0.8);

        private final double white;
        private final double wander;
        private final double offset;
        private final double farVisibility;

        Part(double fast, double wander, double offset, double farVisibility) {
            this.white = Math.sqrt(Math.max(0.01, fast * fast - 0.17 * 0.17 * wander * wander)) / 1000;
            this.wander = wander / 1000;
            this.offset = offset / 1000;
            this.farVisibility = farVisibility;
        }

        /** Hips, legs and shoulders of somebody on the floor wander more; arms do not. */
        double wander(double low) {
            return this == ELBOW || this == WRIST || this == HAND || this == HEAD ? wander : low * wander;
        }

        /** What is constant gets three times as bad on the floor: an unusual picture. */
        double offset(double low) {
            return low > 1 ? 3 * low * offset : offset;
        }

        static Part of(Landmark landmark) {
            return switch (landmark) {
                case LEFT_SHOULDER, RIGHT_SHOULDER -> SHOULDER;
                case LEFT_ELBOW, RIGHT_ELBOW -> ELBOW;
                case LEFT_WRIST, RIGHT_WRIST -> WRIST;
                case LEFT_PINKY, RIGHT_PINKY, LEFT_INDEX, RIGHT_INDEX, LEFT_THUMB, RIGHT_THUMB -> HAND;
                case LEFT_HIP, RIGHT_HIP -> HIP;
                case LEFT_KNEE, RIGHT_KNEE -> KNEE;
                case LEFT_ANKLE, RIGHT_ANKLE -> ANKLE;
                case LEFT_HEEL, RIGHT_HEEL -> HEEL;
                case LEFT_FOOT_INDEX, RIGHT_FOOT_INDEX -> TOE;
                default -> HEAD;
            };
        }
    }

    /** Image landmarks and the same in metres. */
    record Seen(Frame image, Frame world) {}

    /**
     * Looks at a body.
     * @param seconds of the performance
     * @param step seconds since the last frame
     */
    Seen look(double[][] body, Camera camera, double stature, double seconds, double step, long timeMs) {
        double[][] seen = new double[COUNT][];
        double[][] turned = new double[COUNT][];
        for (int i = 0; i < COUNT; i++) {
            seen[i] = camera.see(body[i]);
            turned[i] = camera.turn(body[i]);
        }
        double[] hips = Axes.middle(turned[LEFT_HIP.ordinal()], turned[RIGHT_HIP.ordinal()]);
        double pixels = camera.focal() / hips[2]; // a metre
        float[] image = new float[COUNT * 4];
        float[] world = new float[COUNT * 4];
        if (swapped > 0) swapped--;
        else if (random.nextDouble() < SWAPS_A_SECOND * step * Math.min(4, quality)) swapped = 2;
        for (Landmark landmark : Landmark.values()) {
            int i = landmark.ordinal();
            double visibility = visibility(landmark, seen, turned, stature * pixels, seconds);
            double[] error = error(landmark, visibility, step);
            int to = target(landmark).ordinal() * 4;
            double x = seen[i][0] + error[0] * stature * pixels;
            double y = seen[i][1] + error[1] * stature * pixels;
            double tilt = Math.tan(leaning) * (turned[i][1] - hips[1]);
            double depth = turned[i][2] - hips[2] + tilt;
            image[to] = (float) ((s.mirrored ? s.size.width() - x : x) / s.size.width());
            image[to + 1] = (float) (y / s.size.height());
            image[to + 2] = (float) ((depth + error[2] * stature) * IMAGE_DEPTH * pixels / s.size.width());
            image[to + 3] = (float) visibility;
            double across = turned[i][0] - hips[0] + error[0] * stature;
            world[to] = (float) (s.mirrored ? -across : across);
            world[to + 1] = (float) (turned[i][1] - hips[1] + error[1] * stature);
            world[to + 2] = (float) (depth + error[2] * stature);
            world[to + 3] = (float) visibility;
        }
        clamp(image);
        return new Seen(Frame.of(timeMs, image), Frame.of(timeMs, world));
    }

    private static void clamp(float[] values) {
        for (int i = 0; i < values.length; i++) values[i] = Math.clamp(values[i], -90f, 90f);
    }

    /** In a mirror, and when the tracker slips, left is right. */
    private Landmark target(Landmark landmark) {
        boolean turn = s.mirrored ^ (swapped > 0 && landmark.ordinal() >= LEFT_KNEE.ordinal());
        if (!turn || landmark == NOSE) return landmark;
        String name = landmark.name();
        return valueOf(name.contains("LEFT") ? name.replace("LEFT", "RIGHT") : name.replace("RIGHT", "LEFT"));
    }

    private double[] error(Landmark landmark, double visibility, double step) {
        int i = landmark.ordinal();
        Part part = Part.of(landmark);
        double hidden = 1 - visibility; // what is hidden jitters more, and is guessed from the rest, which is steady
        double guessing = visibility < 0.3 && part.farVisibility >= 0.3 || visibility < 0.1 ? 5 : 1; // nothing to see
        int steps = (int) Math.ceil(step * STEPS_A_SECOND);
        double keeps = Math.exp(-step / steps / WANDER_SECONDS);
        double[] error = new double[3];
        if (slipping[i] > 0) slipping[i]--;
        else if (random.nextDouble() < SLIPS_A_SECOND * step) {
            slipping[i] = 1 + random.nextInt(3);
            for (int axis = 0; axis < 2; axis++)
                slip[i][axis] = quality * 3 * part.wander(low) * (1 + hidden) * random.nextGaussian();
        }
        for (int axis = 0; axis < 3; axis++) {
            for (int n = 0; n < steps; n++) wander(push[i], wander[i], axis, keeps);
            double wanders = quality * part.wander(low) * wander[i][axis];
            double slow = guessing * ((1 + 1.5 * hidden) * offset[i][axis] + (1 + 0.6 * hidden) * wanders);
            double fast =
                    quality * part.white * (1 + 1.4 * hidden) * random.nextGaussian() + s.white * random.nextGaussian();
            error[axis] = slow + fast + (axis < 2 && slipping[i] > 0 ? slip[i][axis] : 0);
        }
        error[2] *= DEPTH_NOISE;
        return error;
    }

    /** Two first-order filters in a row, driven by white noise: SD 1. */
    private void wander(double[] push, double[] position, int axis, double keeps) {
        push[axis] = keeps * push[axis] + Math.sqrt(1 - keeps * keeps) * random.nextGaussian();
        position[axis] = keeps * position[axis] + (1 - keeps) * push[axis] * (1 + keeps) / Math.sqrt(1 + keeps * keeps);
    }

    private double visibility(Landmark landmark, double[][] seen, double[][] turned, double stature, double seconds) {
        int i = landmark.ordinal();
        for (Settings.Hidden hidden : s.hidden)
            if (hidden.span().covers(seconds) && hidden.limb().holds(landmark)) return 0.2;
        if (seen[i][0] < 0 || seen[i][0] > s.size.width() || seen[i][1] < 0 || seen[i][1] > s.size.height())
            return 0.05;
        Part part = Part.of(landmark);
        if (part.farVisibility == 1) return 0.995;
        int other = i % 2 == 1 ? i + 1 : i - 1;
        double width = Axes.length(Axes.minus(turned[LEFT_HIP.ordinal()], turned[RIGHT_HIP.ordinal()]));
        double behind = (turned[LEFT_HIP.ordinal()][2] - turned[RIGHT_HIP.ordinal()][2]) / width; // of the left side
        double far = Math.clamp(((i % 2 == 1 ? behind : -behind) - 0.35) / 0.55, 0, 1);
        double apart = Math.hypot(seen[i][0] - seen[other][0], seen[i][1] - seen[other][1]) / stature;
        if (apart > 0.12) far *= 0.5; // stands clear of the near limb
        return 0.97 - (0.97 - part.farVisibility) * far;
    }
}
