package health.carryover.clinical.session;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.exercise.Dose;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.exercise.Exercise.Grade;
import health.carryover.clinical.exercise.ExerciseBuilder;
import health.carryover.clinical.exercise.TempoGoal;
import health.carryover.clinical.motion.AngleCounter;
import health.carryover.clinical.motion.MotionFlag;
import health.carryover.clinical.motion.MotionMeter;
import health.carryover.clinical.motion.RangeGoal;
import health.carryover.clinical.motion.Rep;
import health.carryover.clinical.motion.Side;
import health.carryover.clinical.session.ExerciseRecord.MeasuredBy;
import health.carryover.clinical.session.ExerciseSession.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Knee angles as calibrated sensors give them: from 5 degrees up and back in three seconds, 50 a second. */
class SensorSessionTest {
    private static final double ERROR_DEG = 4;
    private static final Exercise SQUAT = ExerciseBuilder.squat().build();

    private static Dose dose(double goalDeg, OptionalDouble limitDeg) {
        return new Dose(5, RangeGoal.prescribed(goalDeg), limitDeg, TempoGoal.CONTROLLED, true);
    }

    private static ExerciseSession session(Exercise exercise, Dose dose) {
        return ExerciseSession.bySensors(exercise, dose, Side.RIGHT, ERROR_DEG);
    }

    private static double angle(long timeMs, double excursionDeg) {
        double inRep = timeMs % 4_000 - 500;
        return inRep < 0 || inRep > 3_000 ? 5 : 5 + excursionDeg * (1 - Math.cos(2 * Math.PI * inRep / 3_000)) / 2;
    }

    private static List<Event> run(ExerciseSession session, int reps, double excursionDeg) {
        List<Event> events = new ArrayList<>();
        for (long t = 0; t < reps * 4_000L; t += 20) events.addAll(session.accept(t, angle(t, excursionDeg)));
        return events;
    }

    private static List<String> said(List<Event> events) {
        return events.stream()
                .filter(Event.Say.class::isInstance)
                .map(event -> ((Event.Say) event).said().what())
                .toList();
    }

    @Test
    void repetitions_are_counted_and_kept_with_the_side_that_wore_the_sensors() {
        ExerciseSession session = session(SQUAT, dose(80, OptionalDouble.empty()));
        List<Event> events = run(session, 3, 90);
        assertThat(events.stream().filter(Event.RepDone.class::isInstance)).hasSize(3);
        assertThat(said(events)).containsExactly("GOOD");
        ExerciseRecord record = session.finish();
        assertThat(record.measuredBy()).isEqualTo(MeasuredBy.SENSOR);
        assertThat(record.fullReps()).isEqualTo(3);
        assertThat(record.reps()).extracting(Rep::sides).containsOnly(Rep.Sides.RIGHT);
        assertThat(record.view()).isEmpty();
        assertThat(record.confidence()).isEqualTo(1);
        assertThat(record.lowConfidence()).isFalse();
        assertThat(record.form().orElseThrow().total()).isGreaterThan(90);
        assertThat(record.algorithm()).contains(MotionMeter.VERSION);
        assertThat(record.time()).isEqualTo(Duration.ofMillis(3 * 4_000 - 20));
    }

    @Test
    void a_session_finds_what_the_counter_of_angles_finds() {
        Dose dose = dose(80, OptionalDouble.empty());
        ExerciseSession session = session(SQUAT, dose);
        run(session, 4, 70);
        var counter = new AngleCounter(SQUAT.movement().orElseThrow(), Side.RIGHT, dose.goal());
        for (long t = 0; t < 16_000; t += 20) counter.accept(t, angle(t, 70));
        assertThat(session.finish().reps()).hasSize(4).isEqualTo(counter.finish());
    }

    @Test
    void the_smaller_error_of_sensors_lets_degrees_be_named_that_a_camera_cannot() {
        List<Event> events = run(session(SQUAT, dose(80, OptionalDouble.empty())), 1, 60);
        assertThat(said(events)).containsExactly("FURTHER");
        assertThat(events)
                .filteredOn(Event.Say.class::isInstance)
                .singleElement()
                .satisfies(event ->
                        assertThat(((Event.Say) event).said().degrees()).hasValue(20));
    }

    @Test
    void stop_there_is_said_at_the_limit() {
        List<Event> events = run(session(SQUAT, dose(60, OptionalDouble.of(70))), 2, 80);
        assertThat(said(events))
                .startsWith("STOP_THERE")
                .filteredOn("STOP_THERE"::equals)
                .hasSize(2);
    }

    @Test
    void a_gap_is_told_and_flagged() {
        ExerciseSession session = session(SQUAT, dose(80, OptionalDouble.empty()));
        List<Event> events = new ArrayList<>();
        for (long t = 0; t < 12_000; t += 20)
            if (t < 5_400 || t > 6_800) events.addAll(session.accept(t, angle(t, 90)));
        assertThat(events).hasAtLeastOneElementOfType(Event.TrackingLost.class);
        assertThat(events).hasAtLeastOneElementOfType(Event.TrackingBack.class);
        ExerciseRecord record = session.finish();
        assertThat(record.flags()).contains(MotionFlag.GAPS);
        assertThat(record.fullReps()).isEqualTo(2);
    }

    @Test
    void sensors_that_measure_it_only_so_far_and_sensors_that_saw_nothing_are_said_to() {
        Exercise limited =
                ExerciseBuilder.squat().graded(Grade.GOOD, Grade.LIMITED).build();
        ExerciseSession session = session(limited, dose(80, OptionalDouble.empty()));
        run(session, 2, 90);
        assertThat(session.finish().lowConfidence()).isTrue();
        ExerciseRecord nothing =
                session(SQUAT, dose(80, OptionalDouble.empty())).finish();
        assertThat(nothing.reps()).isEmpty();
        assertThat(nothing.confidence()).isZero();
        assertThat(nothing.form()).isEmpty();
        assertThat(nothing.time()).isZero();
    }
}
