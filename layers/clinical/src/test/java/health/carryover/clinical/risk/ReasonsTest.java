package health.carryover.clinical.risk;

import static health.carryover.clinical.risk.Episode.day;
import static health.carryover.clinical.risk.Episode.pain;
import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.risk.CarePlan.Visit;
import health.carryover.clinical.risk.Reasons.Reason;
import health.carryover.clinical.risk.SessionFact.Recording;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReasonsTest {
    private static final Map<Feature, Double> TYPICAL =
            Map.of(Feature.COMPLETION_RECENT, 0.95, Feature.FORM_RECENT, 0.8);

    /** What is said of each group by itself. */
    private static String words(RiskFeatures features, FeatureGroup group) {
        return Reasons.top(features, Map.of(group, 1.0), TYPICAL).stream()
                .map(Reason::text)
                .collect(Collectors.joining());
    }

    @Test
    void absence_is_told_beside_the_usual_gap() {
        assertThat(words(new Episode().sessionsOn(20, 22, 24, 26).features(32), FeatureGroup.RECENCY))
                .isEqualTo("No session for 6 days; usually every 2 days");
        assertThat(words(new Episode().features(3), FeatureGroup.RECENCY))
                .isEqualTo("No session yet, 3 days into the plan");
    }

    @Test
    void a_falling_dose_is_told_in_sessions_that_one_can_count() {
        RiskFeatures features =
                new Episode().sessionsDaily(1, 21).sessionsOn(23, 25).features(28);
        assertThat(words(features, FeatureGroup.DOSE))
                .isEqualTo(
                        "Did 2 sessions in the last 7 days, 7 in the 7 before, 14 in the 14 before those; 64 % of what was prescribed for 14 days");
        assertThat(words(features, FeatureGroup.STREAK)).isEqualTo("First weak week after 3 good weeks");
    }

    @Test
    void earlier_pauses_and_an_uneven_rhythm_are_told() {
        assertThat(words(new Episode().sessionsOn(1, 2, 18, 19).features(21), FeatureGroup.PAUSES))
                .isEqualTo("Has stayed away for more than two weeks before");
        assertThat(words(new Episode().sessionsOn(1, 2, 3, 13, 14, 15).features(16), FeatureGroup.PAUSES))
                .isEqualTo("Uneven rhythm: on average every 2.8 days, give or take 3.6 days");
        assertThat(words(new Episode().sessionsDaily(1, 15).features(16), FeatureGroup.PAUSES))
                .isEmpty();
    }

    @Test
    void pain_is_told_with_its_trend_and_flares() {
        RiskFeatures features = new Episode()
                .with(pain(7, 2, 2))
                .with(pain(14, 3, 5))
                .with(pain(21, 4, 4))
                .features(28);
        assertThat(words(features, FeatureGroup.PAIN))
                .isEqualTo("Pain 3 of 10 before sessions, rising by 1.0 a week; "
                        + "pain rises by 2 or more after 33 % of sessions");
    }

    @Test
    void little_pain_may_be_why_somebody_stops() {
        assertThat(words(new Episode().sessionsDaily(1, 10).features(12), FeatureGroup.PAIN))
                .isEqualTo("Little pain left, may see no need to go on");
    }

    @Test
    void the_front_desk_is_not_told_of_pain_but_asked_to_ask() {
        assertThat(Reasons.forFrontDesk(List.of(
                        "Pain 3 of 10 before sessions, rising by 1.0 a week",
                        "No session for 6 days; usually every 2 days",
                        "Little pain left, may see no need to go on")))
                .containsExactly("Ask how it feels", "No session for 6 days; usually every 2 days");
    }

    @Test
    void visits_and_device_trouble_are_told() {
        RiskFeatures features = new Episode()
                .with(Episode.quality(20, 0.6, 0.7, Recording.MANUAL))
                .visit(Visit.booked(day(0), day(20)).becomes(Visit.State.MISSED, day(20)))
                .features(28);
        assertThat(words(features, FeatureGroup.VISITS))
                .isEqualTo("Missed or cancelled 1 visit in six weeks; no visit booked");
        assertThat(words(features, FeatureGroup.RECORDING))
                .isEqualTo("100 % of sessions checked off by hand; ask whether camera or sensor give trouble");
        assertThat(words(features, FeatureGroup.COMPLETION)).isEqualTo("Does 60 % of a session; others mostly 95 %");
    }

    @Test
    void a_group_with_nothing_to_act_on_is_no_reason() {
        RiskFeatures idle = new Episode().sessionsDaily(1, 8).features(55);
        Map<FeatureGroup, Double> changes =
                Arrays.stream(FeatureGroup.values()).collect(Collectors.toMap(g -> g, _ -> 1.0));
        List<FeatureGroup> told =
                Reasons.top(idle, changes, TYPICAL).stream().map(Reason::group).toList();
        assertThat(told).doesNotContain(FeatureGroup.PAIN, FeatureGroup.FORM, FeatureGroup.COMPLETION);
    }

    @Test
    void the_three_strongest_are_told_and_none_that_lowers_the_risk() {
        RiskFeatures features = new Episode().sessionsOn(2, 10, 20).features(28);
        List<Reason> reasons = Reasons.top(
                features,
                Map.of(
                        FeatureGroup.RECENCY, 0.4,
                        FeatureGroup.DOSE, 1.2,
                        FeatureGroup.VISITS, 0.3,
                        FeatureGroup.STREAK, 0.2,
                        FeatureGroup.PLAN, -2.0),
                TYPICAL);
        assertThat(reasons)
                .extracting(Reason::group)
                .containsExactly(FeatureGroup.DOSE, FeatureGroup.RECENCY, FeatureGroup.VISITS);
        assertThat(Reasons.top(features, Map.of(FeatureGroup.PLAN, 0.05), TYPICAL))
                .isEmpty();
    }
}
