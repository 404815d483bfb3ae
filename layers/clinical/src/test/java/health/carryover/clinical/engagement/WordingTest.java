package health.carryover.clinical.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.clinical.engagement.Encouragement.Place;
import health.carryover.clinical.engagement.Encouragement.Reason;
import health.carryover.clinical.engagement.Encouragement.Text;
import health.carryover.clinical.engagement.Wording.Unsaid;
import health.carryover.clinical.engagement.Wording.Why;
import health.carryover.clinical.setup.Language;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {
    private static final Wording WORDING = new Wording(List.of(
            new Unsaid(Language.ENGLISH, "fail*", Why.SHAMING),
            new Unsaid(Language.ENGLISH, "wrong", Why.SHAMING),
            new Unsaid(Language.ENGLISH, "non complian*", Why.SHAMING),
            new Unsaid(Language.ENGLISH, "knee*", Why.PRIVATE),
            new Unsaid(Language.ENGLISH, "come", Why.SHAMING),
            new Unsaid(Language.SPANISH, "deberí*", Why.SHAMING),
            new Unsaid(Language.SPANISH, "hay que", Why.SHAMING)));

    private static List<String> faults(Language language, Place place, String text) {
        return WORDING.faults(new Text("id", Reason.STREAK_KEPT, language, place, text));
    }

    private static List<String> push(String english) {
        return faults(Language.ENGLISH, Place.PUSH, english);
    }

    @Test
    void a_short_kind_text_is_fine() {
        assertThat(push("Good to have you back. Start small.")).isEmpty();
        assertThat(faults(Language.SPANISH, Place.PUSH, "Qué bueno verle. Vaya despacio."))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ENGLISH, You failed., fail*",
        "ENGLISH, FAILURE is here., fail*",
        "ENGLISH, That is wrong!, wrong",
        "ENGLISH, You are non-compliant., non complian*",
        "ENGLISH, Bend your knees., knee*",
        "SPANISH, Debería ir hoy., deberí*",
        "SPANISH, Usted deberia ir., deberí*",
        "SPANISH, 'Hoy, hay que ir.', hay que"
    })
    void words_that_are_not_said_are_found_in_any_case_accent_or_ending(Language language, String text, String unsaid) {
        assertThat(faults(language, Place.PUSH, text)).contains("says " + unsaid);
    }

    /** Spanish "come" is "eats". */
    @Test
    void a_word_is_looked_for_in_its_own_language_only() {
        assertThat(push("Come on.")).contains("says come");
        assertThat(faults(Language.SPANISH, Place.PUSH, "Usted come bien.")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A wrongdoer is far.", "Take unfailing care."})
    void a_word_that_only_contains_one_is_fine(String text) {
        assertThat(push(text)).noneMatch(fault -> fault.startsWith("says"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Deberi\u0301a ir hoy.", "Usted deber\u00EDa.\u0301", "\u0430qu\u00ED hoy.", "\uFF46ail"})
    void an_accent_of_its_own_or_a_letter_that_only_looks_like_ours_is_refused(String text) {
        assertThat(faults(Language.SPANISH, Place.PUSH, text)).contains("holds letters of neither English nor Spanish");
    }

    @Test
    void inside_the_app_the_body_may_be_named_but_nobody_is_shamed() {
        assertThat(faults(Language.ENGLISH, Place.APP, "Your knee is on its way."))
                .isEmpty();
        assertThat(faults(Language.ENGLISH, Place.APP, "You failed.")).contains("says fail*");
    }

    @Test
    void a_locked_screen_shows_no_number_and_no_placeholder() {
        assertThat(push("Pain of 7 today?")).contains("no numbers on a locked screen");
        assertThat(push("{weeks} good weeks.")).contains("no placeholder on a locked screen");
    }

    @Test
    void a_placeholder_is_one_that_the_reason_fills() {
        assertThat(faults(Language.ENGLISH, Place.APP, "{weeks} good weeks.")).isEmpty();
        assertThat(faults(Language.ENGLISH, Place.APP, "{name}, go on."))
                .singleElement()
                .asString()
                .contains("[weeks]");
        assertThat(faults(Language.ENGLISH, Place.APP, "{weeks good.")).contains("a brace that is no placeholder");
        assertThat(faults(Language.ENGLISH, Place.APP, "Go {Weeks}.")).contains("a brace that is no placeholder");
    }

    @Test
    void longer_than_a_push_is_too_long() {
        String longest = "Go on. ".repeat(25) + "On.";
        assertThat(longest).hasSize(178);
        assertThat(push(longest)).isEmpty();
        assertThat(push(longest + "!")).containsExactly("179 characters instead of at most 178");
    }

    @Test
    void hard_english_is_refused_with_its_grade() {
        assertThat(push("Considerable rehabilitation requires continual determination."))
                .singleElement()
                .asString()
                .startsWith("too hard to read: grade ")
                .endsWith(" of at most 6");
    }

    @Test
    void hard_spanish_is_refused_with_its_score() {
        assertThat(faults(
                        Language.SPANISH,
                        Place.PUSH,
                        "La rehabilitación domiciliaria supervisada requiere continuidad indispensable."))
                .singleElement()
                .asString()
                .startsWith("too hard to read: INFLESZ ")
                .endsWith(" of at least 55");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fa\u200Bil", "Go\non.", "Go \u202Eon."})
    void characters_that_are_not_seen_are_refused(String text) {
        assertThat(push(text)).contains("holds characters that are not seen");
    }

    @Test
    void an_empty_text_is_missing_and_one_of_marks_has_no_words() {
        assertThat(push(" ")).containsExactly("missing");
        assertThat(push("!!!")).containsExactly("no words");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "fa*il", " fail", "two  spaces", "x1", "f\u0430il"})
    void a_pattern_that_would_match_nothing_or_all_is_refused(String words) {
        assertThatThrownBy(() -> new Unsaid(Language.ENGLISH, words, Why.SHAMING))
                .hasMessageStartingWith("words");
    }
}
