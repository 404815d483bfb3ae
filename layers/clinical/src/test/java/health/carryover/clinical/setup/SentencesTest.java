package health.carryover.clinical.setup;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Posture;
import health.carryover.clinical.motion.View;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SentencesTest {
    private static final Pattern TECHNICAL = Pattern.compile(
            "(?i)landmark|visib|frame|fps|luma|pixel|azimuth|lateral|frontal|oblique|angle|posture|obstruct|track|fotograma");
    private static final Pattern SYLLABLE = Pattern.compile("[aeiouyáéíóúü]+");

    private static Set<String> all(Language language) {
        Set<String> all = new HashSet<>();
        for (SetupFault fault : SetupFault.values())
            for (Posture posture : Posture.values())
                for (View view : List.of(View.FRONTAL, View.OBLIQUE, View.LATERAL, View.REAR))
                    all.add(fault.sentence(
                            new SetupWish(List.of(view), Set.of(Landmark.LEFT_KNEE), posture), language));
        all.add(new SetupAnswer.WithoutCamera().sentence(language));
        return all;
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void an_instruction_is_one_short_sentence_without_technical_words(Language language) {
        for (String sentence : all(language)) {
            assertThat(sentence).matches("[^.!?;:]+\\.");
            assertThat(sentence.split(" ")).as(sentence).hasSizeLessThanOrEqualTo(17);
            assertThat(TECHNICAL.matcher(sentence).find()).as(sentence).isFalse();
        }
    }

    /** Flesch-Kincaid grade for English; Szigriszt-Pazos for Spanish, where 65 and more is read at the end of primary school. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void the_instructions_are_read_in_sixth_grade(Language language) {
        Set<String> all = all(language);
        double words = 0;
        double syllables = 0;
        for (String sentence : all) {
            for (String word : sentence.toLowerCase(Locale.ROOT).split("[^a-záéíóúüñ]+")) {
                if (word.isEmpty()) continue;
                words++;
                long groups = SYLLABLE.matcher(word).results().count();
                boolean silent =
                        language == Language.ENGLISH && groups > 1 && word.endsWith("e") && !word.endsWith("le");
                syllables += Math.max(1, silent ? groups - 1 : groups);
            }
        }
        double length = words / all.size();
        if (language == Language.ENGLISH)
            assertThat(0.39 * length + 11.8 * syllables / words - 15.59).isLessThan(6);
        else assertThat(206.835 - 62.3 * syllables / words - length).isGreaterThan(65);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void every_fault_has_its_own_words(Language language) {
        var wish = new SetupWish(List.of(View.LATERAL), Set.of(Landmark.LEFT_KNEE), Posture.STANDING);
        Set<String> sentences = new HashSet<>();
        for (SetupFault fault : SetupFault.values()) sentences.add(fault.sentence(wish, language));
        assertThat(sentences).hasSize(SetupFault.values().length);
    }
}
