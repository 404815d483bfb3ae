package health.carryover.platform.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.carryover.clinical.engagement.ContactCap.Kind;
import health.carryover.clinical.engagement.Effort;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffortsTest {
    private static final Sheet GOOD = Sheet.of(Efforts.COLUMNS)
            .with("exercise=heel_slide", "kind=MOBILITY", "load=1", "source=a book")
            .with("exercise=squat", "kind=STRENGTH", "load=3", "source=a book");
    private static final Set<String> KNOWN = Set.of("heel_slide", "squat");

    @Test
    void every_exercise_of_the_library_has_its_effort() {
        assertThat(Efforts.inForce().keySet())
                .isEqualTo(ExerciseLibrary.builtIn().codes());
    }

    @Test
    void an_effort_is_read() {
        Map<String, Effort> efforts = Efforts.read(GOOD.text(), KNOWN);
        assertThat(efforts)
                .containsOnly(
                        Map.entry("heel_slide", new Effort("heel_slide", Effort.Kind.MOBILITY, 1)),
                        Map.entry("squat", new Effort("squat", Effort.Kind.STRENGTH, 3)));
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource({
        "exercise, plank, column exercise: no such exercise in the library",
        "exercise, heel_slide, column exercise: stands there twice",
        "kind, FUN, column kind: not one of",
        "load, 4, 'column load: outside [1, 3]'",
        "load, 1.5, column load: not a whole number",
        "load, x, column load: not a number",
        "source, '', column source: missing"
    })
    void a_field_that_makes_no_sense_is_told_by_row_and_column(String column, String value, String problem) {
        InvalidLibraryException refused = catchThrowableOfType(
                InvalidLibraryException.class,
                () -> Efforts.read(GOOD.but(column, value).text(), KNOWN));
        assertThat(refused.problems())
                .anyMatch(told -> told.toString().startsWith("exercise-effort.csv row 3 " + problem));
    }

    @Test
    void the_contact_cap_in_force_allows_a_message_a_day_and_four_a_week() {
        assertThat(ContactCaps.inForce().perDay()).isEqualTo(1);
        assertThat(ContactCaps.inForce().perWeek()).isEqualTo(4);
        assertThat(ContactCaps.inForce().perWeekByKind()).containsEntry(Kind.COHORT, 1);
    }
}
