package health.carryover.clinical.engagement;

import static health.carryover.clinical.engagement.Exercising.program;
import static health.carryover.clinical.engagement.Exercising.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.clinical.adherence.Compliance;
import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.adherence.Session;
import health.carryover.clinical.engagement.Effort.Kind;
import health.carryover.clinical.engagement.HardDay.Today;
import health.carryover.clinical.exercise.Cue;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.exercise.Gate;
import health.carryover.clinical.exercise.Phrase;
import health.carryover.clinical.motion.Measurement;
import health.carryover.clinical.motion.Posture;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HardDayTest {
    private static final Today USUAL = new Today(1000, Set.of(), Set.of(), false);

    private final Map<String, Exercise> library = new HashMap<>();
    private final Map<String, Effort> efforts = new HashMap<>();
    private final List<Program.Exercise> prescribed = new ArrayList<>();

    private void prescribe(String code, Kind kind, int load, Gate gate) {
        library.put(
                code,
                new Exercise(
                        code,
                        code,
                        Exercise.BodyRegion.KNEE,
                        new Measurement.NotByCamera(),
                        List.of("tighten", "hold", "relax"),
                        List.of(),
                        Set.of(),
                        Posture.ANY,
                        Exercise.Grade.NOT,
                        Exercise.Grade.NOT,
                        Exercise.Fallback.SELF_REPORT,
                        List.of(),
                        false,
                        gate,
                        Map.of(Cue.GOOD, new Phrase("Good.", "Bien.")),
                        Map.of(),
                        "test"));
        efforts.put(code, new Effort(code, kind, load));
        prescribed.add(new Program.Exercise(code, 3, 12, 5, 20.0, 90.0));
    }

    private void prescribe(String code, Kind kind, int load) {
        prescribe(code, kind, load, new Gate(OptionalInt.empty(), false, false, ""));
    }

    private List<Program.Exercise> shortVersion(Today today) {
        return HardDay.of(program("2026-01-05", prescribed, DayOfWeek.values()), library, efforts, today);
    }

    private List<String> codes(Today today) {
        return shortVersion(today).stream().map(Program.Exercise::code).toList();
    }

    @Test
    void the_gentlest_three_are_left_mobility_first() {
        prescribe("squat", Kind.STRENGTH, 3);
        prescribe("stand_on_one_leg", Kind.BALANCE, 1);
        prescribe("quad_set", Kind.STRENGTH, 1);
        prescribe("wall_slide", Kind.MOBILITY, 2);
        prescribe("heel_slide", Kind.MOBILITY, 1);
        assertThat(codes(USUAL)).containsExactly("heel_slide", "wall_slide", "quad_set");
    }

    @Test
    void each_is_one_set_with_its_ceiling_and_no_range_to_reach() {
        prescribe("heel_slide", Kind.MOBILITY, 1);
        assertThat(shortVersion(USUAL)).containsExactly(new Program.Exercise("heel_slide", 1, 10, 5, null, 90.0));
    }

    @Test
    void the_order_of_the_program_changes_nothing() {
        for (String code : List.of("aa", "bb", "cc", "dd", "ee", "ff")) prescribe(code, Kind.STRENGTH, 2);
        List<String> first = codes(USUAL);
        assertThat(first).containsExactly("aa", "bb", "cc");
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(prescribed, random);
            assertThat(codes(USUAL)).isEqualTo(first);
        }
    }

    @Test
    void what_a_therapist_must_clear_waits_for_the_therapist_whatever_the_week() {
        prescribe("raise_arm", Kind.MOBILITY, 1, new Gate(OptionalInt.of(6), true, false, ""));
        assertThat(codes(new Today(20, Set.of(), Set.of(), false))).isEmpty();
        assertThat(codes(new Today(4, Set.of("raise_arm"), Set.of(), false))).containsExactly("raise_arm");
    }

    @Test
    void what_usually_begins_later_waits_for_its_week_or_a_therapist() {
        prescribe("wall_slide", Kind.MOBILITY, 1, new Gate(OptionalInt.of(6), false, false, ""));
        assertThat(codes(new Today(5, Set.of(), Set.of(), false))).isEmpty();
        assertThat(codes(new Today(6, Set.of(), Set.of(), false))).containsExactly("wall_slide");
        assertThat(codes(new Today(5, Set.of("wall_slide"), Set.of(), false))).containsExactly("wall_slide");
    }

    @Test
    void what_pain_has_stopped_stays_out_even_if_it_was_cleared() {
        prescribe("heel_slide", Kind.MOBILITY, 1);
        assertThat(codes(new Today(20, Set.of("heel_slide"), Set.of("heel_slide"), false)))
                .isEmpty();
    }

    @Test
    void a_locked_session_has_no_short_version() {
        prescribe("heel_slide", Kind.MOBILITY, 1);
        assertThat(codes(new Today(20, Set.of(), Set.of(), true))).isEmpty();
    }

    @Test
    void what_nobody_says_is_gentle_is_left_out() {
        prescribe("heel_slide", Kind.MOBILITY, 1);
        prescribe("own_invention", Kind.MOBILITY, 1);
        efforts.remove("own_invention");
        prescribe("gone", Kind.MOBILITY, 1);
        library.remove("gone");
        assertThat(codes(USUAL)).containsExactly("heel_slide");
    }

    @Test
    void a_session_of_the_short_version_counts_as_any_other() {
        prescribe("heel_slide", Kind.MOBILITY, 1);
        prescribe("squat", Kind.STRENGTH, 3);
        prescribe("lunge", Kind.STRENGTH, 3);
        prescribe("plank", Kind.STRENGTH, 3);
        LocalDate day = LocalDate.parse("2026-01-28");
        List<Program> programs = List.of(program("2026-01-26", prescribed, DayOfWeek.WEDNESDAY));
        Session full = session("s", day, "heel_slide", "squat", "lunge", "plank");
        Session hard = session("s", day, codes(USUAL).toArray(String[]::new));
        assertThat(hard.exercises()).hasSizeLessThan(full.exercises().size());
        assertThat(hard.counts()).isTrue();
        assertThat(hard.completedFraction()).isEqualTo(1);
        assertThat(Compliance.over(1, day, List.of(hard), programs, List.of()))
                .isEqualTo(Compliance.over(1, day, List.of(full), programs, List.of()));
        assertThat(WeeklyStreak.at(day, List.of(hard), programs, List.of())).isEqualTo(new WeeklyStreak(1, true));
    }

    @Test
    void a_load_off_the_scale_is_refused() {
        assertThatThrownBy(() -> new Effort("squat", Kind.STRENGTH, 4)).hasMessageStartingWith("load");
        assertThatThrownBy(() -> new Effort("squat", Kind.STRENGTH, 0)).hasMessageStartingWith("load");
    }
}
