package health.carryover.clinical.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.setup.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadabilityTest {
    /** Wikipedia, Flesch-Kincaid readability tests: 26 syllables, 13 words; npm flesch-kincaid: 13.08. */
    @Test
    void the_platypus_is_of_grade_thirteen() {
        Readability counts = Readability.of(
                "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", Language.ENGLISH);
        assertThat(counts).isEqualTo(new Readability(26, 13, 1));
        assertThat(counts.fleschKincaidGrade()).isCloseTo(13.08, within(0.005));
    }

    /** Wikipedia, same article: reading ease 69, which 16 words have with 23 syllables. */
    @Test
    void the_sentence_about_itself_has_twenty_three_syllables() {
        assertThat(Readability.of(
                        "This sentence, taken as a reading passage unto itself, is being used to prove a point.",
                        Language.ENGLISH))
                .isEqualTo(new Readability(23, 16, 1));
    }

    /** Wikipedia, same article: Green Eggs and Ham has 5.7 words a sentence, 1.02 syllables a word, grade -1.3. */
    @Test
    void green_eggs_and_ham_are_under_grade_zero() {
        assertThat(new Readability(1020, 1000, 175).fleschKincaidGrade()).isCloseTo(-1.3, within(0.05));
    }

    /** The R package readabilityes, example of its README: 93.02833 and 59.65038. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Hola. ¿Cómo estás? ¡Todo bien! | 9 | 5 | 3 | 93.02833",
                "La legibilidad facilita la comprensión del texto por parte de las personas lectoras. | 28 | 13 | 1 | 59.65038"
            })
    void spanish_examples_of_another_program(String text, int syllables, int words, int sentences, double score) {
        Readability counts = Readability.of(text, Language.SPANISH);
        assertThat(counts).isEqualTo(new Readability(syllables, words, sentences));
        assertThat(counts.inflesz()).isCloseTo(score, within(0.00001));
    }

    /** Counts of the CMU Pronouncing Dictionary 0.7a. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "the,1", "session,2", "exercise,3", "table,2", "tables,2", "handled,2", "walked,1", "waited,2", "changes,2",
        "takes,1", "moved,1", "safely,2", "easier,3", "quiet,2", "client,2", "patient,2", "create,2", "beyond,2",
        "idea,3", "every,2", "people,2", "anyone,3", "don't,1", "didn't,2", "it's,1", "today,2", "camera,3",
        "therapist,3", "smooth,1", "movement,2", "little,2", "goal,1", "evening,2", "called,1", "radio,3", "million,2"
    })
    void english_syllables(String word, int syllables) {
        assertThat(Readability.of(word, Language.ENGLISH).syllables()).isEqualTo(syllables);
    }

    /** Divided by the rules of the Ortografía (RAE 2010): diphthongs, hiatus, silent u and h. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "paisaje,3",
        "puerta,2",
        "ciudad,2",
        "muy,1",
        "viuda,2",
        "teatro,3",
        "aéreo,4",
        "país,2",
        "baúl,2",
        "oír,2",
        "filosofía,5",
        "río,2",
        "leer,2",
        "ahora,3",
        "prohíbe,3",
        "rehusar,2",
        "guitarra,3",
        "pingüino,3",
        "queso,2",
        "guerra,2",
        "yo,1",
        "ya,1",
        "hoy,1",
        "leyes,2",
        "y,1",
        "sesión,2",
        "estudiáis,3",
        "chiita,3",
        "semana,3",
        "día,2",
        "cuéntenos,3",
        "ejercicio,4",
        "averigüéis,4",
        "alegría,4"
    })
    void spanish_syllables(String word, int syllables) {
        assertThat(Readability.of(word, Language.SPANISH).syllables()).isEqualTo(syllables);
    }

    @Test
    void dots_and_marks_in_a_row_end_one_sentence_and_what_is_left_is_one_too() {
        assertThat(Readability.of("Go on... Really?! ¡Sí", Language.ENGLISH).sentences())
                .isEqualTo(3);
        assertThat(Readability.of("no mark", Language.ENGLISH).sentences()).isEqualTo(1);
    }

    @Test
    void nothing_to_read_is_refused() {
        assertThatThrownBy(() -> Readability.of("...", Language.ENGLISH)).isInstanceOf(IllegalArgumentException.class);
    }
}
