package health.carryover.clinical.motion;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.body.Active;
import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.motion.Movement.Direction;
import health.carryover.clinical.motion.Movement.Sides;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is a repetition and what is none, by side and posture; through the counter, on simulated people. */
class RepFinderTest {
    private static final Set<View> ANY = Set.of(View.FRONTAL, View.OBLIQUE, View.LATERAL, View.REAR);

    private static Movement movement(Joint joint, Direction direction, double rangeDeg, Posture posture) {
        return new Movement(
                joint,
                direction,
                Sides.EITHER,
                rangeDeg,
                Duration.ofMillis(350),
                true, // so that nothing is left out for walking
                true,
                posture,
                Movement.USUAL_LEAVE,
                Movement.USUAL_BACK);
    }

    private static Movement bending(Posture posture) {
        return movement(Joint.KNEE_FLEXION, Direction.GROWS, 90, posture);
    }

    private static MotionReport count(Movement movement, List<Frame> frames) {
        var recording = new Recording(new ImageSize(1280, 720), 30, frames);
        return RepCounter.analyse(recording, movement, ANY, RangeGoal.NONE, List.of());
    }

    record Row(Move move, Movement movement) {
        @Override
        public String toString() {
            return move.toString();
        }
    }

    static Stream<Row> limbs() {
        return Stream.of(
                new Row(Move.LATERAL_RAISE, movement(Joint.SHOULDER_ABDUCTION, Direction.GROWS, 75, Posture.ANY)),
                new Row(Move.SHOULDER_ABDUCTION, movement(Joint.SHOULDER_ABDUCTION, Direction.GROWS, 130, Posture.ANY)),
                new Row(Move.SHOULDER_PRESS, movement(Joint.ELBOW_FLEXION, Direction.SHRINKS, 100, Posture.ANY)),
                new Row(Move.BICEP_CURL, movement(Joint.ELBOW_FLEXION, Direction.GROWS, 125, Posture.ANY)),
                new Row(Move.STEP, movement(Joint.HIP_FLEXION, Direction.GROWS, 60, Posture.ANY)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("limbs")
    void from_the_front_left_and_right_in_turn_are_counted_each_for_its_side(Row row) {
        BodyModel inTurn = BodyModel.doing(row.move(), 4)
                .active(Active.ALTERNATING)
                .seenFrom(0)
                .noise(0.5, 1);
        List<Rep> reps = count(row.movement(), inTurn.record().frames()).reps();
        assertThat(reps)
                .extracting(Rep::sides)
                .containsExactly(Rep.Sides.LEFT, Rep.Sides.RIGHT, Rep.Sides.LEFT, Rep.Sides.RIGHT);
        assertThat(reps).extracting(Rep::kind).containsOnly(Rep.Kind.FULL);
    }

    @Test
    void from_the_front_both_at_once_are_one() {
        List<Frame> both =
                BodyModel.doing(Move.LATERAL_RAISE, 4).seenFrom(0).record().frames();
        assertThat(count(movement(Joint.SHOULDER_ABDUCTION, Direction.GROWS, 75, Posture.ANY), both)
                        .reps())
                .extracting(Rep::sides)
                .hasSize(4)
                .containsOnly(Rep.Sides.BOTH);
    }

    /** Down into a squat, and from there at once as in the last frame given, for two seconds. */
    private static List<Frame> squatEnding(Frame as) {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : BodyModel.doing(Move.SQUAT, 1).noise(0, 1).record().frames())
            if (frame.timeMs() < 2_200) frames.add(frame);
        for (int i = 0; i < 60; i++) frames.add(as.at(2_200 + i * 33L));
        return frames;
    }

    @Test
    void what_begins_standing_and_ends_lying_is_no_repetition() {
        Frame standing =
                BodyModel.doing(Move.SQUAT, 1).noise(0, 1).record().frames().getFirst();
        Frame lying = BodyModel.doing(Move.HEEL_SLIDE, 1)
                .noise(0, 1)
                .record()
                .frames()
                .getFirst();
        assertThat(count(bending(Posture.ANY), squatEnding(standing)).full()).hasSize(1);
        MotionReport laidDown = count(bending(Posture.ANY), squatEnding(lying));
        assertThat(laidDown.reps()).isEmpty();
        assertThat(laidDown.flags()).contains(MotionFlag.MOVED_ABOUT);
    }

    @Test
    void a_movement_done_lying_counts_nobody_who_stands_and_one_done_standing_nobody_who_lies() {
        List<Frame> squats =
                BodyModel.doing(Move.SQUAT, 3).noise(0.5, 1).record().frames();
        List<Frame> slides =
                BodyModel.doing(Move.HEEL_SLIDE, 3).noise(0.5, 1).record().frames();
        assertThat(count(bending(Posture.STANDING), squats).full()).hasSize(3);
        assertThat(count(bending(Posture.LYING), slides).full()).hasSize(3);
        for (MotionReport wrong :
                List.of(count(bending(Posture.LYING), squats), count(bending(Posture.STANDING), slides))) {
            assertThat(wrong.reps()).isEmpty();
            assertThat(wrong.flags()).contains(MotionFlag.MOVED_ABOUT);
        }
    }
}
