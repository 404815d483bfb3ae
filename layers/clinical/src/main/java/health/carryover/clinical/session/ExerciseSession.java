package health.carryover.clinical.session;

import health.carryover.clinical.exercise.Coach;
import health.carryover.clinical.exercise.Dose;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.exercise.FormScore;
import health.carryover.clinical.motion.AngleCounter;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.MotionEvent;
import health.carryover.clinical.motion.MotionMeter;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.Movement;
import health.carryover.clinical.motion.Rep;
import health.carryover.clinical.motion.Side;
import health.carryover.clinical.motion.View;
import health.carryover.clinical.session.ExerciseRecord.MeasuredBy;
import health.carryover.clinical.setup.Scene;
import health.carryover.clinical.setup.SetupAnswer;
import health.carryover.clinical.setup.SetupCheck;
import health.carryover.clinical.setup.SetupWish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One exercise as it happens: takes frames of a camera, or joint angles of sensors, and says what to tell the person:
 * how to place the phone first, then repetitions and cues. Nothing is recorded before the set-up is ready. Any client is
 * thin around it. Not for use by two threads at once.
 */
public final class ExerciseSession {
    /** What the client shows or speaks. */
    public sealed interface Event {
        /** The set-up check has something new to say. */
        record SetUp(SetupAnswer answer) implements Event {}

        /** @param number of repetitions so far, full and partial */
        record RepDone(int number, Rep rep) implements Event {}

        record Say(Coach.Said said) implements Event {}

        record TrackingLost(Duration since) implements Event {}

        record TrackingBack(Duration at) implements Event {}
    }

    private final Exercise exercise;
    private final Dose dose;
    private final Coach coach;
    private final List<Event> events = new ArrayList<>(); // of the frame or angle being looked at
    private final @Nullable MotionMeter meter;
    private final @Nullable SetupCheck setup;
    private final @Nullable AngleCounter angles;
    private @Nullable SetupAnswer answer;
    private long firstMs = -1;
    private long lastMs = -1;

    private ExerciseSession(
            Exercise exercise,
            Dose dose,
            double errorDeg,
            @Nullable MotionMeter meter,
            @Nullable SetupCheck setup,
            @Nullable AngleCounter angles) {
        this.exercise = exercise;
        this.dose = dose;
        coach = new Coach(exercise, dose, errorDeg);
        this.meter = meter;
        this.setup = setup;
        this.angles = angles;
    }

    /**
     * In front of a camera.
     * @param errorDeg minimal detectable change of the primary angle from the views wanted, degrees
     * @throws IllegalArgumentException if a camera does not measure this exercise
     */
    public static ExerciseSession byCamera(Exercise exercise, Dose dose, ImageSize size, double errorDeg) {
        MotionMeter meter = exercise.meter(size, dose.goal())
                .orElseThrow(() -> new IllegalArgumentException("a camera does not measure " + exercise.code()));
        return new ExerciseSession(exercise, dose, errorDeg, meter, new SetupCheck(SetupWish.of(exercise), size), null);
    }

    /**
     * With sensors on one side, calibrated.
     * @param errorDeg measurement error of the joint angle, degrees
     * @throws IllegalArgumentException if no repetitions of this exercise are counted
     */
    public static ExerciseSession bySensors(Exercise exercise, Dose dose, Side side, double errorDeg) {
        Movement movement = exercise.movement()
                .orElseThrow(() -> new IllegalArgumentException("no repetitions are counted of " + exercise.code()));
        return new ExerciseSession(exercise, dose, errorDeg, null, null, new AngleCounter(movement, side, dose.goal()));
    }

    /** What a patient tells, or a timer: it counts as much. */
    public static ExerciseRecord told(Exercise exercise, List<Rep> reps, Duration time) {
        return new ExerciseRecord(
                exercise.code(),
                MeasuredBy.PATIENT,
                reps,
                time,
                Optional.empty(),
                0,
                true,
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Takes the next frame.
     * @param scene the newest measure of the picture, or {@link Scene#UNKNOWN}
     * @return what is new, mostly nothing
     * @throws IllegalStateException if this session is one with sensors
     */
    public List<Event> accept(Frame frame, Scene scene) {
        if (meter == null || setup == null) throw new IllegalStateException("a session with sensors takes no frames");
        events.clear();
        if (!(answer instanceof SetupAnswer.Ready)) {
            SetupAnswer now = setup.accept(frame, scene);
            if (now != answer && !(answer == null && now instanceof SetupAnswer.Looking))
                events.add(new Event.SetUp(now));
            answer = now;
            return events.isEmpty() ? List.of() : List.copyOf(events);
        }
        passed(frame.timeMs());
        List<MotionEvent> moved = meter.accept(frame);
        say(coach.moving(frame.timeMs(), meter.degreesNow()));
        if (!moved.isEmpty()) tell(moved, meter.viewNow(), frame.timeMs());
        return events.isEmpty() ? List.of() : List.copyOf(events);
    }

    /**
     * Takes the next joint angle of the sensors.
     * @param degrees neutral-zero, [-180, 180]
     * @return what is new, mostly nothing
     * @throws IllegalStateException if this session is one in front of a camera
     */
    public List<Event> accept(long timeMs, double degrees) {
        if (angles == null) throw new IllegalStateException("a session with a camera takes no angles");
        events.clear();
        passed(timeMs);
        List<MotionEvent> moved = angles.accept(timeMs, degrees);
        say(coach.moving(timeMs, degrees));
        if (!moved.isEmpty())
            tell(
                    moved,
                    exercise.views().isEmpty() ? View.LATERAL : exercise.views().getFirst(),
                    timeMs);
        return events.isEmpty() ? List.of() : List.copyOf(events);
    }

    /** No lambda: it would cost memory in every frame. */
    private void say(Optional<Coach.Said> said) {
        if (said.isPresent()) events.add(new Event.Say(said.get()));
    }

    private void passed(long timeMs) {
        if (firstMs < 0) firstMs = timeMs;
        lastMs = timeMs;
    }

    private void tell(List<MotionEvent> moved, View view, long timeMs) {
        for (MotionEvent event : moved) {
            switch (event) {
                case MotionEvent.RepEnded(int number, Rep rep) -> {
                    events.add(new Event.RepDone(number, rep));
                    say(coach.after(rep, view, timeMs));
                }
                case MotionEvent.TrackingLost(Duration since) -> events.add(new Event.TrackingLost(since));
                case MotionEvent.TrackingBack(Duration at) -> events.add(new Event.TrackingBack(at));
            }
        }
    }

    /** Ends it: every repetition is judged by the range seen in all of them. Call it once. */
    public ExerciseRecord finish() {
        Duration time = Duration.ofMillis(firstMs < 0 ? 0 : lastMs - firstMs);
        if (angles != null) return bySensors(angles.finish(), angles, time);
        if (meter == null || !(answer instanceof SetupAnswer.Ready)) return told(exercise, List.of(), time);
        MotionReport report = meter.finish();
        boolean low = exercise.camera() != Exercise.Grade.GOOD
                || !exercise.views().contains(report.view())
                || report.confidence() < LOW;
        return new ExerciseRecord(
                exercise.code(),
                MeasuredBy.CAMERA,
                report.reps(),
                time,
                Optional.of(report.view()),
                report.confidence(),
                low,
                report.flags(),
                form(report.reps(), report.ownRangeDeg(), report.view()),
                Optional.of(MotionMeter.VERSION));
    }

    /** Below this confidence degrees are shown as uncertain. Own choice. */
    static final double LOW = 0.6;

    private ExerciseRecord bySensors(List<Rep> reps, AngleCounter counter, Duration time) {
        return new ExerciseRecord(
                exercise.code(),
                MeasuredBy.SENSOR,
                reps,
                time,
                Optional.empty(),
                reps.isEmpty() ? 0 : 1,
                exercise.sensor() != Exercise.Grade.GOOD,
                counter.flags(),
                form(reps, reps.stream().mapToDouble(Rep::excursionDeg).max().orElse(0), View.LATERAL),
                Optional.of(MotionMeter.VERSION));
    }

    private Optional<FormScore> form(List<Rep> reps, double ownDeg, View view) {
        double goal = dose.goal().prescribedDeg().orElse(ownDeg);
        if (!(goal > 0)) return Optional.empty();
        return FormScore.of(reps, goal, dose.tempo(), exercise.checks(), view);
    }
}
