package health.carryover.clinical.engagement;

import static java.util.stream.Collectors.groupingBy;

import health.carryover.clinical.risk.FeatureGroup;
import health.carryover.clinical.setup.Language;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is said to a patient to keep them going, and for which reason. */
public final class Encouragement {
    /** Why a text is sent. */
    public enum Reason {
        /** No session for days. */
        NO_SESSION,
        /** Fewer sessions from week to week. */
        FALLING_SESSIONS,
        /** Pain; asks how it feels and nothing else. */
        PAIN,
        /** A fixed time of day came apart. */
        TIME_OF_DAY,
        /** An exercise is left out again and again. */
        SKIPPED_EXERCISE,
        FORM,
        DEVICE_TROUBLE,
        /** Back after a pause. */
        RETURNED,
        MILESTONE_REACHED("percent"),
        STREAK_KEPT("weeks"),
        /** At or ahead of most people at the same stage. */
        COHORT;

        private final Set<String> placeholders;

        Reason(String... placeholders) {
            this.placeholders = Set.of(placeholders);
        }

        /** What may be said when a risk score names this; empty where there is nothing to say to the patient. */
        public static Optional<Reason> of(FeatureGroup group) {
            return switch (group) {
                case RECENCY -> Optional.of(NO_SESSION);
                case DOSE, STREAK, PAUSES -> Optional.of(FALLING_SESSIONS);
                case TIME_OF_DAY -> Optional.of(TIME_OF_DAY);
                case COMPLETION, SKIPPED -> Optional.of(SKIPPED_EXERCISE);
                case PAIN -> Optional.of(PAIN);
                case FORM -> Optional.of(FORM);
                case RECORDING -> Optional.of(DEVICE_TROUBLE);
                // Size of the plan, visits and unanswered messages are for staff to speak about.
                case PLAN, VISITS, OUTREACH -> Optional.empty();
            };
        }

        /**
         * What a push may be about: the first of the reasons that has words, but never pain. The words of a push pass
         * through others' hands and lie on a locked screen, and words kept for pain would tell of it; the app asks.
         * @param groups of the risk score, the most important first
         */
        public static Reason ofPush(List<FeatureGroup> groups) {
            return groups.stream()
                    .map(Reason::of)
                    .flatMap(Optional::stream)
                    .filter(reason -> reason != PAIN)
                    .findFirst()
                    .orElse(NO_SESSION);
        }

        /** Numbers that a text inside the app may carry, as {weeks}; a push carries none. */
        public Set<String> placeholders() {
            return placeholders;
        }
    }

    /** Where a text is read. */
    public enum Place {
        /** On a locked screen, by anybody. */
        PUSH,
        /** Inside the app, by the patient. */
        APP
    }

    /**
     * One text in one language.
     * @param id of the message, the same in every language
     */
    public record Text(String id, Reason reason, Language language, Place place, String text) {
        /** With a number for its placeholder, if it has one. */
        public String with(int number) {
            String filled = text;
            for (String name : reason.placeholders())
                filled = filled.replace("{" + name + "}", Integer.toString(number));
            return filled;
        }
    }

    private record Key(Reason reason, Language language, Place place) {}

    private final Map<Key, List<Text>> texts;

    /**
     * @throws IllegalArgumentException if something that is said has one text only, which could only repeat itself
     */
    public Encouragement(List<Text> all) {
        texts = all.stream()
                .sorted(Comparator.comparing(Text::id))
                .collect(groupingBy(text -> new Key(text.reason(), text.language(), text.place())));
        texts.forEach((key, same) -> {
            if (same.stream().map(Text::id).distinct().count() < 2)
                throw new IllegalArgumentException(key + ": two texts or more, else the only one is repeated");
        });
    }

    /**
     * A text, never the message before. The same arguments give the same text.
     * @param previous id of the message that the patient got last, in whatever language; null for none
     * @param seed as a hash of patient and day: spreads the texts
     * @throws IllegalArgumentException if there are no texts of this kind
     */
    public Text choose(Reason reason, Language language, Place place, @Nullable String previous, long seed) {
        Key key = new Key(reason, language, place);
        List<Text> others = texts.getOrDefault(key, List.of()).stream()
                .filter(text -> !text.id().equals(previous))
                .toList();
        if (others.isEmpty()) throw new IllegalArgumentException("no texts for " + key);
        return others.get((int) Math.floorMod(spread(seed), (long) others.size()));
    }

    /** The message of an id in a language; empty where the texts have changed since. */
    public Optional<Text> find(String id, Language language) {
        return all().stream()
                .filter(text -> text.id().equals(id) && text.language() == language)
                .findFirst();
    }

    public List<Text> all() {
        return texts.values().stream().flatMap(List::stream).toList();
    }

    /** Neighbouring seeds, as days, give unlike numbers: the finaliser of SplitMix64 (Steele and others, OOPSLA 2014). */
    private static long spread(long seed) {
        long z = seed + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
