package health.carryover.training;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.risk.Feature;
import health.carryover.clinical.risk.FeatureGroup;
import health.carryover.clinical.risk.Reasons.Reason;
import health.carryover.clinical.risk.RiskFeatures;
import health.carryover.clinical.risk.SessionFact;
import health.carryover.risk.RiskModel;
import health.carryover.risk.RiskModel.Scored;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What staff are told is true of the sessions themselves, and is what the model that is shipped looked at. */
class ReasonsFaithfulnessTest {
    private static final Pattern COUNTS = Pattern.compile(
            "Did (\\d+|no) sessions? in the last 7 days, (\\d+) in the 7 before, (\\d+) in the 14 before those.*");
    private static final Pattern ABSENCE = Pattern.compile("No session for (\\d+) days?.*");

    private static final List<SimulatedPerson> PEOPLE = CohortSimulator.cohort(77, 60);

    /** Sessions known at the cut-off that ended in the days before it, counted the plain way. */
    private static long counted(SimulatedPerson person, Instant cutOff, int fromDaysAgo, int toDaysAgo) {
        Instant from = cutOff.minus(Duration.ofDays(fromDaysAgo));
        Instant to = cutOff.minus(Duration.ofDays(toDaysAgo));
        return person.sessions().stream()
                .filter(SessionFact::counts)
                .filter(s -> !s.receivedAt().isAfter(cutOff))
                .filter(s -> s.endedAt().isAfter(from) && !s.endedAt().isAfter(to))
                .map(SessionFact::id)
                .distinct()
                .count();
    }

    private static long number(String text) {
        return text.equals("no") ? 0 : Long.parseLong(text);
    }

    @Test
    void every_count_and_every_absence_that_is_told_can_be_counted_in_the_sessions() {
        int checked = 0;
        try (RiskModel model = RiskModel.shipped()) {
            for (SimulatedPerson person : PEOPLE) {
                for (Instant cutOff : person.cutOffs()) {
                    Scored scored = model.score(List.of(RiskModel.Row.of(person.plan(), person.sessions(), cutOff)))
                            .getFirst();
                    for (Reason reason : scored.reasons()) {
                        Matcher counts = COUNTS.matcher(reason.text());
                        if (counts.matches()) {
                            assertThat(number(counts.group(1))).isEqualTo(counted(person, cutOff, 7, 0));
                            assertThat(Long.parseLong(counts.group(2))).isEqualTo(counted(person, cutOff, 14, 7));
                            assertThat(Long.parseLong(counts.group(3))).isEqualTo(counted(person, cutOff, 28, 14));
                            checked++;
                        }
                        Matcher absence = ABSENCE.matcher(reason.text());
                        if (absence.matches()) {
                            // Days of planned breaks are not counted, so there may have been more of them, never less.
                            int days = Integer.parseInt(absence.group(1));
                            assertThat(counted(person, cutOff, days, 0)).isZero();
                            checked++;
                        }
                    }
                }
            }
        }
        assertThat(checked).isGreaterThan(200);
    }

    /** At least 95 % of the reasons lower the logit when what they speak of is put at the cohort's median. */
    @Test
    void a_reason_put_at_the_usual_lowers_the_risk() {
        int reasons = 0;
        int lower = 0;
        try (RiskModel model = RiskModel.shipped()) {
            for (SimulatedPerson person : PEOPLE) {
                for (Instant cutOff : person.cutOffs()) {
                    RiskModel.Row row = RiskModel.Row.of(person.plan(), person.sessions(), cutOff);
                    Scored scored = model.score(List.of(row)).getFirst();
                    for (Reason reason : scored.reasons()) {
                        reasons++;
                        if (model.score(List.of(neutral(model, row, reason.group())))
                                        .getFirst()
                                        .logit()
                                < scored.logit()) lower++;
                    }
                }
            }
        }
        assertThat(reasons).isGreaterThan(500);
        assertThat(lower).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * reasons));
    }

    private static RiskModel.Row neutral(RiskModel model, RiskModel.Row row, FeatureGroup group) {
        Map<Feature, Double> values = new EnumMap<>(row.features().values());
        for (Feature feature : Feature.values())
            if (feature.group() == group)
                values.put(feature, model.manifest().medians().get(feature.ordinal()));
        return new RiskModel.Row(RiskFeatures.of(values), row.history());
    }
}
