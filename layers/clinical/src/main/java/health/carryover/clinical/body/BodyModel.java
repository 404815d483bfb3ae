package health.carryover.clinical.body;

import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Recording;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes recordings of a simulated person, so that tests and demonstrations need no recordings of real ones: a body of
 * segments that keep their lengths, moved by joint angles, seen by a pinhole camera, followed by a tracker with measured
 * errors. It is not evidence for how well anything works on people. The same settings give the same recording; every
 * setting makes a new model and leaves this one as it is.
 */
public final class BodyModel {
    private final Settings s;

    private BodyModel(Settings s) {
        this.s = s;
    }

    /**
     * Full repetitions of a usual range at an unhurried tempo, as even as a metronome's, by someone of mean proportions and
     * 1.70 m, seen from the best side at 30 frames a second, with the measured noise.
     */
    public static BodyModel doing(Move move, int reps) {
        var s = new Settings();
        s.move = move;
        s.shares = Collections.nCopies(reps, 1.0);
        s.rangeDeg = move.usualRangeDeg();
        s.azimuthDeg = move.azimuthDeg();
        s.hold = move.holdSeconds();
        return new BodyModel(s);
    }

    /**
     * Everyday activity without any exercise in it.
     * @param seed of what is done in which order, too
     */
    public static BodyModel living(Activity activity, Duration time, long seed) {
        if (time.isNegative() || time.compareTo(Duration.ofHours(1)) > 0)
            throw new IllegalArgumentException("time outside [0, 1] hours");
        var s = new Settings();
        s.activity = Optional.of(activity);
        s.activityLength = seconds(time);
        s.variability = 1;
        s.height = 0.7;
        s.distance = 6;
        s.seed = seed;
        return new BodyModel(s);
    }

    private BodyModel with(Consumer<Settings> change) {
        Settings copy = s.copy();
        change.accept(copy);
        return new BodyModel(copy);
    }

    /**
     * Which side moves, where the move allows a choice.
     * @throws IllegalArgumentException for sides in turn of a move that has to be set up anew for the other side
     */
    public BodyModel active(Active side) {
        if (side == Active.ALTERNATING && s.move.kind() == Move.Kind.SAME)
            throw new IllegalArgumentException("sides in turn of a move that keeps to one side");
        return with(c -> c.active = side);
    }

    /** One repetition each: the share of the range it reaches, (0, 1.5]; 1 is full, 0.4 a partial one. */
    public BodyModel shares(List<Double> reached) {
        for (double share : reached)
            if (!(share > 0 && share <= 1.5)) throw new IllegalArgumentException("share of the range outside (0, 1.5]");
        return with(c -> c.shares = List.copyOf(reached));
    }

    /** Excursion of the primary angle of a full repetition, degrees, [0, 180]. */
    public BodyModel range(double degrees) {
        if (!(degrees >= 0 && degrees <= 180)) throw new IllegalArgumentException("range outside [0, 180] degrees");
        return with(c -> c.rangeDeg = degrees);
    }

    /** @param resting time between repetitions, and before the first and after the last */
    public BodyModel tempo(Duration goingUp, Duration holding, Duration goingDown, Duration resting) {
        return with(c -> {
            c.up = seconds(goingUp);
            c.hold = seconds(holding);
            c.down = seconds(goingDown);
            c.rest = seconds(resting);
        });
    }

    /** Time spent half way up. */
    public BodyModel pausingHalfWay(Duration time) {
        return with(c -> c.pause = seconds(time));
    }

    /** Walks into the picture before and out of it afterwards, on the feet whatever the exercise. */
    public BodyModel arriving(Duration before, Duration after) {
        return with(c -> {
            c.arriving = seconds(before);
            c.leaving = seconds(after);
        });
    }

    /** How much of the beginning is cut off, so that the recording starts in the middle. */
    public BodyModel startingAt(Duration time) {
        return with(c -> c.skip = seconds(time));
    }

    /**
     * Compensates.
     * @param size in the unit of the deviation, reached at the peak
     * @param reps numbers of the repetitions, from 1; none = all
     */
    public BodyModel with(Deviation deviation, double size, Integer... reps) {
        if (!(Math.abs(size) <= 90)) throw new IllegalArgumentException("deviation outside [-90, 90]");
        return with(c -> c.doses.add(new Settings.Dose(deviation, size, Arrays.asList(reps))));
    }

    /**
     * How uneven correct repetitions are: 0 a metronome, 1 a person (range 3 %, times 8 %, trunk 1.5-2 degrees, knees 2 degrees
     * inward, SD; own choice).
     */
    public BodyModel variability(double level) {
        if (!(level >= 0 && level <= 3)) throw new IllegalArgumentException("variability outside [0, 3]");
        return with(c -> c.variability = level);
    }

    /**
     * Who it is.
     * @param stature metres, [0.8, 2.3]
     * @param spread SD of each segment about its mean share of the stature, [0, 0.1]; 0.03 is a population (own choice)
     */
    public BodyModel body(double stature, Sex sex, double spread) {
        if (!(stature >= 0.8 && stature <= 2.3)) throw new IllegalArgumentException("stature outside [0.8, 2.3] m");
        if (!(spread >= 0 && spread <= 0.1)) throw new IllegalArgumentException("spread outside [0, 0.1]");
        return with(c -> {
            c.stature = stature;
            c.sex = sex;
            c.spread = spread;
        });
    }

    /** Where the camera stands, degrees: 0 in front, 90 to the person's left, 180 behind. */
    public BodyModel seenFrom(double azimuthDeg) {
        return with(c -> c.azimuthDeg = azimuthDeg);
    }

    /**
     * How the camera is held.
     * @param elevation degrees it looks down on the person, [-60, 60]
     * @param roll degrees it is turned clockwise
     * @param distance metres, [1, 30]: near, perspective makes what is in front larger
     */
    public BodyModel held(double elevation, double roll, double distance) {
        if (!(Math.abs(elevation) <= 60)) throw new IllegalArgumentException("elevation outside [-60, 60] degrees");
        if (!(distance >= 1 && distance <= 30)) throw new IllegalArgumentException("distance outside [1, 30] m");
        return with(c -> {
            c.elevationDeg = elevation;
            c.rollDeg = roll;
            c.distance = distance;
        });
    }

    /** The person's stature in the picture, share of its shorter side, (0, 1]. */
    public BodyModel height(double share) {
        if (!(share > 0 && share <= 1)) throw new IllegalArgumentException("height outside (0, 1]");
        return with(c -> c.height = share);
    }

    public BodyModel camera(ImageSize image, double framesPerSecond) {
        if (!(framesPerSecond > 0 && framesPerSecond <= 240))
            throw new IllegalArgumentException("frame rate outside (0, 240]");
        return with(c -> {
            c.size = image;
            c.fps = framesPerSecond;
        });
    }

    /** The picture shows a mirror: left and right change places, in the picture and by name. */
    public BodyModel mirrored() {
        return with(c -> c.mirrored = true);
    }

    /** Errors of the tracker: 0 none, 1 as measured ({@link Tracker}), 2 double. */
    public BodyModel noise(double level, long seed) {
        if (!(level >= 0 && level <= 10)) throw new IllegalArgumentException("noise outside [0, 10]");
        return with(c -> {
            c.noise = level;
            c.white = 0;
            c.seed = seed;
        });
    }

    /**
     * White noise instead of the tracker's: the same on every landmark, from frame to frame anew.
     * @param statures standard deviation, [0, 0.2): 0.015 is hard, and no tracker's
     */
    public BodyModel jitter(double statures, long seed) {
        if (!(statures >= 0 && statures < 0.2)) throw new IllegalArgumentException("jitter outside [0, 0.2) statures");
        return with(c -> {
            c.noise = 0;
            c.white = statures;
            c.seed = seed;
        });
    }

    /** Share of frames in which nobody is found, [0, 1), in runs of so many frames. */
    public BodyModel losing(double rate, int frames) {
        if (!(rate >= 0 && rate < 1) || frames < 1) throw new IllegalArgumentException("losses impossible");
        return with(c -> {
            c.lossRate = rate;
            c.lossRun = frames;
        });
    }

    /** Share of frames that are missing altogether, [0, 1), one by one. */
    public BodyModel dropping(double rate) {
        if (!(rate >= 0 && rate < 1)) throw new IllegalArgumentException("drops impossible");
        return with(c -> c.skipRate = rate);
    }

    /** A limb is out of sight for a while, times of the performance: the tracker guesses. */
    public BodyModel hiding(Limb limb, Duration from, Duration time) {
        return with(c -> c.hidden.add(new Settings.Hidden(limb, new Settings.Span(seconds(from), seconds(time)))));
    }

    /** The tracker follows somebody who stands behind, for a while, times of the performance. */
    public BodyModel overtaken(Duration from, Duration time) {
        return with(c -> c.overtaken.add(new Settings.Span(seconds(from), seconds(time))));
    }

    public Move move() {
        return s.move;
    }

    public double rangeDeg() {
        return s.rangeDeg;
    }

    public double azimuthDeg() {
        return s.azimuthDeg;
    }

    public ImageSize size() {
        return s.size;
    }

    /** How long the whole takes, before anything is cut off. */
    public Duration length() {
        return Duration.ofMillis(Math.round(motion().length() * 1000));
    }

    /** The recording, the same in metres, and the truth. */
    public Simulated simulate() {
        return new Studio(s, motion()).film();
    }

    /** Only the recording. */
    public Recording record() {
        return simulate().recording();
    }

    /** Only the recording in metres; {@link Simulated#world} says how. */
    public Recording recordWorld() {
        return simulate().world();
    }

    /** Only what really happened. */
    public List<TrueRep> truth() {
        return motion().reps(s.skip);
    }

    /**
     * Where the body really is, metres: x to the left of someone in the reference position, y up from the floor, z forward.
     * @return 33 points of x, y, z
     */
    public double[][] bodyAt(Duration time) {
        return motion().points(seconds(time));
    }

    private Motion motion() {
        return s.activity.<Motion>map(a -> new Everyday(s, a)).orElseGet(() -> new Performance(s));
    }

    private static double seconds(Duration time) {
        if (time.isNegative()) throw new IllegalArgumentException("a time is negative");
        return time.toNanos() / 1e9;
    }
}
