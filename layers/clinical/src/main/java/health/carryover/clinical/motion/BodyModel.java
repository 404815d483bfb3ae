package health.carryover.clinical.motion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Makes landmark recordings of a simulated person, so that tests and demonstrations need no recordings of real ones: a
 * stick figure moved by joint angles, seen by a pinhole camera, with the jitter and the losses of a tracker. It is not
 * evidence for how well anything works on people. The same settings give the same recording.
 *
 * @param move what the person does
 * @param active which side moves, where the move allows a choice
 * @param shares one repetition each: the share of the range it reaches, (0, 1.5]; 1 is full, 0.4 a partial one
 * @param rangeDeg excursion of the primary angle of a full repetition, degrees
 * @param up time from rest to the peak
 * @param hold time at the peak
 * @param down time back
 * @param rest time between repetitions, and before the first and after the last
 * @param pause time spent half way up
 * @param azimuthDeg where the camera stands: 0 in front, 90 to the person's left, 180 behind
 * @param height of the person in the picture, share of its shorter side, (0, 1]
 * @param jitter standard deviation of a landmark, statures: 0.004 good light, 0.015 poor
 * @param lossRate share of frames without a person, [0, 1), in runs of lossRun frames
 * @param skip how much of the beginning is cut off, so that the recording starts in the middle
 * @param seed of jitter and losses
 */
public record BodyModel(
        Move move,
        Active active,
        List<Double> shares,
        double rangeDeg,
        Duration up,
        Duration hold,
        Duration down,
        Duration rest,
        Duration pause,
        double azimuthDeg,
        double height,
        double jitter,
        double lossRate,
        int lossRun,
        Duration skip,
        ImageSize size,
        double fps,
        long seed) {

    /** What the simulated person can do; the code is that of the exercise. */
    public enum Move {
        SQUAT("squat", 5, 90, 90),
        SIT_TO_STAND("sit_to_stand", 90, 85, 90),
        LUNGE("lunge", 5, 80, 90),
        KNEE_EXTENSION("knee_extension", 85, 78, 90),
        HEEL_SLIDE("heel_slide", 5, 100, 90),
        STRAIGHT_LEG_RAISE("straight_leg_raise", 2, 50, 90),
        BRIDGE("bridge", 55, 53, 90),
        BICEP_CURL("bicep_curl", 10, 125, 90),
        SHOULDER_ABDUCTION("shoulder_abduction", 12, 140, 0),
        LATERAL_RAISE("lateral_raise", 12, 75, 0),
        SHOULDER_PRESS("shoulder_press", 115, 95, 0),
        /** Walks along; shares, range and rest are not used, up and down are the two steps of a stride. */
        WALKING("none_walking", 5, 55, 90),
        /** Stands still. */
        STANDING("squat", 5, 0, 90);

        private final String exercise;
        private final double restDeg;
        private final double usualDeg;
        private final double azimuthDeg;

        Move(String exercise, double restDeg, double usualDeg, double azimuthDeg) {
            this.exercise = exercise;
            this.restDeg = restDeg;
            this.usualDeg = usualDeg;
            this.azimuthDeg = azimuthDeg;
        }

        /** Code of the exercise in the library. */
        public String exercise() {
            return exercise;
        }
    }

    /** Which side moves. Moves of both legs, as a squat, know only BOTH. */
    public enum Active {
        BOTH,
        LEFT,
        RIGHT,
        /** Left, right, left ... */
        ALTERNATING
    }

    private static final double CAMERA_DISTANCE = 3; // statures

    public BodyModel {
        shares = List.copyOf(shares);
        for (double share : shares)
            if (!(share > 0 && share <= 1.5)) throw new IllegalArgumentException("share of the range outside (0, 1.5]");
        if (!(rangeDeg >= 0 && rangeDeg <= 180)) throw new IllegalArgumentException("range outside [0, 180] degrees");
        if (!(height > 0 && height <= 1)) throw new IllegalArgumentException("height outside (0, 1]");
        if (!(jitter >= 0 && jitter < 0.2)) throw new IllegalArgumentException("jitter outside [0, 0.2) statures");
        if (!(lossRate >= 0 && lossRate < 1) || lossRun < 1) throw new IllegalArgumentException("losses impossible");
        if (!(fps > 0 && fps <= 240)) throw new IllegalArgumentException("frame rate outside (0, 240]");
        if (up.isNegative()
                || hold.isNegative()
                || down.isNegative()
                || rest.isNegative()
                || pause.isNegative()
                || skip.isNegative()) throw new IllegalArgumentException("a time is negative");
    }

    /** Full repetitions at an unhurried tempo, seen from the best side at 30 frames a second, with a little jitter. */
    public static BodyModel doing(Move move, int reps) {
        return new BodyModel(
                move,
                Active.BOTH,
                Collections.nCopies(reps, 1.0),
                move.usualDeg,
                Duration.ofMillis(1200),
                Duration.ofMillis(400),
                Duration.ofMillis(1200),
                Duration.ofMillis(800),
                Duration.ZERO,
                move.azimuthDeg,
                0.8,
                0.003,
                0,
                1,
                Duration.ZERO,
                new ImageSize(1280, 720),
                30,
                1);
    }

    public BodyModel active(Active side) {
        return new BodyModel(
                move,
                side,
                shares,
                rangeDeg,
                up,
                hold,
                down,
                rest,
                pause,
                azimuthDeg,
                height,
                jitter,
                lossRate,
                lossRun,
                skip,
                size,
                fps,
                seed);
    }

    /** Sets the share of the range that each repetition reaches, and so their number. */
    public BodyModel shares(List<Double> reached) {
        return new BodyModel(
                move,
                active,
                reached,
                rangeDeg,
                up,
                hold,
                down,
                rest,
                pause,
                azimuthDeg,
                height,
                jitter,
                lossRate,
                lossRun,
                skip,
                size,
                fps,
                seed);
    }

    public BodyModel range(double degrees) {
        return new BodyModel(
                move,
                active,
                shares,
                degrees,
                up,
                hold,
                down,
                rest,
                pause,
                azimuthDeg,
                height,
                jitter,
                lossRate,
                lossRun,
                skip,
                size,
                fps,
                seed);
    }

    public BodyModel tempo(Duration goingUp, Duration holding, Duration goingDown, Duration resting) {
        return new BodyModel(
                move,
                active,
                shares,
                rangeDeg,
                goingUp,
                holding,
                goingDown,
                resting,
                pause,
                azimuthDeg,
                height,
                jitter,
                lossRate,
                lossRun,
                skip,
                size,
                fps,
                seed);
    }

    public BodyModel pausingHalfWay(Duration time) {
        return new BodyModel(
                move,
                active,
                shares,
                rangeDeg,
                up,
                hold,
                down,
                rest,
                time,
                azimuthDeg,
                height,
                jitter,
                lossRate,
                lossRun,
                skip,
                size,
                fps,
                seed);
    }

    public BodyModel seenFrom(double degrees) {
        return new BodyModel(
                move, active, shares, rangeDeg, up, hold, down, rest, pause, degrees, height, jitter, lossRate, lossRun,
                skip, size, fps, seed);
    }

    public BodyModel height(double share) {
        return new BodyModel(
                move,
                active,
                shares,
                rangeDeg,
                up,
                hold,
                down,
                rest,
                pause,
                azimuthDeg,
                share,
                jitter,
                lossRate,
                lossRun,
                skip,
                size,
                fps,
                seed);
    }

    public BodyModel jitter(double statures, long randomSeed) {
        return new BodyModel(
                move,
                active,
                shares,
                rangeDeg,
                up,
                hold,
                down,
                rest,
                pause,
                azimuthDeg,
                height,
                statures,
                lossRate,
                lossRun,
                skip,
                size,
                fps,
                randomSeed);
    }

    public BodyModel losing(double rate, int frames) {
        return new BodyModel(
                move,
                active,
                shares,
                rangeDeg,
                up,
                hold,
                down,
                rest,
                pause,
                azimuthDeg,
                height,
                jitter,
                rate,
                frames,
                skip,
                size,
                fps,
                seed);
    }

    public BodyModel startingAt(Duration time) {
        return new BodyModel(
                move,
                active,
                shares,
                rangeDeg,
                up,
                hold,
                down,
                rest,
                pause,
                azimuthDeg,
                height,
                jitter,
                lossRate,
                lossRun,
                time,
                size,
                fps,
                seed);
    }

    public BodyModel camera(ImageSize image, double framesPerSecond) {
        return new BodyModel(
                move,
                active,
                shares,
                rangeDeg,
                up,
                hold,
                down,
                rest,
                pause,
                azimuthDeg,
                height,
                jitter,
                lossRate,
                lossRun,
                skip,
                image,
                framesPerSecond,
                seed);
    }

    /** How long the whole takes, before anything is cut off. */
    public Duration length() {
        return rest.plus(oneRep().plus(rest).multipliedBy(shares.size()));
    }

    private Duration oneRep() {
        return up.plus(pause).plus(hold).plus(down);
    }

    /** Makes the recording. */
    public Recording record() {
        Random random = new Random(seed);
        List<Frame> frames = new ArrayList<>();
        int lost = 0;
        double from = skip.toMillis() / 1000.0;
        int count = (int) Math.floor((length().toMillis() / 1000.0 - from) * fps);
        for (int i = 0; i < count; i++) {
            long timeMs = Math.round(i * 1000 / fps);
            if (lost == 0 && random.nextDouble() < lossRate / lossRun) lost = lossRun;
            Frame frame = frame(timeMs, from + i / fps, random);
            frames.add(lost > 0 ? Frame.nobody(timeMs) : frame);
            if (lost > 0) lost--;
        }
        return new Recording(size, fps, frames);
    }

    private Frame frame(long timeMs, double seconds, Random random) {
        double walked = move == Move.WALKING ? walked(seconds) : 0;
        double[][] points = Skeleton.points(pose(seconds));
        double azimuth = Math.toRadians(azimuthDeg);
        double scale = height * Math.min(size.width(), size.height());
        double middle = move == Move.STRAIGHT_LEG_RAISE
                        || move == Move.HEEL_SLIDE
                        || move == Move.BRIDGE
                        || move == Move.KNEE_EXTENSION
                ? 0.1
                : 0.5;
        float[] values = new float[Landmark.COUNT * 4];
        for (int i = 0; i < points.length; i++) {
            double x = points[i][0];
            double y = points[i][1] - middle;
            double z = points[i][2] + walked;
            double across = x * Math.cos(azimuth) - z * Math.sin(azimuth);
            double depth = -z * Math.cos(azimuth) - x * Math.sin(azimuth);
            double near = CAMERA_DISTANCE / (CAMERA_DISTANCE + depth) * scale;
            across += random.nextGaussian() * jitter;
            y += random.nextGaussian() * jitter;
            values[i * 4] = (float) (0.5 + across * near / size.width());
            values[i * 4 + 1] = (float) (0.5 - y * near / size.height());
            values[i * 4 + 2] = (float) (depth * scale * ViewEstimator.DEPTH_EXAGGERATION / size.width());
            boolean far = x * Math.sin(azimuth) < -1e-9 && i > 10;
            values[i * 4 + 3] = (float) (0.97 - (far ? 0.5 * Math.abs(Math.sin(azimuth)) : 0));
        }
        float hips = (values[Landmark.LEFT_HIP.ordinal() * 4] + values[Landmark.RIGHT_HIP.ordinal() * 4]) / 2;
        return hips < 0 || hips > 1 ? Frame.nobody(timeMs) : Frame.of(timeMs, values); // walked out of the picture
    }

    /** Statures forward: past the camera, or towards it or away, coming no nearer than two thirds of its distance. */
    private double walked(double seconds) {
        double speed = 0.7; // statures a second
        double towards = Math.cos(Math.toRadians(azimuthDeg));
        double all = length().toMillis() / 1000.0 * speed;
        return speed * seconds - all * (1 + towards) / 2 + towards;
    }

    private Skeleton.Pose pose(double seconds) {
        double[] level = {level(seconds, 0), level(seconds, 1)};
        double both = Math.max(level[0], level[1]);
        var pose = new Skeleton.Pose();
        for (int side = 0; side < 2; side++) pose.elbow[side] = 10;
        for (int side = 0; side < 2; side++) pose.elevation[side] = 10;
        switch (move) {
            case STANDING -> {
                stand(pose, 5, 5);
            }
            case SQUAT -> {
                stand(pose, move.restDeg + rangeDeg * both, move.restDeg + rangeDeg * both);
                pose.splay = 25;
                pose.elevation[0] = pose.elevation[1] = 10 + 70 * both;
            }
            case SIT_TO_STAND -> {
                double knee = Math.max(0, move.restDeg - rangeDeg * both);
                stand(pose, knee, knee);
                pose.splay = 15;
            }
            case LUNGE -> {
                int front = level[0] >= level[1] ? 0 : 1;
                double knee = move.restDeg + rangeDeg * both;
                stand(pose, knee, knee);
                pose.lean = 5;
                pose.knee[1 - front] = 5 + 0.8 * rangeDeg * both;
                pose.hip[front] = 0.9 * knee;
                pose.hip[1 - front] = -10 * both;
            }
            case KNEE_EXTENSION -> {
                pose.root = Skeleton.Root.PELVIS;
                for (int side = 0; side < 2; side++) {
                    pose.hip[side] = 85;
                    pose.knee[side] = Math.max(0, move.restDeg - rangeDeg * level[side]);
                }
            }
            case HEEL_SLIDE -> {
                lie(pose);
                for (int side = 0; side < 2; side++) {
                    pose.knee[side] = move.restDeg + rangeDeg * level[side];
                    pose.hip[side] = pose.knee[side] / 2;
                }
            }
            case STRAIGHT_LEG_RAISE -> {
                lie(pose);
                for (int side = 0; side < 2; side++) pose.hip[side] = move.restDeg + rangeDeg * level[side];
            }
            case BRIDGE -> {
                lie(pose);
                pose.root = Skeleton.Root.SHOULDERS;
                double hip = Math.max(0, move.restDeg - rangeDeg * both);
                pose.lean = -90 - 25 * both;
                for (int side = 0; side < 2; side++) {
                    pose.hip[side] = hip;
                    pose.knee[side] = 105;
                }
            }
            case BICEP_CURL -> {
                for (int side = 0; side < 2; side++) pose.elbow[side] = move.restDeg + rangeDeg * level[side];
            }
            case SHOULDER_ABDUCTION, LATERAL_RAISE -> {
                pose.armsSideways = true;
                for (int side = 0; side < 2; side++) pose.elevation[side] = move.restDeg + rangeDeg * level[side];
            }
            case SHOULDER_PRESS -> {
                pose.armsSideways = true;
                for (int side = 0; side < 2; side++) {
                    pose.elbow[side] = Math.max(0, move.restDeg - rangeDeg * level[side]);
                    pose.elevation[side] = 60 + 90 * level[side];
                }
            }
            case WALKING -> walk(pose, seconds);
        }
        return pose;
    }

    /** Knees given, trunk and hips lean so that the body stays over the feet. */
    private static void stand(Skeleton.Pose pose, double left, double right) {
        double mean = (left + right) / 2;
        pose.lean = 0.35 * mean;
        pose.knee[0] = left;
        pose.knee[1] = right;
        pose.hip[0] = pose.lean + 0.7 * left;
        pose.hip[1] = pose.lean + 0.7 * right;
    }

    private static void lie(Skeleton.Pose pose) {
        pose.lean = -90;
        pose.root = Skeleton.Root.PELVIS;
    }

    /** Hips swing against each other, each knee bends once a stride. */
    private void walk(Skeleton.Pose pose, double seconds) {
        double stride = Math.max(0.2, (up.toMillis() + down.toMillis()) / 1000.0 / 2);
        for (int side = 0; side < 2; side++) {
            double phase = 2 * Math.PI * seconds / stride + Math.PI * side;
            pose.hip[side] = 5 + 22 * Math.sin(phase);
            pose.knee[side] = 8 + rangeDeg * Math.pow(Math.max(0, Math.cos(phase - 0.3)), 2);
            pose.elevation[1 - side] = 12 + 10 * Math.sin(phase);
            pose.elbow[1 - side] = 20 + 8 * Math.sin(phase);
        }
    }

    /** How far a side has gone, shares of the range. */
    private double level(double seconds, int side) {
        double one = oneRep().toMillis() / 1000.0;
        double cycle = one + rest.toMillis() / 1000.0;
        double since = seconds - rest.toMillis() / 1000.0;
        if (since < 0 || cycle <= 0) return 0;
        int rep = (int) (since / cycle);
        if (rep >= shares.size()) return 0;
        boolean moves = switch (active) {
            case BOTH -> true;
            case LEFT -> side == 0;
            case RIGHT -> side == 1;
            case ALTERNATING -> rep % 2 == side;
        };
        return moves ? shares.get(rep) * shape(since - rep * cycle) : 0;
    }

    /** From rest to peak and back, 0..1, over one repetition. */
    private double shape(double seconds) {
        double half = up.toMillis() / 2000.0;
        double still = pause.toMillis() / 1000.0;
        double top = hold.toMillis() / 1000.0;
        double back = down.toMillis() / 1000.0;
        double t = seconds;
        if (still > 0) {
            if (t < half) return 0.5 * ease(t / half);
            t -= half;
            if (t < still) return 0.5;
            t -= still;
            if (t < half) return 0.5 + 0.5 * ease(t / half);
            t -= half;
        } else {
            if (t < 2 * half) return ease(t / (2 * half));
            t -= 2 * half;
        }
        if (t < top) return 1;
        t -= top;
        return t < back ? 1 - ease(t / back) : 0;
    }

    private static double ease(double share) {
        return (1 - Math.cos(Math.PI * share)) / 2;
    }
}
