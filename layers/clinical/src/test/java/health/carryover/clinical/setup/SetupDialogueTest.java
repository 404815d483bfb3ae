package health.carryover.clinical.setup;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.motion.BodyModel.Move;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.Landmark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A person standing before the phone for squats, who does or does not follow. */
class SetupDialogueTest {
    private static final SetupWish WISH = Exercises.WISHES.get(Move.SQUAT);
    private static final Scene BRIGHT = new Scene(0.5, 0.4, 0.5, 1);
    private static final Scene NIGHT = new Scene(0.05, 0.05, 0.05, 1);

    private final Staging stage = new Staging(4);
    private final SetupCheck check = new SetupCheck(WISH, stage.size);
    private final Course course = new Course();
    private long nowMs;

    private List<Frame> well() {
        stage.share = 0.7;
        stage.middleY = 0.5;
        stage.seconds = 30;
        return stage.frames();
    }

    private List<Frame> near() {
        well();
        stage.share = 1.6;
        return stage.frames();
    }

    private List<Frame> feetOut() {
        well();
        stage.middleY = 0.75;
        return stage.frames();
    }

    private @Nullable Frame last;

    /** Goes where the frames are, within a second, and stays there. */
    private void show(List<Frame> frames, Scene scene, double seconds) {
        long startMs = nowMs;
        Frame before = last;
        for (Frame frame : frames) {
            if (frame.timeMs() > seconds * 1000) break;
            nowMs = startMs + frame.timeMs();
            last = before == null || frame.timeMs() >= 1000 ? frame : between(before, frame, frame.timeMs() / 1000f);
            course.note(check.accept(last.at(nowMs), scene), nowMs);
        }
        nowMs += 33;
    }

    private static Frame between(Frame from, Frame to, float share) {
        float[] values = new float[Landmark.COUNT * 4];
        for (Landmark one : Landmark.values()) {
            int i = one.ordinal() * 4;
            values[i] = from.x(one) + share * (to.x(one) - from.x(one));
            values[i + 1] = from.y(one) + share * (to.y(one) - from.y(one));
            values[i + 2] = from.z(one) + share * (to.z(one) - from.z(one));
            values[i + 3] = from.visibility(one) + share * (to.visibility(one) - from.visibility(one));
        }
        return Frame.of(to.timeMs(), values);
    }

    private List<SetupFault> told() {
        return course.told().stream()
                .map(one -> ((SetupAnswer.Told) one.answer()).fault())
                .toList();
    }

    @Test
    void somebody_who_follows_after_four_seconds_is_ready_within_twenty() {
        show(near(), BRIGHT, 6);
        show(well(), BRIGHT, 14);
        assertThat(told()).containsExactly(SetupFault.TOO_NEAR);
        assertThat(course.last()).isInstanceOf(SetupAnswer.Ready.class);
        assertThat(course.lastChangeMs()).isLessThan(10_000);
        assertThat(check.refusals()).isZero();
    }

    @Test
    void two_faults_are_told_one_after_the_other_light_first() {
        show(near(), NIGHT, 5);
        assertThat(course.last()).isEqualTo(new SetupAnswer.Told(SetupFault.DARK, 1));
        show(near(), BRIGHT, 6);
        assertThat(course.last()).isEqualTo(new SetupAnswer.Told(SetupFault.TOO_NEAR, 1));
        show(well(), BRIGHT, 9);
        assertThat(course.last()).isInstanceOf(SetupAnswer.Ready.class);
        assertThat(course.lastChangeMs()).isLessThan(20_000);
        assertThat(told()).containsExactly(SetupFault.DARK, SetupFault.TOO_NEAR);
    }

    @Test
    void an_instruction_not_followed_is_repeated_twice_and_after_three_refusals_it_goes_without_the_camera() {
        show(near(), BRIGHT, 30);
        assertThat(course.changes.stream().map(Course.Change::answer))
                .containsExactly(
                        new SetupAnswer.Looking(),
                        new SetupAnswer.Told(SetupFault.TOO_NEAR, 1),
                        new SetupAnswer.Told(SetupFault.TOO_NEAR, 2),
                        new SetupAnswer.Told(SetupFault.TOO_NEAR, 3),
                        new SetupAnswer.WithoutCamera());
        assertThat(check.refusals()).isEqualTo(3);
        assertThat(course.lastChangeMs()).isBetween(21_000L, 25_000L);
    }

    @Test
    void without_the_camera_is_final_until_the_person_wants_to_try_again() {
        show(near(), BRIGHT, 30);
        show(well(), BRIGHT, 10);
        assertThat(check.answer()).isInstanceOf(SetupAnswer.WithoutCamera.class);
        check.restart();
        nowMs = 0;
        last = null;
        show(well(), BRIGHT, 4);
        assertThat(check.answer()).isInstanceOf(SetupAnswer.Ready.class);
        assertThat(check.refusals()).isZero();
    }

    @Test
    void a_fault_that_comes_back_after_it_was_mended_counts_as_refused() {
        show(near(), BRIGHT, 4);
        show(well(), BRIGHT, 2.8); // mended, but not long enough to be ready
        show(near(), BRIGHT, 4);
        assertThat(told()).containsExactly(SetupFault.TOO_NEAR, SetupFault.TOO_NEAR);
        assertThat(check.refusals()).isEqualTo(1);
    }

    @Test
    void somebody_who_walks_out_just_before_all_is_well_is_not_ready() {
        show(near(), BRIGHT, 4);
        show(well(), BRIGHT, 2.8);
        show(near(), BRIGHT, 1.2); // by now well for a second and a half, in the mean of the window
        assertThat(check.answer()).isInstanceOf(SetupAnswer.Looking.class);
    }

    @Test
    void another_instruction_waits_until_the_first_has_stood_for_four_seconds() {
        show(near(), BRIGHT, 2.5);
        show(feetOut(), BRIGHT, 6);
        assertThat(told()).containsExactly(SetupFault.TOO_NEAR, SetupFault.FEET_OUT);
        assertThat(course.told().get(1).timeMs() - course.told().get(0).timeMs())
                .isGreaterThanOrEqualTo(4000);
        assertThat(check.refusals()).isZero();
    }

    @Test
    void ready_needs_a_second_and_a_half_without_any_fault() {
        show(well(), BRIGHT, 2.8);
        assertThat(course.last()).isInstanceOf(SetupAnswer.Looking.class);
        show(well(), BRIGHT, 0.4);
        assertThat(course.last()).isInstanceOf(SetupAnswer.Ready.class);
    }

    @Test
    void somebody_who_walks_to_and_fro_for_a_minute_does_it_without_the_camera() {
        for (int i = 0; i < 20; i++) {
            show(near(), BRIGHT, 1.6);
            show(well(), BRIGHT, 1.6);
        }
        assertThat(course.changes).noneMatch(one -> one.answer() instanceof SetupAnswer.Ready);
        assertThat(course.last()).isInstanceOf(SetupAnswer.WithoutCamera.class);
        assertThat(told()).containsOnly(SetupFault.TOO_NEAR);
    }

    @Test
    void an_answer_stays_the_same_object_while_nothing_changes() {
        show(near(), BRIGHT, 4);
        SetupAnswer before = check.answer();
        show(near(), BRIGHT, 1);
        assertThat(check.answer()).isSameAs(before);
    }

    @Test
    void what_is_not_a_person_is_never_ready() {
        for (long seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var noise = new SetupCheck(WISH, stage.size);
            for (int i = 0; i < 1000; i++) {
                float[] values = new float[33 * 4];
                for (int k = 0; k < values.length; k++) values[k] = random.nextFloat();
                assertThat(noise.accept(Frame.of(i * 40L, values), Scene.UNKNOWN))
                        .isNotInstanceOf(SetupAnswer.Ready.class);
            }
        }
    }

    @Test
    void after_a_pause_of_the_app_the_picture_is_judged_anew() {
        show(near(), BRIGHT, 1.8);
        nowMs += 120_000;
        last = null;
        show(well(), BRIGHT, 4);
        assertThat(told()).isEmpty();
        assertThat(course.last()).isInstanceOf(SetupAnswer.Ready.class);
    }

    @Test
    void the_dialogue_with_the_same_frames_is_always_the_same() {
        List<Frame> frames = new ArrayList<>(near());
        var one = new StagedSetup("one", WISH, stage.size, frames, BRIGHT).course();
        var other = new StagedSetup("other", WISH, stage.size, frames, BRIGHT).course();
        assertThat(one.changes).isEqualTo(other.changes);
    }
}
