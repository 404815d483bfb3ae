package health.carryover.clinical.setup;

import static health.carryover.clinical.motion.Landmark.*;

import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Landmark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Photographs the stick figure of {@link BodyModel} anew: as a solid body, by a camera that may stand low or near, lean
 * or be badly aimed, with a tracker that trembles, hides and loses points. Everything is plain pinhole optics, in
 * statures and pixels; it knows nothing of how the check judges.
 */
final class Staging {
    private static final double MODEL_DISTANCE = 3; // of BodyModel's own camera, statures
    private static final double SCALE = 800; // pixels a stature of BodyModel's picture
    private static final double MODEL_DEPTH = 3.1; // how much it overstates depth, as the tracker does

    final Random random;
    Move move = Move.STANDING;
    ImageSize size = new ImageSize(1280, 720);
    double seconds = 14;
    double fps = 30;
    double azimuthDeg = 90;
    /** One stature in the picture: of its height, or of its width for somebody lying. */
    double share = 0.7;

    double distance = 2.5; // of the camera, statures
    double cameraHeight; // over the middle of the body; the camera aims there
    double rollDeg;
    /** Where the middle of the body is moved to, in the picture. */
    double middleX = 0.5;

    double middleY = 0.5;
    double legLength = 1;
    double restlessness; // share of a repetition that the person keeps doing
    double noise = 0.002; // statures, white
    double wander; // statures, of hips and knees
    double wanderSeconds = 0.2;
    double seen = 1; // factor of all visibilities
    double lost; // share of frames without a person
    List<Landmark> hidden = List.of();
    double hiddenVisibility = 0.2;
    double unevenness; // of the time between frames, share of it

    Staging(long seed) {
        random = new Random(seed);
    }

    boolean lying() {
        return move == Move.HEEL_SLIDE || move == Move.STRAIGHT_LEG_RAISE || move == Move.BRIDGE;
    }

    List<Frame> frames() {
        List<double[][]> bodies = bodies(seconds, fps);
        double[] centre = centre(bodies.getFirst());
        double[][] drift = new double[Landmark.COUNT][2];
        List<Frame> frames = new ArrayList<>();
        double time = 0;
        for (double[][] body : bodies) {
            frames.add(frame(Math.round(time * 1000), body, centre, drift));
            time += Math.max(0.002, (1 + unevenness * random.nextGaussian()) / fps);
        }
        return frames;
    }

    /** Where some landmarks fall in the picture at the start, without noise: lowest x and y, highest x and y. */
    double[] bounds(Collection<Landmark> landmarks) {
        double[][] body = bodies(0.1, 30).getFirst();
        double[] centre = centre(body);
        double[] bounds = {100, 100, -100, -100};
        for (Landmark landmark : landmarks) {
            double[] pixel = pixel(body[landmark.ordinal()], centre);
            bounds[0] = Math.min(bounds[0], pixel[0] / size.width());
            bounds[1] = Math.min(bounds[1], pixel[1] / size.height());
            bounds[2] = Math.max(bounds[2], pixel[0] / size.width());
            bounds[3] = Math.max(bounds[3], pixel[1] / size.height());
        }
        return bounds;
    }

    /** The body in statures: to the right, up, away from the camera; BodyModel's perspective undone. */
    private List<double[][]> bodies(double length, double rate) {
        double repetitions = length / 2.6 + 1;
        BodyModel model = BodyModel.doing(move, 1)
                .jitter(0, 1)
                .seenFrom(azimuthDeg)
                .height(SCALE / 1000)
                .camera(new ImageSize(1000, 1000), rate);
        if (restlessness == 0) return standing(model, length, rate);
        model = model.shares(Collections.nCopies((int) repetitions, restlessness))
                .tempo(
                        Duration.ofMillis(1000),
                        Duration.ofMillis(200),
                        Duration.ofMillis(1000),
                        Duration.ofMillis(400));
        List<double[][]> bodies = new ArrayList<>();
        for (Frame frame : model.record().frames()) {
            if (frame.timeMs() > length * 1000) break;
            bodies.add(body(frame));
        }
        return bodies;
    }

    /** The same body in every frame: a still one need not be simulated each time. */
    private List<double[][]> standing(BodyModel model, double length, double rate) {
        BodyModel brief = model.camera(new ImageSize(1000, 1000), 30)
                .tempo(Duration.ofMillis(100), Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(100));
        double[][] still = body(brief.record().frames().getFirst());
        List<double[][]> bodies = new ArrayList<>();
        for (int i = 0; Math.round(i * 1000 / rate) <= length * 1000; i++) bodies.add(still);
        return bodies;
    }

    private double[][] body(Frame frame) {
        double[][] body = new double[Landmark.COUNT][];
        for (Landmark landmark : values()) {
            double depth = frame.z(landmark) * 1000 / SCALE / MODEL_DEPTH;
            double near = MODEL_DISTANCE / (MODEL_DISTANCE + depth) * SCALE;
            double up = (0.5 - frame.y(landmark)) * 1000 / near;
            body[landmark.ordinal()] = new double[] {(frame.x(landmark) - 0.5) * 1000 / near, up, depth};
        }
        if (!lying()) stretchLegs(body);
        return body;
    }

    private void stretchLegs(double[][] body) {
        double hips = (body[LEFT_HIP.ordinal()][1] + body[RIGHT_HIP.ordinal()][1]) / 2;
        for (double[] point : body) if (point[1] < hips) point[1] = hips + (point[1] - hips) * legLength;
    }

    private static double[] centre(double[][] body) {
        double[] centre = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double[] point : body) {
                low = Math.min(low, point[axis]);
                high = Math.max(high, point[axis]);
            }
            centre[axis] = (low + high) / 2;
        }
        return centre;
    }

    /** x and y in pixels, and pixels a stature at this depth. */
    private double[] pixel(double[] point, double[] centre) {
        double pitch = Math.atan2(-cameraHeight, distance);
        double x = point[0] - centre[0];
        double y = point[1] - centre[1] - cameraHeight;
        double z = distance + point[2] - centre[2];
        double up = y * Math.cos(pitch) - z * Math.sin(pitch);
        double away = z * Math.cos(pitch) + y * Math.sin(pitch);
        double extent = lying() ? size.width() : size.height();
        double focal = share * extent * distance;
        double across = focal * x / away;
        double down = -focal * up / away;
        double roll = Math.toRadians(rollDeg);
        return new double[] {
            middleX * size.width() + across * Math.cos(roll) - down * Math.sin(roll),
            middleY * size.height() + across * Math.sin(roll) + down * Math.cos(roll),
            focal / away
        };
    }

    private Frame frame(long timeMs, double[][] body, double[] centre, double[][] drift) {
        float[] values = new float[Landmark.COUNT * 4];
        double stature = share * (lying() ? size.width() : size.height());
        double hipDepth = (body[LEFT_HIP.ordinal()][2] + body[RIGHT_HIP.ordinal()][2]) / 2;
        double kept = Math.exp(-1 / fps / wanderSeconds);
        for (Landmark landmark : values()) {
            int i = landmark.ordinal();
            double[] pixel = pixel(body[i], centre);
            boolean loose = i >= LEFT_HIP.ordinal() && i <= RIGHT_KNEE.ordinal();
            double sigma = noise * (hidden.contains(landmark) ? 6 : 1);
            for (int axis = 0; axis < 2; axis++) {
                drift[i][axis] = kept * drift[i][axis]
                        + Math.sqrt(1 - kept * kept) * (loose ? wander : 0.003) * random.nextGaussian();
                pixel[axis] += (sigma * random.nextGaussian() + drift[i][axis]) * stature;
            }
            double x = pixel[0] / size.width();
            double y = pixel[1] / size.height();
            values[4 * i] = (float) Math.clamp(x, -90, 90);
            values[4 * i + 1] = (float) Math.clamp(y, -90, 90);
            values[4 * i + 2] = (float) ((body[i][2] - hipDepth) * stature * MODEL_DEPTH / size.width());
            values[4 * i + 3] = (float) visibility(landmark, body, x, y);
        }
        return random.nextDouble() < lost ? Frame.nobody(timeMs) : Frame.of(timeMs, values);
    }

    /** As in recordings: the far arm and leg are seen badly from the side, and what is outside the worse the farther. */
    private double visibility(Landmark landmark, double[][] body, double x, double y) {
        double visibility = 0.97 + 0.03 * random.nextDouble();
        int i = landmark.ordinal();
        double aside = Math.abs(Math.sin(Math.toRadians(azimuthDeg)));
        int left = landmark.compareTo(LEFT_SHOULDER) < 0 ? i : i - (i - LEFT_SHOULDER.ordinal()) % 2;
        boolean far = left != i
                ? body[i][2] > body[left][2] + 0.02
                : left + 1 < Landmark.COUNT && body[i][2] > body[left + 1][2] + 0.02;
        if (far && i >= LEFT_ELBOW.ordinal() && i <= RIGHT_THUMB.ordinal()) visibility *= 1 - 0.85 * aside;
        if (far && i >= LEFT_KNEE.ordinal()) visibility *= 1 - 0.4 * aside;
        double outside = Math.max(Math.max(-x, x - 1), Math.max(-y, y - 1));
        if (outside > 0) visibility *= 0.7 * Math.exp(-outside / 0.2);
        if (hidden.contains(landmark)) visibility = hiddenVisibility * (0.7 + 0.6 * random.nextDouble());
        return Math.clamp(visibility * seen, 0, 1);
    }
}
