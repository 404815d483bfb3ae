package health.carryover.clinical.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.clinical.engagement.Encouragement.Place;
import health.carryover.clinical.engagement.Encouragement.Reason;
import health.carryover.clinical.engagement.Encouragement.Text;
import health.carryover.clinical.risk.FeatureGroup;
import health.carryover.clinical.setup.Language;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncouragementTest {
    private static List<Text> four() {
        List<Text> texts = new ArrayList<>();
        for (Language language : Language.values())
            for (int i = 1; i <= 4; i++)
                texts.add(new Text("returned_" + i, Reason.RETURNED, language, Place.PUSH, language + " " + i));
        return texts;
    }

    private static final Encouragement FOUR = new Encouragement(four());

    private static Text choose(Language language, String previous, long seed) {
        return FOUR.choose(Reason.RETURNED, language, Place.PUSH, previous, seed);
    }

    @Test
    void the_message_before_is_never_repeated_whatever_the_language() {
        String previous = null;
        for (long seed = -500; seed < 500; seed++) {
            Text text = choose(Language.values()[(int) Math.floorMod(seed / 3, 2L)], previous, seed);
            assertThat(text.id()).isNotEqualTo(previous);
            previous = text.id();
        }
    }

    @Test
    void the_same_seed_gives_the_same_text_however_the_file_is_ordered() {
        List<Text> shuffled = four();
        Collections.shuffle(shuffled, new Random(7));
        Encouragement other = new Encouragement(shuffled);
        for (long seed = 0; seed < 100; seed++)
            assertThat(other.choose(Reason.RETURNED, Language.SPANISH, Place.PUSH, "returned_2", seed))
                    .isEqualTo(choose(Language.SPANISH, "returned_2", seed));
    }

    @Test
    void neighbouring_days_as_seeds_use_all_texts() {
        Set<String> used = new HashSet<>();
        for (long day = 20_000; day < 20_014; day++)
            used.add(choose(Language.ENGLISH, null, day).id());
        assertThat(used).hasSize(4);
    }

    @Test
    void the_text_is_in_the_language_asked_for() {
        assertThat(choose(Language.SPANISH, null, 1).text()).startsWith("SPANISH");
    }

    @Test
    void a_reason_without_texts_and_a_lonely_text_are_refused() {
        assertThatThrownBy(() -> FOUR.choose(Reason.PAIN, Language.ENGLISH, Place.PUSH, null, 1))
                .hasMessageContaining("PAIN");
        assertThatThrownBy(() -> new Encouragement(four().subList(0, 1))).hasMessageContaining("RETURNED");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "RECENCY, NO_SESSION",
        "DOSE, FALLING_SESSIONS",
        "STREAK, FALLING_SESSIONS",
        "TIME_OF_DAY, TIME_OF_DAY",
        "SKIPPED, SKIPPED_EXERCISE",
        "PAIN, PAIN",
        "FORM, FORM",
        "RECORDING, DEVICE_TROUBLE",
        "VISITS,",
        "OUTREACH,"
    })
    void what_a_risk_score_names_gives_the_reason_to_write(FeatureGroup group, Reason reason) {
        if (reason == null) assertThat(Reason.of(group)).isEmpty();
        else assertThat(Reason.of(group)).contains(reason);
    }

    @Test
    void a_number_takes_the_place_of_its_placeholder() {
        Text text = new Text("s", Reason.STREAK_KEPT, Language.ENGLISH, Place.APP, "{weeks} good weeks.");
        assertThat(text.with(5)).isEqualTo("5 good weeks.");
    }

    @Test
    void a_push_is_about_the_first_reason_that_has_words_and_never_about_pain() {
        assertThat(Reason.ofPush(List.of(FeatureGroup.PAIN, FeatureGroup.VISITS, FeatureGroup.TIME_OF_DAY)))
                .isEqualTo(Reason.TIME_OF_DAY);
        assertThat(Reason.ofPush(List.of(FeatureGroup.PAIN))).isEqualTo(Reason.NO_SESSION);
        assertThat(Reason.ofPush(List.of())).isEqualTo(Reason.NO_SESSION);
        for (FeatureGroup group : FeatureGroup.values())
            assertThat(Reason.ofPush(List.of(group))).isNotEqualTo(Reason.PAIN);
    }
}
