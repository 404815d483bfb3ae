package health.carryover.clinical.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.body.Active;
import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.motion.Movement.Direction;
import health.carryover.clinical.motion.Movement.Sides;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Simulated people: their repetitions are known. Recordings of real people are counted in infra/local. */
class RepCounterTest {
    private static final Set<View> ANY = Set.of(View.FRONTAL, View.OBLIQUE, View.LATERAL, View.REAR);

    private static final Set<Move> MOVES = EnumSet.of(
            Move.SQUAT,
            Move.SIT_TO_STAND,
            Move.LUNGE,
            Move.KNEE_EXTENSION,
            Move.HEEL_SLIDE,
            Move.STRAIGHT_LEG_RAISE,
            Move.BRIDGE,
            Move.BICEP_CURL,
            Move.SHOULDER_ABDUCTION,
            Move.LATERAL_RAISE,
            Move.SHOULDER_PRESS);

    private static Movement movement(Move move) {
        return switch (move) {
            case SQUAT, WALKING, STANDING ->
                new Movement(Joint.KNEE_FLEXION, Direction.GROWS, Sides.ALIKE, 90, s(0.35), false, false);
            case SIT_TO_STAND ->
                new Movement(Joint.KNEE_FLEXION, Direction.SHRINKS, Sides.ALIKE, 85, s(0.35), false, true);
            case LUNGE -> new Movement(Joint.KNEE_FLEXION, Direction.GROWS, Sides.TOGETHER, 75, s(0.6), true, false);
            case KNEE_EXTENSION ->
                new Movement(Joint.KNEE_FLEXION, Direction.SHRINKS, Sides.EITHER, 75, s(0.35), false, true);
            case HEEL_SLIDE ->
                new Movement(Joint.KNEE_FLEXION, Direction.GROWS, Sides.EITHER, 100, s(0.35), false, true);
            case STRAIGHT_LEG_RAISE ->
                new Movement(Joint.HIP_FLEXION, Direction.GROWS, Sides.EITHER, 50, s(0.35), false, true);
            case BRIDGE -> new Movement(Joint.HIP_FLEXION, Direction.SHRINKS, Sides.ALIKE, 50, s(0.35), false, false);
            case BICEP_CURL ->
                new Movement(Joint.ELBOW_FLEXION, Direction.GROWS, Sides.EITHER, 125, s(0.35), false, false);
            case SHOULDER_ABDUCTION ->
                new Movement(Joint.SHOULDER_ABDUCTION, Direction.GROWS, Sides.EITHER, 130, s(0.35), false, false);
            case LATERAL_RAISE ->
                new Movement(Joint.SHOULDER_ABDUCTION, Direction.GROWS, Sides.EITHER, 75, s(0.35), false, false);
            case SHOULDER_PRESS ->
                new Movement(Joint.ELBOW_FLEXION, Direction.SHRINKS, Sides.EITHER, 100, s(0.35), false, false);
            default -> throw new IllegalArgumentException("not counted here");
        };
    }

    private static MotionReport count(BodyModel model) {
        return RepCounter.analyse(model.record(), movement(model.move()), ANY, RangeGoal.NONE, List.of());
    }

    record Row(String situation, BodyModel person, int full, int partial) {
        @Override
        public String toString() {
            return person.move() + ", " + situation;
        }
    }

    static Stream<Row> people() {
        List<Row> rows = new ArrayList<>();
        for (Move move : MOVES) {
            BodyModel six = BodyModel.doing(move, 6).noise(0.5, 1);
            rows.add(new Row("unhurried", six, 6, 0));
            rows.add(new Row("ten seconds up and ten down", six.tempo(s(10), s(1), s(10), s(2)), 6, 0));
            rows.add(new Row("a second each", six.tempo(s(0.4), s(0.1), s(0.4), s(0.1)), 6, 0));
            rows.add(new Row("without a rest", six.tempo(s(1), s(0), s(1), s(0)), 6, 0));
            rows.add(new Row(
                    "a minute of stillness between",
                    six.shares(List.of(1.0, 1.0)).tempo(s(1), s(1), s(1), s(60)),
                    2,
                    0));
            rows.add(new Row("two fifths of the usual range", six.range(six.rangeDeg() * 0.4), 6, 0));
            rows.add(new Row("two seconds of pause half way", six.pausingHalfWay(s(2)), 6, 0));
            rows.add(new Row("poor light", six.jitter(0.015, 3), 6, 0));
            rows.add(new Row("two of six only partly", six.shares(List.of(1.0, 1.0, 0.4, 1.0, 0.4, 1.0)), 4, 2));
            rows.add(new Row("the first one only partly", six.shares(List.of(0.4, 1.0, 1.0, 1.0)), 3, 1));
            rows.add(new Row("a tenth of the frames lost", six.losing(0.1, 3), 6, 0));
            rows.add(new Row("begun in the middle of the first", six.startingAt(s(1.4)), 6, 0));
            rows.add(new Row("ten frames a second", six.camera(new ImageSize(480, 640), 10), 6, 0));
            rows.add(new Row("small in the picture", six.height(0.3), 6, 0));
            rows.add(new Row("from the other side", six.seenFrom(six.azimuthDeg() == 0 ? 20 : -90), 6, 0));
            rows.add(new Row("obliquely", six.seenFrom(45), 6, 0));
            if (movement(move).sides() == Sides.EITHER) {
                rows.add(new Row("left and right in turn", six.active(Active.ALTERNATING), 6, 0));
                rows.add(new Row("only the side away from the camera", six.active(Active.RIGHT), 6, 0));
                rows.add(new Row("only the near side", six.active(Active.LEFT), 6, 0));
            }
        }
        for (double azimuth : List.of(0.0, 45.0, 90.0, 180.0)) {
            rows.add(new Row(
                    "seen from " + azimuth, BodyModel.doing(Move.WALKING, 6).seenFrom(azimuth), 0, 0));
            rows.add(new Row(
                    "seen from " + azimuth, BodyModel.doing(Move.STANDING, 6).seenFrom(azimuth), 0, 0));
        }
        return rows.stream();
    }

    private static Duration s(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void people(Row row) {
        MotionReport report = count(row.person());
        assertThat(report.full()).hasSize(row.full());
        assertThat(report.partial()).hasSize(row.partial());
    }

    @ParameterizedTest
    @EnumSource(
            value = Move.class,
            names = {
                "SQUAT",
                "SIT_TO_STAND",
                "LUNGE",
                "BICEP_CURL",
                "SHOULDER_ABDUCTION",
                "LATERAL_RAISE",
                "SHOULDER_PRESS"
            })
    void someone_who_walks_through_the_picture_does_none_of_the_standing_exercises_in_full(Move move) {
        for (double azimuth : List.of(0.0, 60.0, 90.0)) {
            Recording walk = BodyModel.doing(Move.WALKING, 6).seenFrom(azimuth).record();
            MotionReport report = RepCounter.analyse(walk, movement(move), ANY, RangeGoal.NONE, List.of());
            assertThat(report.full()).isEmpty();
        }
    }

    @Test
    void peak_excursion_and_tempo_are_those_of_the_person() {
        MotionReport report = count(BodyModel.doing(Move.SQUAT, 3).range(80).tempo(s(2), s(1), s(1.5), s(1)));
        assertThat(report.full()).hasSize(3).allSatisfy(rep -> {
            assertThat(rep.peak().degrees()).isCloseTo(85, within(5.0)); // 5 at rest; the lens adds a little
            assertThat(rep.excursionDeg()).isCloseTo(80, within(6.0));
            assertThat(rep.tempo().up()).isCloseTo(s(2), s(0.35));
            assertThat(rep.tempo().hold()).isCloseTo(s(1), s(0.5));
            assertThat(rep.tempo().down()).isCloseTo(s(1.5), s(0.35));
            assertThat(rep.cut()).isFalse();
        });
    }

    @Test
    void a_knee_that_is_straightened_peaks_near_zero() {
        MotionReport report = count(BodyModel.doing(Move.KNEE_EXTENSION, 2));
        assertThat(report.full())
                .hasSize(2)
                .allSatisfy(rep -> assertThat(rep.peak().degrees()).isBetween(0.0, 10.0));
    }

    @Test
    void the_side_that_moved_is_named() {
        assertThat(count(BodyModel.doing(Move.SHOULDER_ABDUCTION, 2).active(Active.ALTERNATING))
                        .full())
                .extracting(Rep::sides)
                .containsExactly(Rep.Sides.LEFT, Rep.Sides.RIGHT);
        assertThat(count(BodyModel.doing(Move.SHOULDER_ABDUCTION, 1)).full())
                .extracting(Rep::sides)
                .containsExactly(Rep.Sides.BOTH);
    }

    @Test
    void a_prescribed_range_smaller_than_the_persons_own_takes_its_place() {
        Recording recording = BodyModel.doing(Move.SQUAT, 4)
                .shares(List.of(1.0, 0.5, 1.0, 0.5))
                .record();
        Movement squat = movement(Move.SQUAT);
        assertThat(RepCounter.analyse(recording, squat, ANY, RangeGoal.NONE, List.of())
                        .full())
                .hasSize(2);
        assertThat(RepCounter.analyse(recording, squat, ANY, RangeGoal.prescribed(50), List.of())
                        .full())
                .hasSize(4);
    }

    @Test
    void events_come_while_the_person_moves_and_agree_with_the_report() {
        Recording recording = BodyModel.doing(Move.BICEP_CURL, 5).record();
        var counter = new RepCounter(movement(Move.BICEP_CURL), ANY, recording.size(), RangeGoal.NONE, List.of());
        List<MotionEvent.RepEnded> events = new ArrayList<>();
        for (Frame frame : recording.frames())
            for (MotionEvent event : counter.accept(frame))
                if (event instanceof MotionEvent.RepEnded ended) {
                    events.add(ended);
                    Duration late =
                            Duration.ofMillis(frame.timeMs()).minus(ended.rep().end());
                    assertThat(late).isLessThan(Duration.ofMillis(1500));
                }
        assertThat(events).extracting(MotionEvent.RepEnded::number).containsExactly(1, 2, 3, 4, 5);
        assertThat(counter.finish().reps()).hasSize(5);
    }

    @Test
    void a_gap_longer_than_0_3_s_is_told_and_its_repetition_not_counted_and_a_shorter_one_is_bridged() {
        Recording whole = BodyModel.doing(Move.SQUAT, 3).record();
        MotionReport bridged = count(whole, 40, 49); // nine frames missing: 0.3 s
        assertThat(bridged.flags()).doesNotContain(MotionFlag.GAPS);
        assertThat(bridged.full()).hasSize(3);
        MotionReport gap = count(whole, 40, 51);
        assertThat(gap.flags()).contains(MotionFlag.GAPS);
        assertThat(gap.reps()).extracting(Rep::kind).containsExactly(Rep.Kind.NOT_SEEN, Rep.Kind.FULL, Rep.Kind.FULL);
    }

    @Test
    void a_gap_between_repetitions_costs_none() {
        Recording whole =
                BodyModel.doing(Move.SQUAT, 3).tempo(s(1), s(0.2), s(1), s(2)).record();
        int pause = 30 * 5; // 2 s of rest, 2.2 s of squat, and in the middle of the next rest
        MotionReport report = count(whole, pause - 8, pause + 8);
        assertThat(report.flags()).contains(MotionFlag.GAPS);
        assertThat(report.full()).hasSize(3);
    }

    private static MotionReport count(Recording whole, int from, int to) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < whole.frames().size(); i++) {
            Frame frame = whole.frames().get(i);
            frames.add(i >= from && i < to ? Frame.nobody(frame.timeMs()) : frame);
        }
        var recording = new Recording(whole.size(), whole.fps(), frames);
        return RepCounter.analyse(recording, movement(Move.SQUAT), ANY, RangeGoal.NONE, List.of());
    }

    @Test
    void an_empty_recording_and_one_of_nobody_have_no_repetitions() {
        var size = new ImageSize(640, 480);
        Movement squat = movement(Move.SQUAT);
        assertThat(RepCounter.analyse(new Recording(size, 30, List.of()), squat, ANY, RangeGoal.NONE, List.of())
                        .flags())
                .containsExactly(MotionFlag.NOBODY);
        List<Frame> nobody = List.of(Frame.nobody(0), Frame.nobody(500), Frame.nobody(5000));
        MotionReport report =
                RepCounter.analyse(new Recording(size, 30, nobody), squat, ANY, RangeGoal.NONE, List.of());
        assertThat(report.reps()).isEmpty();
        assertThat(report.confidence()).isZero();
    }

    @Test
    void the_same_settings_make_the_same_recording() {
        BodyModel model = BodyModel.doing(Move.LUNGE, 2).losing(0.1, 2);
        List<Float> once =
                model.record().frames().stream().map(f -> f.x(Landmark.NOSE)).toList();
        List<Float> again =
                model.record().frames().stream().map(f -> f.x(Landmark.NOSE)).toList();
        assertThat(once).isEqualTo(again);
    }

    @Test
    void frames_must_come_in_order() {
        Recording recording = BodyModel.doing(Move.SQUAT, 1).record();
        var counter = new RepCounter(movement(Move.SQUAT), ANY, recording.size(), RangeGoal.NONE, List.of());
        counter.accept(recording.frames().get(5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> counter.accept(recording.frames().get(5)));
    }

    @Test
    void an_hour_of_exercise_needs_no_more_memory_for_frames_than_a_minute() {
        BodyModel curls = BodyModel.doing(Move.BICEP_CURL, 20);
        List<Frame> frames = curls.record().frames();
        long length = curls.length().toMillis();
        var counter = new RepCounter(movement(Move.BICEP_CURL), ANY, curls.size(), RangeGoal.NONE, List.of());
        for (int round = 0; round < 50; round++)
            for (Frame frame : frames) counter.accept(frame.at(frame.timeMs() + round * length));
        assertThat(counter.finish().full()).hasSize(1000);
    }
}
