package health.carryover.training;

import health.carryover.clinical.risk.Feature;
import health.carryover.clinical.risk.Lapse14;
import health.carryover.clinical.risk.RiskFeatures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A person on one day, and what came of it.
 *
 * @param dataset where the row is from
 * @param person rows of one person never stand in two folds
 * @param day of the cut-off, in days since 1970, UTC
 * @param lapsed the label
 * @param sessionDays28 sessions (or session days, in the public logs) of the last 28 days, for the one-line rule
 */
public record Example(
        String dataset, String person, long day, RiskFeatures features, boolean lapsed, double sessionDays28) {

    /** All rows of a simulated cohort whose label has settled. */
    static List<Example> of(List<SimulatedPerson> cohort) {
        List<Example> examples = new ArrayList<>();
        for (SimulatedPerson person : cohort) {
            for (Instant cutOff : person.cutOffs()) {
                Lapse14 outcome = Lapse14.of(person.plan(), person.sessions(), person.observation(), cutOff);
                if (!outcome.settled()) continue;
                Instant since = cutOff.minus(Duration.ofDays(28));
                long recent = person.sessions().stream()
                        .filter(session -> session.endedAt().isAfter(since)
                                && !session.endedAt().isAfter(cutOff)
                                && !session.receivedAt().isAfter(cutOff))
                        .count();
                examples.add(new Example(
                        "simulated",
                        person.id(),
                        Math.floorDiv(cutOff.getEpochSecond(), 86_400),
                        RiskFeatures.of(person.plan(), person.sessions(), cutOff),
                        outcome == Lapse14.LAPSED,
                        recent));
            }
        }
        return examples;
    }

    /**
     * Still exercising: the last session at most 13 days ago and three or more in 28 days. Those for whom a warning can
     * come in time; who has stopped already is easy to tell and flatters every score.
     */
    boolean active() {
        return sessionDays28 >= 3 && features.value(Feature.DAYS_SINCE_SESSION).orElse(0) <= 13;
    }
}
