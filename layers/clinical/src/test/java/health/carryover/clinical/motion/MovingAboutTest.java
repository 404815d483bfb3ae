package health.carryover.clinical.motion;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.body.Active;
import health.carryover.clinical.body.Activity;
import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Limb;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.motion.Movement.Direction;
import health.carryover.clinical.motion.Movement.Sides;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people do besides exercising, and what happens to a recording meanwhile, through the counter. */
class MovingAboutTest {
    private static final Set<View> ANY = Set.of(View.FRONTAL, View.OBLIQUE, View.LATERAL, View.REAR);

    private static Movement movement(
            Joint joint, Direction direction, Sides sides, double rangeDeg, double shortest, Posture posture) {
        boolean lunge = sides == Sides.TOGETHER;
        return new Movement(
                joint,
                direction,
                sides,
                rangeDeg,
                seconds(shortest),
                lunge,
                false,
                posture,
                Movement.USUAL_LEAVE,
                Movement.USUAL_BACK);
    }

    private static final Movement SQUAT =
            movement(Joint.KNEE_FLEXION, Direction.GROWS, Sides.ALIKE, 90, 0.35, Posture.STANDING);
    private static final Movement LUNGE =
            movement(Joint.KNEE_FLEXION, Direction.GROWS, Sides.TOGETHER, 75, 0.6, Posture.STANDING);
    private static final Movement WALL_SLIDE =
            movement(Joint.SHOULDER_FLEXION, Direction.GROWS, Sides.EITHER, 60, 0.7, Posture.STANDING);
    private static final Movement CURL =
            movement(Joint.ELBOW_FLEXION, Direction.GROWS, Sides.EITHER, 125, 0.35, Posture.STANDING);
    private static final Movement PRONE_EXTENSION =
            movement(Joint.HIP_EXTENSION, Direction.GROWS, Sides.EITHER, 20, 0.9, Posture.LYING);

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(1000 * seconds));
    }

    private static MotionReport count(Movement movement, BodyModel model) {
        return RepCounter.analyse(model.record(), movement, ANY, RangeGoal.NONE, List.of());
    }

    @ParameterizedTest
    @EnumSource(
            value = Activity.class,
            names = {"CHAIR", "REACHING", "TALKING"})
    void sitting_stooping_and_talking_hold_no_squat_and_no_lunge(Activity activity) {
        for (int seed = 1; seed <= 3; seed++) {
            BodyModel life = BodyModel.living(activity, Duration.ofMinutes(1), seed)
                    .seenFrom(80 * seed)
                    .camera(new ImageSize(1280, 720), 15);
            assertThat(count(SQUAT, life).full()).isEmpty();
            assertThat(count(LUNGE, life).full()).isEmpty();
        }
    }

    @Test
    void arms_lifted_to_the_wall_before_the_first_repetition_hide_none() {
        BodyModel slides = BodyModel.doing(Move.WALL_SLIDE, 5)
                .seenFrom(90)
                .active(Active.LEFT)
                .noise(0.5, 1)
                .arriving(seconds(4), seconds(4));
        assertThat(count(WALL_SLIDE, slides).full()).hasSize(5);
    }

    @Test
    void a_tracker_that_follows_somebody_else_for_a_moment_costs_no_repetition_and_adds_none() {
        // nearer than 0.6 trunk lengths nobody is told apart: here from 8 s on
        for (double from = 1; from < 8; from += 0.7) {
            BodyModel squats = BodyModel.doing(Move.SQUAT, 3).noise(0.5, 1).overtaken(seconds(from), seconds(0.4));
            assertThat(count(SQUAT, squats).reps()).as("from " + from).hasSize(3);
        }
    }

    @Test
    void an_arm_hidden_for_a_moment_costs_no_repetition_and_adds_none() {
        for (double from = 1; from < 9; from += 0.7) {
            BodyModel curls = BodyModel.doing(Move.BICEP_CURL, 3)
                    .active(Active.LEFT)
                    .noise(0.5, 1)
                    .hiding(Limb.LEFT_ARM, seconds(from), seconds(0.3));
            assertThat(count(CURL, curls).reps()).as("from " + from).hasSize(3);
        }
    }

    @Test
    void hips_of_somebody_prone_are_extended_by_as_much_as_they_are() {
        BodyModel raises = BodyModel.doing(Move.PRONE_HIP_EXTENSION, 4)
                .seenFrom(90)
                .active(Active.LEFT)
                .noise(0, 1);
        List<Rep> reps = count(PRONE_EXTENSION, raises).full();
        assertThat(reps)
                .hasSize(4)
                .allSatisfy(rep -> assertThat(rep.excursionDeg()).isBetween(15.0, 24.0));
    }
}
