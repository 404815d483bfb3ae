package health.carryover.clinical.risk;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One session of home exercise, as far as the risk of stopping is concerned.
 *
 * @param id the name the phone gave it; two facts with one id are the same session sent twice
 * @param endedAt when the patient finished, by the corrected clock
 * @param receivedAt when we learned of it; a late upload is unknown before that, in training as in serving
 * @param completedFraction 0..1 of what was prescribed for the session; 0 = opened but nothing done, not a session
 * @param painBefore numeric pain rating 0..10 before the session, null = not asked or not answered
 * @param painAfter the same afterwards
 * @param formScore 0..1 quality of movement, 1 = as taught; null = not measured (checked off by hand)
 * @param skipped codes of the exercises left out
 * @param recording how we know of the session
 */
public record SessionFact(
        String id,
        Instant endedAt,
        Instant receivedAt,
        double completedFraction,
        @Nullable Integer painBefore,
        @Nullable Integer painAfter,
        @Nullable Double formScore,
        Set<String> skipped,
        Recording recording) {

    /** How a session became known. All of them count as a session. */
    public enum Recording {
        CAMERA,
        SENSOR,
        MANUAL
    }

    /** Total, so that one order results whatever order the sessions arrived in. */
    private static final Comparator<SessionFact> CHRONOLOGICAL =
            comparing(SessionFact::endedAt).thenComparing(SessionFact::id);

    /** Of two copies with one id the first received counts; the rest only makes the order total. */
    private static final Comparator<SessionFact> FIRST_COPY = comparing(SessionFact::receivedAt)
            .thenComparing(SessionFact::endedAt)
            .thenComparing(SessionFact::completedFraction)
            .thenComparing(SessionFact::toString);

    public SessionFact {
        if (id.isBlank()) throw new IllegalArgumentException("a session needs an id");
        if (!(completedFraction >= 0 && completedFraction <= 1))
            throw new IllegalArgumentException("completed fraction outside [0, 1]");
        requirePain(painBefore);
        requirePain(painAfter);
        if (formScore != null && !(formScore >= 0 && formScore <= 1))
            throw new IllegalArgumentException("form score outside [0, 1]");
        skipped = Collections.unmodifiableSet(new TreeSet<>(skipped));
    }

    private static void requirePain(@Nullable Integer pain) {
        if (pain != null && (pain < 0 || pain > 10)) throw new IllegalArgumentException("pain outside [0, 10]");
    }

    /** True when something was done; the short version of a hard day counts. */
    public boolean counts() {
        return completedFraction > 0;
    }

    /** The sessions that count, each once, in the order in which they were done. */
    static List<SessionFact> distinct(Collection<SessionFact> uploads) {
        Map<String, SessionFact> first = new LinkedHashMap<>();
        for (SessionFact upload : uploads)
            first.merge(upload.id(), upload, (a, b) -> FIRST_COPY.compare(a, b) <= 0 ? a : b);
        return first.values().stream()
                .filter(SessionFact::counts)
                .sorted(CHRONOLOGICAL)
                .toList();
    }
}
