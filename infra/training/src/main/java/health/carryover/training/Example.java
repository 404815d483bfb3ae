package health.carryover.training;

import health.carryover.clinical.risk.DailyHistory;
import health.carryover.clinical.risk.Feature;
import health.carryover.clinical.risk.Lapse14;
import health.carryover.clinical.risk.RiskFeatures;
import health.carryover.risk.RiskModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A person on one day, and what came of it.
 *
 * @param dataset where the row is from
 * @param person rows of one person never stand in two folds
 * @param day of the cut-off, in days since 1970, UTC
 * @param history {@link DailyHistory} up to the cut-off
 * @param lapsed the label
 * @param sessionDays28 sessions (or session days, in activity logs) of the last 28 days, for the one-line rule
 * @param traits what is known of the person, for reporting by subgroup only; never an input
 */
public record Example(
        String dataset,
        String person,
        long day,
        RiskFeatures features,
        float[] history,
        boolean lapsed,
        double sessionDays28,
        Map<String, String> traits) {
    public Example {
        traits = Map.copyOf(traits);
    }

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
                RiskFeatures features = RiskFeatures.of(person.plan(), person.sessions(), cutOff);
                examples.add(new Example(
                        "simulated",
                        person.id(),
                        Math.floorDiv(cutOff.getEpochSecond(), 86_400),
                        features,
                        DailyHistory.of(person.plan(), person.sessions(), cutOff),
                        outcome == Lapse14.LAPSED,
                        recent,
                        Map.of(
                                "recording",
                                features.value(Feature.MANUAL_SHARE).orElse(0) > 0.5
                                        ? "mostly by hand"
                                        : "mostly camera")));
            }
        }
        return examples;
    }

    /**
     * Still exercising: the last session at most 13 days ago and three or more in 28 days. Those for whom a warning can
     * come in time; who has stopped already is easy to tell and flatters every score.
     */
    boolean active() {
        return sessionDays28 >= 3 && daysSince() <= 13;
    }

    /** Of days since the last session. */
    double daysSince() {
        return features.value(Feature.DAYS_SINCE_SESSION).orElse(0);
    }

    /** What a model is given of it. */
    public RiskModel.Row row() {
        return new RiskModel.Row(features, history);
    }

    /** The person, told apart from one of the same name in another set. */
    String key() {
        return dataset + "/" + person;
    }

    /** What must not be torn apart by a fold: the team where there is one, else the person. */
    String group() {
        String team = traits.get("team");
        return team == null ? key() : dataset + "/team " + team;
    }

    static boolean[] labels(List<Example> examples) {
        boolean[] labels = new boolean[examples.size()];
        for (int i = 0; i < labels.length; i++) labels[i] = examples.get(i).lapsed();
        return labels;
    }
}
