package health.carryover.clinical.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.exercise.Dose;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.exercise.Exercise.Grade;
import health.carryover.clinical.exercise.ExerciseBuilder;
import health.carryover.clinical.exercise.FormScore;
import health.carryover.clinical.exercise.TempoGoal;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.MotionMeter;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.RangeGoal;
import health.carryover.clinical.motion.Recording;
import health.carryover.clinical.motion.Rep;
import health.carryover.clinical.motion.Side;
import health.carryover.clinical.motion.View;
import health.carryover.clinical.session.ExerciseRecord.MeasuredBy;
import health.carryover.clinical.session.ExerciseSession.Event;
import health.carryover.clinical.setup.Scene;
import health.carryover.clinical.setup.SetupAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A simulated person stands before the phone, is told to be ready, and squats. */
class ExerciseSessionTest {
    private static final double ERROR_DEG = 15;
    private static final Exercise SQUAT = ExerciseBuilder.squat().build();
    private static final Dose SIX = prescribed(60);

    private static Dose prescribed(double degrees) {
        return new Dose(6, RangeGoal.prescribed(degrees), OptionalDouble.empty(), TempoGoal.CONTROLLED, true);
    }

    private static Duration s(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static BodyModel squats(Double... shares) {
        return BodyModel.doing(Move.SQUAT, shares.length)
                .shares(List.of(shares))
                .tempo(s(1.2), s(0.4), s(1.2), s(1))
                .noise(0.5, 1)
                .held(0, 0, 5.1)
                .height(0.7);
    }

    /** Stands still for ten seconds, for the set-up, and then does it. */
    private static List<Frame> afterStanding(BodyModel then) {
        List<Frame> exercising = then.record().frames();
        List<Frame> frames = new ArrayList<>();
        Frame still = exercising.getFirst();
        for (int i = 0; i < 300; i++) frames.add(still.at(i * 33L));
        for (Frame frame : exercising) frames.add(frame.at(10_000 + frame.timeMs()));
        return frames;
    }

    private static ExerciseSession session(Exercise exercise, Dose dose) {
        return ExerciseSession.byCamera(exercise, dose, new ImageSize(1280, 720), ERROR_DEG);
    }

    private static List<Event> run(ExerciseSession session, List<Frame> frames) {
        List<Event> events = new ArrayList<>();
        for (Frame frame : frames) events.addAll(session.accept(frame, Scene.UNKNOWN));
        return events;
    }

    private static boolean isReady(Event event) {
        return event instanceof Event.SetUp(SetupAnswer.Ready _);
    }

    private static List<Rep> done(List<Event> events) {
        return events.stream()
                .filter(Event.RepDone.class::isInstance)
                .map(event -> ((Event.RepDone) event).rep())
                .toList();
    }

    private static List<String> said(List<Event> events) {
        return events.stream()
                .filter(Event.Say.class::isInstance)
                .map(event -> ((Event.Say) event).said().what())
                .toList();
    }

    @Test
    void first_ready_then_repetitions_numbered_in_order() {
        BodyModel slow = squats(1.0, 1.0, 1.0).tempo(s(2.5), s(0.4), s(2.5), s(1));
        List<Event> events = run(session(SQUAT, SIX), afterStanding(slow));
        assertThat(events.getFirst()).matches(ExerciseSessionTest::isReady);
        assertThat(events.stream().filter(ExerciseSessionTest::isReady)).hasSize(1);
        assertThat(events.stream()
                        .filter(Event.RepDone.class::isInstance)
                        .map(event -> ((Event.RepDone) event).number()))
                .containsExactly(1, 2, 3);
        assertThat(said(events)).containsExactly("GOOD");
    }

    @Test
    void whoever_stands_the_wrong_way_is_told_once_and_may_begin_after_turning() {
        List<Frame> frames = new ArrayList<>();
        Frame facing = squats(1.0).seenFrom(0).record().frames().getFirst();
        for (int i = 0; i < 180; i++) frames.add(facing.at(i * 33L));
        for (Frame frame : afterStanding(squats(1.0, 1.0))) frames.add(frame.at(6_000 + frame.timeMs()));
        List<Event> events = run(session(SQUAT, SIX), frames);
        assertThat(events.getFirst())
                .isInstanceOfSatisfying(
                        Event.SetUp.class,
                        setUp -> assertThat(setUp.answer())
                                .isInstanceOfSatisfying(
                                        SetupAnswer.Told.class,
                                        told -> assertThat(told.time()).isEqualTo(1)));
        assertThat(events).anyMatch(ExerciseSessionTest::isReady);
        assertThat(done(events)).hasSize(2);
    }

    @Test
    void nothing_is_recorded_before_the_set_up_is_ready() {
        ExerciseSession session = session(SQUAT, SIX);
        List<Event> events =
                run(session, squats(1.0, 1.0, 1.0).seenFrom(0).record().frames());
        assertThat(events).noneMatch(ExerciseSessionTest::isReady);
        assertThat(done(events)).isEmpty();
        ExerciseRecord record = session.finish();
        assertThat(record.reps()).isEmpty();
        assertThat(record.time()).isZero();
        assertThat(record.measuredBy()).isEqualTo(MeasuredBy.PATIENT);
        assertThat(record.view()).isEmpty();
        assertThat(record.algorithm()).isEmpty();
    }

    @Test
    void whoever_falls_short_is_told_how_far() {
        List<Event> events = run(session(SQUAT, prescribed(90)), afterStanding(squats(0.5, 0.5)));
        assertThat(said(events)).startsWith("FURTHER");
        double degrees = events.stream()
                .filter(Event.Say.class::isInstance)
                .map(event -> ((Event.Say) event).said().degrees().orElseThrow())
                .findFirst()
                .orElseThrow();
        assertThat(degrees).isBetween(40.0, 50.0); // half of 90 is missing
    }

    @Test
    void stop_there_comes_while_moving_before_the_repetition_is_over() {
        Dose limited = new Dose(6, RangeGoal.NONE, OptionalDouble.of(70), TempoGoal.CONTROLLED, true);
        List<Event> events = run(session(SQUAT, limited), afterStanding(squats(1.0, 1.0)));
        List<String> order = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.Say(var said)) order.add(said.what());
            if (event instanceof Event.RepDone) order.add("rep");
        }
        assertThat(order).containsExactly("STOP_THERE", "rep", "STOP_THERE", "rep");
    }

    @Test
    void the_record_tells_full_partial_form_and_how_sure_it_is() {
        ExerciseSession session = session(SQUAT, prescribed(80));
        run(session, afterStanding(squats(1.0, 0.4, 1.0, 1.0)));
        ExerciseRecord record = session.finish();
        assertThat(record.exercise()).isEqualTo("squat");
        assertThat(record.measuredBy()).isEqualTo(MeasuredBy.CAMERA);
        assertThat(record.reps())
                .extracting(Rep::kind)
                .containsExactly(Rep.Kind.FULL, Rep.Kind.PARTIAL, Rep.Kind.FULL, Rep.Kind.FULL);
        assertThat(record.fullReps()).isEqualTo(3);
        assertThat(record.partialReps()).isEqualTo(1);
        assertThat(record.view()).contains(View.LATERAL);
        assertThat(record.confidence()).isBetween(0.6, 1.0);
        assertThat(record.lowConfidence()).isFalse();
        assertThat(record.flags()).isEmpty();
        assertThat(record.algorithm()).contains(MotionMeter.VERSION);
        // three of the whole goal and one of 36 of 80 degrees: (3 + 0.45) / 4
        assertThat(record.form().orElseThrow().parts())
                .filteredOn(part -> part.what() == FormScore.What.RANGE)
                .singleElement()
                .satisfies(part -> assertThat((double) part.score()).isCloseTo(86, within(3.0)));
    }

    @Test
    void the_time_of_the_record_begins_with_ready() {
        ExerciseSession session = session(SQUAT, SIX);
        List<Frame> frames = afterStanding(squats(1.0, 1.0));
        long readyMs = -1;
        for (Frame frame : frames)
            if (session.accept(frame, Scene.UNKNOWN).stream().anyMatch(ExerciseSessionTest::isReady))
                readyMs = frame.timeMs();
        Duration since = Duration.ofMillis(frames.getLast().timeMs() - readyMs);
        assertThat(session.finish().time()).isBetween(since.minusMillis(40), since);
    }

    @Test
    void after_ready_a_session_finds_what_the_counter_finds() {
        BodyModel person = squats(1.0, 0.4, 1.0, 1.0);
        ExerciseSession session = session(SQUAT, SIX);
        List<Frame> recorded = new ArrayList<>();
        boolean ready = false;
        for (Frame frame : afterStanding(person)) {
            if (ready) recorded.add(frame);
            ready |= session.accept(frame, Scene.UNKNOWN).stream().anyMatch(ExerciseSessionTest::isReady);
        }
        MotionMeter counter = SQUAT.meter(person.size(), SIX.goal()).orElseThrow();
        MotionReport report = MotionMeter.measure(counter, new Recording(person.size(), 30, recorded));
        ExerciseRecord record = session.finish();
        assertThat(record.reps()).isNotEmpty().isEqualTo(report.reps());
        assertThat(record.confidence()).isEqualTo(report.confidence());
        assertThat(record.view()).contains(report.view());
    }

    @Test
    void whoever_turns_aside_after_ready_has_a_record_of_low_confidence() {
        List<Frame> frames = afterStanding(squats(1.0).seenFrom(90)).subList(0, 300);
        frames = new ArrayList<>(frames);
        for (Frame frame :
                squats(1.0, 1.0, 1.0, 1.0, 1.0, 1.0).seenFrom(0).record().frames())
            frames.add(frame.at(10_000 + frame.timeMs()));
        ExerciseSession session = session(SQUAT, SIX);
        assertThat(run(session, frames)).anyMatch(ExerciseSessionTest::isReady);
        ExerciseRecord record = session.finish();
        assertThat(record.view()).isPresent().get().isNotEqualTo(View.LATERAL);
        assertThat(record.lowConfidence()).isTrue();
    }

    @Test
    void what_a_camera_measures_only_so_far_is_of_low_confidence_however_well_it_is_seen() {
        Exercise limited =
                ExerciseBuilder.squat().graded(Grade.LIMITED, Grade.GOOD).build();
        ExerciseSession session = session(limited, SIX);
        run(session, afterStanding(squats(1.0, 1.0)));
        ExerciseRecord record = session.finish();
        assertThat(record.fullReps()).isEqualTo(2);
        assertThat(record.lowConfidence()).isTrue();
    }

    @Test
    void losing_sight_of_the_person_is_told_and_being_back_too() {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : afterStanding(squats(1.0, 1.0))) {
            boolean away = frame.timeMs() > 8_000 && frame.timeMs() < 10_000;
            frames.add(away ? Frame.nobody(frame.timeMs()) : frame);
        }
        List<Event> events = run(session(SQUAT, SIX), frames);
        assertThat(events.stream()
                        .filter(event -> event instanceof Event.TrackingLost || event instanceof Event.TrackingBack)
                        .map(event -> event.getClass().getSimpleName()))
                .containsExactly("TrackingLost", "TrackingBack");
        assertThat(done(events)).hasSize(2);
    }

    @Test
    void what_the_patient_tells_counts_but_holds_no_degrees() {
        ExerciseRecord record = ExerciseSession.told(SQUAT, List.of(), s(90));
        assertThat(record.measuredBy()).isEqualTo(MeasuredBy.PATIENT);
        assertThat(record.time()).isEqualTo(s(90));
        assertThat(record.confidence()).isZero();
        assertThat(record.lowConfidence()).isTrue();
        assertThat(record.form()).isEmpty();
        assertThat(record.algorithm()).isEmpty();
    }

    @Test
    void what_no_camera_measures_and_what_no_sensor_counts_is_refused() {
        Exercise unmeasured = ExerciseBuilder.unmeasured().build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session(unmeasured, SIX))
                .withMessage("a camera does not measure squat");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExerciseSession.bySensors(unmeasured, SIX, Side.LEFT, 5))
                .withMessage("no repetitions are counted of squat");
    }

    @Test
    void frames_and_angles_are_not_mixed() {
        ExerciseSession sensors = ExerciseSession.bySensors(SQUAT, SIX, Side.LEFT, 5);
        assertThatIllegalStateException().isThrownBy(() -> sensors.accept(Frame.nobody(0), Scene.UNKNOWN));
        assertThatIllegalStateException().isThrownBy(() -> session(SQUAT, SIX).accept(0, 5));
    }
}
