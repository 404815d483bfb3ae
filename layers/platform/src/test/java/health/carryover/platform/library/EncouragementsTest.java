package health.carryover.platform.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.carryover.clinical.engagement.Encouragement;
import health.carryover.clinical.engagement.Encouragement.Place;
import health.carryover.clinical.engagement.Encouragement.Reason;
import health.carryover.clinical.engagement.Encouragement.Text;
import health.carryover.clinical.engagement.Readability;
import health.carryover.clinical.engagement.Wording;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.setup.Language;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EncouragementsTest {
    private static final Encouragement IN_FORCE = Encouragements.inForce();
    private static final Wording WORDING = Encouragements.wording();
    private static final Sheet UNSAID = Sheet.of(Encouragements.UNSAID_COLUMNS)
            .with("language=ENGLISH", "words=fail*", "why=SHAMING")
            .with("language=SPANISH", "words=fracas*", "why=SHAMING");

    /** All that must be there, each text the same two words. */
    private static Sheet complete() {
        Sheet sheet = Sheet.of(Encouragements.COLUMNS);
        for (Reason reason : Reason.values())
            for (int i = 1; i <= (reason.placeholders().isEmpty() ? 4 : 6); i++) {
                String id = "id=" + reason.name().toLowerCase(Locale.ROOT) + i;
                String place = "place=" + (i <= 4 ? "PUSH" : "APP");
                sheet = sheet.with(id, "reason=" + reason, "language=ENGLISH", place, "text=Go on.");
                sheet = sheet.with(id, "reason=" + reason, "language=SPANISH", place, "text=Siga así.");
            }
        return sheet;
    }

    private static Encouragement read(Sheet sheet) {
        return Encouragements.read(sheet.text(), Encouragements.wording(UNSAID.text()));
    }

    private static List<String> refused(Sheet sheet) {
        return catchThrowableOfType(InvalidLibraryException.class, () -> read(sheet)).problems().stream()
                .map(InvalidLibraryException.Problem::toString)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Reason.class)
    void every_reason_has_four_pushes_or_more_in_both_languages(Reason reason) {
        for (Language language : Language.values())
            assertThat(IN_FORCE.all())
                    .filteredOn(text ->
                            text.reason() == reason && text.language() == language && text.place() == Place.PUSH)
                    .hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void no_text_breaks_a_rule() {
        for (Text text : IN_FORCE.all())
            assertThat(WORDING.faults(text))
                    .as(text.id() + " " + text.language())
                    .isEmpty();
    }

    /** The reader checks it too; this is the check by the formulas alone. */
    @Test
    void english_is_of_grade_six_or_easier_and_spanish_normal_or_easier() {
        for (Text text : IN_FORCE.all()) {
            Readability counts = Readability.of(text.with(100), text.language());
            switch (text.language()) {
                case ENGLISH ->
                    assertThat(counts.fleschKincaidGrade()).as(text.id()).isLessThanOrEqualTo(6);
                case SPANISH -> assertThat(counts.inflesz()).as(text.id()).isGreaterThanOrEqualTo(55);
            }
        }
    }

    @Test
    void no_text_names_an_exercise() {
        for (Exercise exercise : ExerciseLibrary.builtIn().all())
            for (Text text : IN_FORCE.all())
                assertThat(" " + text.text().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]+", " ") + " ")
                        .doesNotContain(" " + exercise.name().toLowerCase(Locale.ROOT) + " ");
    }

    @Test
    void texts_about_pain_only_ask_how_it_feels() {
        assertThat(IN_FORCE.all())
                .filteredOn(text -> text.reason() == Reason.PAIN)
                .allMatch(
                        text -> text.text().toLowerCase(Locale.ROOT).matches(".*(feel|are you|siente|está|sintió).*"));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource({
        "You failed again., ENGLISH",
        "You are noncompliant., ENGLISH",
        "That was wrong., ENGLISH",
        "You should go on., ENGLISH",
        "You shouldn't stop., ENGLISH",
        "How is your knee?, ENGLISH",
        "Does it hurt?, ENGLISH",
        "Usted ha fracasado., SPANISH",
        "Debe seguir., SPANISH",
        "Debería seguir., SPANISH",
        "Eso está mal., SPANISH",
        "Se equivocó., SPANISH",
        "Usted incumplió., SPANISH",
        "¿Le duele?, SPANISH",
        "¿Y la rodilla?, SPANISH"
    })
    void the_words_of_the_file_are_not_said(String text, Language language) {
        assertThat(WORDING.faults(new Text("id", Reason.NO_SESSION, language, Place.PUSH, text)))
                .anyMatch(fault -> fault.startsWith("says "));
    }

    @Test
    void a_complete_file_is_read() {
        assertThat(read(complete()).all()).hasSize(2 * (11 * 4 + 2 * 2));
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource({
        "id, No Good, 'column id: 2 to 40 of lower case letters, digits and underscores'",
        "reason, HUNGER, 'column reason: not one of [NO_SESSION'",
        "language, LATIN, 'column language: not one of [ENGLISH, SPANISH]'",
        "place, WALL, 'column place: not one of [PUSH, APP]'",
        "reason, FORM, 'column reason: another one in another language'",
        "place, APP, 'column place: another one in another language'",
        "language, ENGLISH, 'column language: stands there twice for this id'",
        "text, '', 'column text: missing'",
        "text, El fracaso., 'column text: says fracas*'",
        "text, Siga {weeks}., 'column text: no placeholder on a locked screen'",
        "text, La rehabilitación domiciliaria indispensable., 'column text: too hard to read: INFLESZ'"
    })
    void a_field_that_makes_no_sense_is_told_by_row_and_column(String column, String value, String problem) {
        Sheet sheet = complete().but(column, value);
        int row = sheet.rows().size() + 1;
        assertThat(refused(sheet)).anyMatch(told -> told.startsWith("encouragement.csv row " + row + " " + problem));
    }

    @Test
    void a_text_longer_than_a_push_is_told() {
        assertThat(refused(complete().but("text", "Siga así. ".repeat(20))))
                .anyMatch(told -> told.endsWith("199 characters instead of at most 178"));
    }

    @Test
    void a_missing_language_and_a_reason_with_too_few_texts_are_told() {
        Sheet full = complete();
        Sheet without =
                new Sheet(full.columns(), full.rows().subList(0, full.rows().size() - 1));
        assertThat(refused(without))
                .contains(
                        "encouragement.csv row " + full.rows().size() + " column language: missing in SPANISH",
                        "encouragement.csv column reason: COHORT PUSH SPANISH: 3 texts instead of at least 4");
        assertThat(refused(Sheet.of(Encouragements.COLUMNS))).hasSize(2 * (11 + 2));
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        Sheet sheet = complete()
                .but("text", "El fracaso.")
                .copied("language", "LATIN")
                .copied("place", "WALL");
        assertThat(refused(sheet)).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void what_is_wrong_is_never_repeated() {
        assertThat(refused(complete().but("text", "El fracaso de Canario.")))
                .noneMatch(told -> told.contains("Canario"));
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource({
        "language, LATIN, column language: not one of",
        "why, FUN, column why: not one of",
        "words, a*b, 'column words: letters, single spaces'",
        "words, '', 'column words: letters, single spaces'"
    })
    void a_word_list_that_makes_no_sense_is_told(String column, String value, String problem) {
        InvalidLibraryException refused = catchThrowableOfType(
                InvalidLibraryException.class,
                () -> Encouragements.wording(UNSAID.but(column, value).text()));
        assertThat(refused.problems())
                .anyMatch(told -> told.toString().startsWith("unsaid-words.csv row 3 " + problem));
    }

    @Test
    void a_word_list_without_a_language_or_with_a_word_twice_is_refused() {
        assertThat(catchThrowableOfType(
                                InvalidLibraryException.class,
                                () -> Encouragements.wording(
                                        UNSAID.but("language", "ENGLISH").text()))
                        .problems())
                .singleElement()
                .hasToString("unsaid-words.csv column language: no words of SPANISH");
        assertThat(catchThrowableOfType(
                                InvalidLibraryException.class,
                                () -> Encouragements.wording(
                                        UNSAID.copied("why", "SHAMING").text()))
                        .problems())
                .singleElement()
                .hasToString("unsaid-words.csv row 4 column words: stands there twice");
    }
}
