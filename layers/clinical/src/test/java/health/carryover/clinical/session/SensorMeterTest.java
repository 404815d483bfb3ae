package health.carryover.clinical.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.exercise.Exercise.Grade;
import health.carryover.clinical.exercise.ExerciseBuilder;
import health.carryover.clinical.imu.ImuBlock;
import health.carryover.clinical.imu.Segment;
import health.carryover.clinical.imu.SimulatedLimb;
import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.MotionFlag;
import health.carryover.clinical.motion.Movement;
import health.carryover.clinical.motion.Posture;
import health.carryover.clinical.motion.Rep;
import health.carryover.clinical.motion.Side;
import health.carryover.clinical.session.SensorMeter.Counted;
import health.carryover.clinical.session.SensorMeter.NotMeasurable;
import health.carryover.clinical.session.SensorMeter.Outcome;
import health.carryover.clinical.session.SensorMeter.Reason;
import health.carryover.clinical.session.SensorMeter.Worn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Whole recordings of a simulated limb, as they lie in the cloud. */
class SensorMeterTest {
    private static final Exercise SQUAT = ExerciseBuilder.squat().build();
    private static final Optional<Side> RIGHT = Optional.of(Side.RIGHT);
    private static final List<Worn> LEG = List.of(new Worn(Segment.THIGH, RIGHT), new Worn(Segment.SHANK, RIGHT));
    private static final List<Worn> ARM =
            List.of(new Worn(Segment.TRUNK, Optional.empty()), new Worn(Segment.UPPER_ARM, RIGHT));

    private static Exercise moving(Joint joint, Movement.Direction direction, Posture posture) {
        return ExerciseBuilder.squat()
                .measured(new Movement(
                        joint,
                        direction,
                        Movement.Sides.EITHER,
                        100,
                        Duration.ofMillis(350),
                        false,
                        false,
                        posture,
                        0.25,
                        0.6))
                .build();
    }

    private static Outcome measure(Exercise exercise, List<Worn> worn, List<ImuBlock> blocks) {
        var meter = new SensorMeter(exercise, worn);
        blocks.forEach(meter::accept);
        return meter.finish();
    }

    private static Counted counted(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Counted.class);
        return (Counted) outcome;
    }

    private static List<ImuBlock> only(List<ImuBlock> blocks, Predicate<ImuBlock> kept) {
        return blocks.stream().filter(kept).toList();
    }

    @Test
    void squats_are_counted_without_magnetometers_however_the_sensors_sit() {
        Counted squats =
                counted(measure(SQUAT, LEG, SimulatedLimb.squats(90, 10).blocks()));
        assertThat(squats.of(Rep.Kind.FULL)).hasSize(10);
        assertThat(squats.reps()).hasSize(10).extracting(Rep::sides).containsOnly(Rep.Sides.RIGHT);
        assertThat(squats.reps())
                .allSatisfy(rep -> assertThat(rep.peak().degrees()).isCloseTo(90, within(4.0)));
        for (int i = 0; i < 10; i++)
            assertThat(squats.reps().get(i).peakAt().toMillis())
                    .isCloseTo(Math.round(1000 * (SimulatedLimb.STILL_S + 2.5 + 4 * i)), within(150L));
        assertThat(squats.measuredShare()).isGreaterThan(0.99);
        assertThat(squats.flags()).isEmpty();
    }

    @Test
    void blocks_that_come_in_any_order_and_twice_give_the_same() {
        List<ImuBlock> blocks = SimulatedLimb.squats(90, 5).blocks();
        List<ImuBlock> shuffled = new ArrayList<>(blocks);
        var random = new Random(3);
        for (int i = 0; i + 20 < shuffled.size(); i += 20) Collections.shuffle(shuffled.subList(i, i + 20), random);
        for (int i = 0; i < 40; i++) shuffled.add(i * 9, shuffled.get(i * 9));
        Outcome once = measure(SQUAT, LEG, blocks);
        assertThat(counted(once).reps()).hasSize(5);
        assertThat(measure(SQUAT, LEG, shuffled)).isEqualTo(once);
    }

    @Test
    void samples_lost_for_two_seconds_are_a_gap_and_the_rest_is_counted() {
        List<ImuBlock> blocks = only(
                SimulatedLimb.squats(90, 6).blocks(),
                block -> block.firstSequence() < 1_100 || block.firstSequence() > 1_300);
        Counted squats = counted(measure(SQUAT, LEG, blocks));
        assertThat(squats.flags()).contains(MotionFlag.GAPS);
        assertThat(squats.of(Rep.Kind.FULL)).hasSizeBetween(5, 6);
        assertThat(squats.reps().getLast().peak().degrees()).isCloseTo(90, within(5.0));
        assertThat(squats.measuredShare()).isBetween(0.85, 0.95);
    }

    @Test
    void without_a_still_pose_nothing_is_measured() {
        assertThat(measure(SQUAT, LEG, SimulatedLimb.squats(90, 5).fidgeting().blocks()))
                .isInstanceOfSatisfying(NotMeasurable.class, because -> {
                    assertThat(because.reason()).isEqualTo(Reason.NO_STILL_POSE);
                    assertThat(because.details()).contains("TURNING");
                });
        // It begins too late: whoever bends before has not stood straight for it.
        List<ImuBlock> late =
                only(SimulatedLimb.squats(90, 2).lasting(60).blocks(), block -> block.firstSequence() >= 450);
        assertThat(measure(SQUAT, LEG, only(late, block -> block.firstSequence() < 1_200)))
                .isInstanceOf(NotMeasurable.class)
                .extracting(outcome -> ((NotMeasurable) outcome).reason())
                .isEqualTo(Reason.NO_STILL_POSE);
    }

    @Test
    void a_knee_that_bends_both_ways_was_not_straight_in_the_pose() {
        SimulatedLimb limb = SimulatedLimb.squats(90, 4);
        List<ImuBlock> twice = SimulatedLimb.distalOnly(
                        t -> (t < 20 ? 1 : -1) * SimulatedLimb.bending(70, 8).applyAsDouble(t))
                .blocks();
        assertThat(measure(SQUAT, LEG, twice))
                .isInstanceOfSatisfying(
                        NotMeasurable.class,
                        because -> assertThat(because.reason()).isEqualTo(Reason.POSE_NOT_STRAIGHT));
        assertThat(counted(measure(SQUAT, LEG, limb.blocks())).reps()).hasSize(4);
    }

    @Test
    void a_hinge_whose_axis_does_not_show_needs_magnetometers() {
        SimulatedLimb still =
                SimulatedLimb.distalOnly(SimulatedLimb.bending(80, 6)).swaying(0);
        assertThat(measure(SQUAT, LEG, still.blocks())).isInstanceOfSatisfying(NotMeasurable.class, because -> {
            assertThat(because.reason()).isEqualTo(Reason.AXIS_UNKNOWN);
            assertThat(because.details()).containsExactly("TOO_LITTLE_MOVEMENT");
        });
        Counted magnetic = counted(measure(SQUAT, LEG, still.withMagnetometers().blocks()));
        assertThat(magnetic.of(Rep.Kind.FULL)).hasSize(6);
        assertThat(magnetic.reps())
                .allSatisfy(rep -> assertThat(rep.peak().degrees()).isCloseTo(80, within(5.0)));
    }

    /** Thigh and shank turn equally fast the opposite ways: as far as rates tell, any axis across the true one fits. */
    @Test
    void a_wrong_axis_is_not_taken_for_the_knee() {
        SimulatedLimb alike = SimulatedLimb.squats(90, 6).swaying(0.5);
        assertThat(measure(SQUAT, LEG, alike.blocks()))
                .isEqualTo(new NotMeasurable(Reason.AXIS_UNKNOWN, List.of("NOT_A_HINGE")));
        assertThat(counted(measure(SQUAT, LEG, alike.withMagnetometers().blocks()))
                        .reps())
                .hasSize(6);
    }

    @Test
    void an_arm_is_measured_against_the_trunk_with_magnetometers_and_not_without() {
        Exercise raise = moving(Joint.SHOULDER_FLEXION, Movement.Direction.GROWS, Posture.STANDING);
        SimulatedLimb arm = SimulatedLimb.distalOnly(SimulatedLimb.bending(120, 7));
        assertThat(measure(raise, ARM, arm.blocks())).isEqualTo(new NotMeasurable(Reason.HEADING_UNKNOWN, List.of()));
        Counted raised = counted(measure(raise, ARM, arm.withMagnetometers().blocks()));
        assertThat(raised.of(Rep.Kind.FULL)).hasSize(7);
        assertThat(raised.reps())
                .allSatisfy(rep -> assertThat(rep.peak().degrees()).isCloseTo(120, within(5.0)));
    }

    @Test
    void an_exercise_done_lying_is_counted() {
        Exercise slide = moving(Joint.KNEE_FLEXION, Movement.Direction.GROWS, Posture.LYING);
        assertThat(counted(measure(slide, LEG, SimulatedLimb.squats(100, 5).blocks()))
                        .reps())
                .hasSize(5);
    }

    @Test
    void both_legs_of_a_squat_are_one_repetition_and_arms_that_take_turns_two() {
        List<Worn> both = List.of(
                LEG.get(0),
                LEG.get(1),
                new Worn(Segment.THIGH, Optional.of(Side.LEFT)),
                new Worn(Segment.SHANK, Optional.of(Side.LEFT)));
        List<ImuBlock> right = SimulatedLimb.squats(90, 5).blocks();
        List<ImuBlock> all = new ArrayList<>(right);
        right.forEach(block -> all.add(asSensor(block, block.sensor() + 2)));
        assertThat(counted(measure(SQUAT, both, all)).reps()).hasSize(5);
        Exercise either = moving(Joint.KNEE_FLEXION, Movement.Direction.GROWS, Posture.ANY);
        assertThat(counted(measure(either, both, all)).reps()).hasSize(5);
        List<ImuBlock> turns = new ArrayList<>(right);
        var other = SimulatedLimb.bending(90, 5);
        SimulatedLimb.distalOnly(t -> -other.applyAsDouble(t - 2))
                .blocks()
                .forEach(block -> turns.add(asSensor(block, block.sensor() + 2)));
        List<Rep> inTurn = counted(measure(either, both, turns)).reps();
        assertThat(inTurn).hasSize(10).isSortedAccordingTo((a, b) -> a.start().compareTo(b.start()));
        assertThat(inTurn).extracting(Rep::sides).contains(Rep.Sides.LEFT, Rep.Sides.RIGHT);
    }

    private static ImuBlock asSensor(ImuBlock block, int sensor) {
        long[] timesUs = new long[block.samples()];
        float[] values = new float[block.samples() * ImuBlock.CHANNELS];
        for (int i = 0; i < timesUs.length; i++) {
            timesUs[i] = block.timeUs(i);
            for (int c = 0; c < ImuBlock.CHANNELS; c++) values[i * ImuBlock.CHANNELS + c] = block.value(i, c);
        }
        return ImuBlock.of(sensor, block.firstSequence(), block.receivedUs(), -1, false, timesUs, values);
    }

    @Test
    void what_is_missing_is_named() {
        List<ImuBlock> blocks = SimulatedLimb.squats(90, 2).blocks();
        assertThat(measure(SQUAT, ARM, blocks))
                .isEqualTo(new NotMeasurable(Reason.SENSOR_MISSING, List.of("THIGH", "SHANK")));
        assertThat(measure(SQUAT, LEG, only(blocks, block -> block.sensor() == 0)))
                .isEqualTo(new NotMeasurable(Reason.SENSOR_MISSING, List.of("SHANK")));
        List<Worn> twoLegs = List.of(LEG.getFirst(), new Worn(Segment.SHANK, Optional.of(Side.LEFT)));
        assertThat(measure(SQUAT, twoLegs, blocks))
                .isEqualTo(new NotMeasurable(Reason.SENSOR_MISSING, List.of("THIGH", "SHANK")));
        assertThat(measure(moving(Joint.ANKLE_PLANTARFLEXION, Movement.Direction.SHRINKS, Posture.ANY), LEG, blocks))
                .isEqualTo(new NotMeasurable(Reason.MOUNTING_UNKNOWN, List.of("FOOT")));
        Exercise not = ExerciseBuilder.squat().graded(Grade.GOOD, Grade.NOT).build();
        assertThat(measure(not, LEG, blocks)).isEqualTo(new NotMeasurable(Reason.NOT_BY_SENSORS, List.of()));
    }

    /** Whatever a file claims is an outcome, not an exception. */
    @Test
    void wild_numbers_and_clocks_are_an_outcome() {
        var random = new Random(5);
        for (int run = 0; run < 40; run++) {
            List<ImuBlock> blocks = new ArrayList<>(SimulatedLimb.squats(90, 2).blocks());
            for (int i = 90; i < blocks.size(); i++) {
                ImuBlock block = blocks.get(i);
                if (random.nextInt(3) > 0) continue;
                long[] timesUs = {random.nextLong() >> random.nextInt(60)};
                float[] values = new float[ImuBlock.CHANNELS];
                for (int c = 0; c < values.length; c++)
                    values[c] = (float) ((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(6) - 1));
                long sequence =
                        random.nextBoolean() ? block.firstSequence() : random.nextLong() >>> 1 + random.nextInt(62);
                long received =
                        random.nextBoolean() ? block.receivedUs() : random.nextLong() >>> 1 + random.nextInt(62);
                blocks.set(i, ImuBlock.of(block.sensor(), sequence, received, -1, true, timesUs, values));
            }
            assertThat(measure(SQUAT, LEG, blocks)).isNotNull();
        }
    }

    @Test
    void a_sensor_that_keeps_restarting_is_not_looked_at() {
        List<ImuBlock> blocks = new ArrayList<>();
        for (int i = 0; i < 400; i++)
            for (int sensor = 0; sensor < 2; sensor++)
                blocks.add(ImuBlock.of(
                        sensor, 100, 10_000_000L * i + 1_000, -1, false, new long[] {1_000, 2_000}, new float[18]));
        assertThat(measure(SQUAT, LEG, blocks)).isEqualTo(new NotMeasurable(Reason.TOO_LONG, List.of()));
    }
}
