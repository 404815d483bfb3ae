package health.carryover.clinical.setup;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.motion.BodyModel.Move;
import health.carryover.clinical.motion.Landmark;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which of several faults is told, and what looks like one and is none. */
class SetupPriorityTest {
    private static final Scene NIGHT = new Scene(0.05, 0.05, 0.05, Scene.NOT_COUNTED);
    private static final Scene WINDOW = new Scene(0.7, 0.1, 0.9, Scene.NOT_COUNTED);

    record Row(String situation, Consumer<Staging> change, Scene scene, @Nullable SetupFault expected) {
        @Override
        public String toString() {
            return situation;
        }
    }

    private static void blind(Staging stage) {
        stage.seen = 0.4;
        stage.noise = 0.015;
    }

    static Stream<Row> rows() {
        Scene two = new Scene(0.5, 0.5, 0.5, 2);
        return Stream.of(
                new Row("night hides the legs: light first", SetupPriorityTest::blind, NIGHT, SetupFault.DARK),
                new Row("nobody found at night: light first", s -> s.lost = 0.95, NIGHT, SetupFault.DARK),
                new Row("slow camera at night: light first", s -> s.fps = 4, NIGHT, SetupFault.DARK),
                new Row("window behind somebody badly seen", SetupPriorityTest::blind, WINDOW, SetupFault.BACKLIT),
                new Row("badly seen, light unknown", SetupPriorityTest::blind, Scene.UNKNOWN, SetupFault.OBSTRUCTED),
                new Row("two people and too near: who is meant first", s -> s.share = 1.6, two, SetupFault.SECOND_PERSON),
                new Row("head and feet outside: a step back", s -> s.share = 1.4, Scene.UNKNOWN, SetupFault.TOO_NEAR),
                new Row("leaning phone cuts the feet: straighten first", s -> {
                    s.rollDeg = 25;
                    s.middleY = 0.7;
                }, Scene.UNKNOWN, SetupFault.CAMERA_TILTED),
                new Row("outside to the left: the middle", s -> s.middleX = -0.06, Scene.UNKNOWN, SetupFault.OFF_CENTRE),
                new Row("far away and hidden: nearer first", s -> {
                    s.share = 0.2;
                    s.hidden = List.of(Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE);
                }, Scene.UNKNOWN, SetupFault.TOO_FAR),
                new Row("facing the phone in wide trousers: turn first", s -> {
                    s.azimuthDeg = 0;
                    s.wander = 0.04;
                }, Scene.UNKNOWN, SetupFault.WRONG_VIEW),
                new Row("dim room, steady tracker: no fault", s -> {}, new Scene(0.15, 0.15, 0.15, 1), null),
                new Row("dark skin before a white wall, steady tracker: no fault", s -> {},
                        new Scene(0.7, 0.18, 0.85, 1), null),
                new Row("black clothes in a bright room: no fault", s -> {}, new Scene(0.5, 0.09, 0.6, 1), null),
                new Row("the far arm and leg hidden behind the body: no fault", s -> s.azimuthDeg = 90, Scene.UNKNOWN, null),
                new Row("from the other side: no fault", s -> s.azimuthDeg = -90, Scene.UNKNOWN, null),
                new Row("half turned: no fault", s -> s.azimuthDeg = 45, Scene.UNKNOWN, null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void is_told_first(Row row) {
        var stage = new Staging(11);
        row.change().accept(stage);
        SetupWish wish = Exercises.WISHES.get(Move.SQUAT);
        Course course = new StagedSetup(row.situation(), wish, stage.size, stage.frames(), row.scene()).course();
        assertThat(course.firstFault().orElse(null)).as("%s", course.changes).isEqualTo(row.expected());
        if (row.expected() == null) assertThat(course.last()).isInstanceOf(SetupAnswer.Ready.class);
    }
}
