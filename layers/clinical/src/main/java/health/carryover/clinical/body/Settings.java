package health.carryover.clinical.body;

import health.carryover.clinical.motion.ImageSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that can be set on a simulated person and its recording; {@link BodyModel} says what each means. */
final class Settings implements Cloneable {
    /** A deviation of a size, on the repetitions of these numbers, from 1; on all when there are none. */
    record Dose(Deviation deviation, double size, List<Integer> reps) {
        boolean on(int rep) {
            return reps.isEmpty() || reps.contains(rep);
        }
    }

    /** Something that lasts, seconds of the performance. */
    record Span(double from, double length) {
        boolean covers(double seconds) {
            return seconds >= from && seconds < from + length;
        }
    }

    record Hidden(Limb limb, Span span) {}

    Move move = Move.STANDING;
    Active active = Active.BOTH;
    List<Double> shares = List.of();
    double rangeDeg;
    double up = 1.2; // seconds, as all times here
    double hold;
    double down = 1.2;
    double rest = 0.8;
    double pause;
    double arriving;
    double leaving;
    double skip;
    List<Dose> doses = new ArrayList<>();
    double variability;
    Optional<Activity> activity = Optional.empty();
    double activityLength;
    double stature = 1.7;
    Sex sex = Sex.EITHER;
    double spread;

    double azimuthDeg;
    double elevationDeg;
    double rollDeg;
    double distance = 5.1; // metres
    double height = 0.8;
    ImageSize size = new ImageSize(1280, 720);
    double fps = 30;

    double noise = 1;
    double white;
    double lossRate;
    int lossRun = 1;
    double skipRate;
    List<Hidden> hidden = new ArrayList<>();
    List<Span> overtaken = new ArrayList<>();
    boolean mirrored;
    long seed = 1;

    Settings copy() {
        try {
            var copy = (Settings) clone();
            copy.doses = new ArrayList<>(doses);
            copy.hidden = new ArrayList<>(hidden);
            copy.overtaken = new ArrayList<>(overtaken);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
