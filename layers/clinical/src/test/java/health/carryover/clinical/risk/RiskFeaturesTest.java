package health.carryover.clinical.risk;

import static health.carryover.clinical.risk.Episode.day;
import static health.carryover.clinical.risk.Episode.pain;
import static health.carryover.clinical.risk.Episode.quality;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.risk.CarePlan.Outreach;
import health.carryover.clinical.risk.CarePlan.Visit;
import health.carryover.clinical.risk.SessionFact.Recording;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each expected number was worked out by hand from the days in the test. */
class RiskFeaturesTest {
    private static double value(RiskFeatures features, Feature feature) {
        return features.value(feature).orElseThrow();
    }

    @Test
    void six_days_without_a_session_of_one_who_came_every_second_day() {
        RiskFeatures features = new Episode().sessionsOn(20, 22, 24, 26).features(32);
        assertThat(value(features, Feature.DAYS_SINCE_SESSION)).isEqualTo(6);
        assertThat(value(features, Feature.USUAL_GAP_DAYS)).isEqualTo(2);
        assertThat(value(features, Feature.GAP_RATIO)).isEqualTo(3);
    }

    /** Gaps of 2, 2, 2, 18 and 2 days; two days ago was the last. */
    @Test
    void earlier_pauses_are_told_beside_the_present_one() {
        RiskFeatures features = new Episode().sessionsOn(2, 4, 6, 8, 26, 28).features(30);
        assertThat(value(features, Feature.MEAN_GAP_DAYS)).isCloseTo(5.2, within(1e-9));
        assertThat(value(features, Feature.GAP_SPREAD_DAYS)).isCloseTo(6.4, within(1e-9));
        assertThat(value(features, Feature.GAPS_AS_LONG)).isEqualTo(1);
        // One of five gaps went on for 14 days more: (1 + 0.5 x 0.05) / (5 + 0.5).
        assertThat(value(features, Feature.PAUSE_GOES_ON)).isCloseTo(1.025 / 5.5, within(1e-9));
        // One long pause in a third of a quarter.
        assertThat(value(features, Feature.LONG_PAUSES)).isCloseTo(1 / (1 + 30 / 90.0), within(1e-9));
        RiskFeatures later = new Episode().sessionsOn(2, 4, 6, 8, 26, 28).features(31);
        assertThat(value(later, Feature.GAPS_AS_LONG)).isCloseTo(0.2, within(1e-9));
        assertThat(new Episode().sessionsOn(2, 4).features(5).value(Feature.PAUSE_GOES_ON))
                .isEmpty();
    }

    @Test
    void a_planned_break_is_no_pause() {
        RiskFeatures features = new Episode()
                .sessionsOn(2, 4, 6, 26, 28)
                .breakOn("2026-01-12", "2026-01-31")
                .features(30);
        assertThat(value(features, Feature.LONG_PAUSES)).isZero();
    }

    @Test
    void sessions_are_counted_over_five_windows() {
        RiskFeatures features = new Episode().sessionsDaily(1, 90).features(90);
        assertThat(value(features, Feature.SESSIONS_3D)).isEqualTo(3);
        assertThat(value(features, Feature.SESSIONS_7D)).isEqualTo(7);
        assertThat(value(features, Feature.SESSIONS_14D)).isEqualTo(14);
        assertThat(value(features, Feature.SESSIONS_28D)).isEqualTo(28);
        assertThat(value(features, Feature.SESSIONS_84D)).isEqualTo(84);
    }

    @Test
    void without_any_session_the_days_count_from_the_prescription() {
        RiskFeatures features = new Episode().features(3.5);
        assertThat(value(features, Feature.NO_SESSION_YET)).isEqualTo(1);
        assertThat(value(features, Feature.DAYS_SINCE_SESSION)).isEqualTo(3.5);
        assertThat(features.value(Feature.USUAL_GAP_DAYS)).isEmpty();
    }

    @Test
    void days_of_a_planned_break_do_not_count_as_absence() {
        // Day 26 is 31 January 10:00 in Chicago; the break covers 1 to 3 February, three whole days.
        RiskFeatures features = new Episode()
                .sessionsOn(20, 22, 24, 26)
                .breakOn("2026-02-01", "2026-02-03")
                .features(32);
        assertThat(value(features, Feature.DAYS_SINCE_SESSION)).isEqualTo(3);
    }

    @Test
    void the_dose_ratio_is_sessions_done_of_sessions_prescribed() {
        // Seven a week: 7, 14 and 28 prescribed; done 2, 9 and 23.
        RiskFeatures features =
                new Episode().sessionsDaily(1, 21).sessionsOn(22.5, 25.5).features(28);
        assertThat(value(features, Feature.DOSE_RATIO_7D)).isEqualTo(2 / 7.0, within(1e-12));
        assertThat(value(features, Feature.DOSE_RATIO_14D)).isEqualTo(9 / 14.0, within(1e-12));
        assertThat(value(features, Feature.DOSE_RATIO_28D)).isEqualTo(23 / 28.0, within(1e-12));
    }

    @Test
    void a_session_exactly_at_the_start_of_a_window_is_outside_and_one_at_the_cut_off_inside() {
        assertThat(value(new Episode().sessionsOn(21).features(28), Feature.DOSE_RATIO_7D))
                .isZero();
        assertThat(value(new Episode().sessionsOn(28).features(28), Feature.DOSE_RATIO_7D))
                .isEqualTo(1 / 7.0, within(1e-12));
    }

    @Test
    void a_change_of_the_dose_counts_from_its_moment() {
        // Seven a week for 3.5 of the last 7 days, then two a week: 3.5 + 1 = 4.5 prescribed, 3 done.
        RiskFeatures features =
                new Episode().doseFrom(24.5, 2).sessionsOn(22, 23, 26).features(28);
        assertThat(value(features, Feature.DOSE_RATIO_7D)).isEqualTo(3 / 4.5, within(1e-12));
        assertThat(value(features, Feature.PRESCRIBED_PER_WEEK)).isEqualTo(2);
    }

    @Test
    void when_less_than_one_session_was_prescribed_there_is_no_ratio() {
        RiskFeatures features = new Episode().perWeek(0).sessionsOn(25).features(28);
        assertThat(features.value(Feature.DOSE_RATIO_7D)).isEmpty();
        assertThat(features.value(Feature.DOSE_RATIO_28D)).isEmpty();
    }

    @Test
    void weekly_ratios_of_7_5_3_1_of_seven_fall_by_two_sevenths_a_week() {
        RiskFeatures features = new Episode()
                .sessionsDaily(1, 7)
                .sessionsDaily(8, 12)
                .sessionsDaily(15, 17)
                .sessionsOn(22)
                .features(28);
        assertThat(value(features, Feature.DOSE_RATIO_SLOPE)).isEqualTo(-2 / 7.0, within(1e-12));
    }

    @Test
    void a_slope_needs_three_whole_weeks() {
        assertThat(new Episode().sessionsDaily(1, 20).features(20.9).value(Feature.DOSE_RATIO_SLOPE))
                .isEmpty();
        assertThat(new Episode().sessionsDaily(1, 21).features(21).value(Feature.DOSE_RATIO_SLOPE))
                .isPresent();
    }

    @Test
    void a_weak_week_after_three_kept_ones_breaks_the_streak() {
        RiskFeatures features =
                new Episode().sessionsDaily(1, 21).sessionsOn(23, 25, 27).features(28);
        assertThat(value(features, Feature.KEPT_WEEKS_BEFORE)).isEqualTo(3);
        assertThat(value(features, Feature.STREAK_BROKEN)).isEqualTo(1);
    }

    @Test
    void a_week_of_holiday_does_not_end_a_streak() {
        // Days 8 to 14 of the plan are inside 12 to 19 January.
        RiskFeatures features = new Episode()
                .sessionsDaily(1, 7)
                .breakOn("2026-01-12", "2026-01-19")
                .sessionsDaily(15, 28)
                .features(28);
        assertThat(value(features, Feature.KEPT_WEEKS_BEFORE)).isEqualTo(2);
        assertThat(value(features, Feature.STREAK_BROKEN)).isZero();
    }

    @Test
    void the_same_hour_every_day_is_perfectly_consistent() {
        assertThat(value(new Episode().sessionsDaily(1, 28).features(28), Feature.TIME_OF_DAY_CONSISTENCY))
                .isEqualTo(1, within(1e-12));
    }

    @Test
    void three_mornings_and_one_evening_twelve_hours_apart_give_one_half() {
        // Unit vectors: three the same, one opposite; (3 - 1) / 4.
        RiskFeatures features = new Episode().sessionsOn(20, 21, 22, 23.5).features(28);
        assertThat(value(features, Feature.TIME_OF_DAY_CONSISTENCY)).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void times_on_both_sides_of_midnight_are_close() {
        // 23:00 and 01:00: two hours apart, 30 degrees; the mean vector is cos 15 degrees long.
        RiskFeatures features = new Episode()
                .sessionsOn(20 + 13 / 24.0, 21 + 15 / 24.0, 22 + 13 / 24.0, 23 + 15 / 24.0)
                .features(28);
        assertThat(value(features, Feature.TIME_OF_DAY_CONSISTENCY)).isEqualTo(0.9659258, within(1e-6));
    }

    @Test
    void the_wall_clock_decides_the_time_of_day_when_clocks_change() {
        // Clocks go forward on 8 March 2026, day 62: 10:00 before is 16:00 UTC, after it 15:00 UTC.
        RiskFeatures features = new Episode()
                .sessionsOn(58, 59, 60, 63 - 1 / 24.0, 64 - 1 / 24.0, 65 - 1 / 24.0)
                .features(70);
        assertThat(value(features, Feature.TIME_OF_DAY_CONSISTENCY)).isEqualTo(1, within(1e-12));
    }

    @Test
    void a_habit_that_comes_apart_shows_as_a_loss() {
        RiskFeatures features = new Episode()
                .sessionsDaily(1, 14)
                .sessionsOn(18, 19.5, 20, 22.5, 24, 26.5)
                .features(28);
        assertThat(value(features, Feature.TIME_OF_DAY_LOSS)).isEqualTo(1, within(1e-9));
    }

    @Test
    void completion_and_form_are_means_of_the_last_six_sessions_with_their_change() {
        Episode episode =
                new Episode().with(quality(5, 1, 0.9, Recording.CAMERA)).with(quality(7, 0.8, 0.7, Recording.CAMERA));
        for (int day = 10; day < 16; day++) episode.with(quality(day, 0.5, 0.6, Recording.MANUAL));
        RiskFeatures features = episode.features(28);
        assertThat(value(features, Feature.COMPLETION_RECENT)).isEqualTo(0.5);
        assertThat(value(features, Feature.COMPLETION_CHANGE)).isEqualTo(-0.4, within(1e-12));
        assertThat(value(features, Feature.FORM_RECENT)).isEqualTo(0.6, within(1e-12));
        assertThat(value(features, Feature.FORM_CHANGE)).isEqualTo(-0.2, within(1e-12));
        assertThat(value(features, Feature.MANUAL_SHARE)).isEqualTo(0.75);
    }

    @Test
    void six_sessions_or_fewer_leave_nothing_to_compare_with() {
        RiskFeatures features = new Episode().sessionsDaily(1, 6).features(28);
        assertThat(features.value(Feature.COMPLETION_RECENT)).hasValue(1);
        assertThat(features.value(Feature.COMPLETION_CHANGE)).isEmpty();
    }

    @Test
    void an_exercise_left_out_three_times_in_six_sessions_is_skipped_repeatedly() {
        RiskFeatures features = new Episode()
                .with(quality(15, 1, 1, Recording.CAMERA, "bridge", "clam"))
                .with(quality(16, 1, 1, Recording.CAMERA, "bridge", "clam"))
                .with(quality(17, 1, 1, Recording.CAMERA, "bridge"))
                .with(quality(18, 1, 1, Recording.CAMERA, "squat"))
                .features(28);
        assertThat(value(features, Feature.SKIPPED_REPEATEDLY)).isEqualTo(1);
    }

    @Test
    void pain_that_rises_by_one_a_week_has_a_slope_of_one() {
        RiskFeatures features = new Episode()
                .with(pain(7, 2, 2))
                .with(pain(14, 3, 5))
                .with(pain(21, 4, 4))
                .features(28);
        assertThat(value(features, Feature.PAIN_SLOPE)).isEqualTo(1, within(1e-12));
        assertThat(value(features, Feature.PAIN_RECENT)).isEqualTo(3);
        assertThat(value(features, Feature.FLARE_SHARE)).isEqualTo(1 / 3.0, within(1e-12));
    }

    @Test
    void three_ratings_within_a_week_are_no_trend() {
        assertThat(new Episode()
                        .with(pain(20, 2, 2))
                        .with(pain(22, 3, 3))
                        .with(pain(26, 4, 4))
                        .features(28)
                        .value(Feature.PAIN_SLOPE))
                .isEmpty();
    }

    @Test
    void missed_and_cancelled_visits_count_and_the_next_one_is_known() {
        Visit missed = Visit.booked(day(0), day(20)).becomes(Visit.State.MISSED, day(20));
        Visit cancelledAhead = Visit.booked(day(0), day(35)).becomes(Visit.State.CANCELLED, day(27));
        RiskFeatures features = new Episode()
                .visit(missed)
                .visit(cancelledAhead)
                .visit(Visit.booked(day(20), day(38)))
                .features(28);
        assertThat(value(features, Feature.VISITS_MISSED)).isEqualTo(2);
        assertThat(value(features, Feature.DAYS_TO_VISIT)).isEqualTo(10);
        assertThat(new Episode().features(28).value(Feature.DAYS_TO_VISIT)).isEmpty();
    }

    @Test
    void a_message_is_unanswered_after_48_hours() {
        Episode silent = new Episode().message(new Outreach(day(10), null));
        assertThat(value(silent.features(11.99), Feature.UNANSWERED_OUTREACH)).isZero();
        assertThat(value(silent.features(12), Feature.UNANSWERED_OUTREACH)).isEqualTo(1);
        assertThat(value(
                        new Episode().message(new Outreach(day(10), day(11))).features(20),
                        Feature.UNANSWERED_OUTREACH))
                .isZero();
    }

    @Test
    void a_session_of_which_nothing_was_done_is_not_a_session() {
        assertThat(new Episode().with(quality(20, 0, 0, Recording.CAMERA)).features(28))
                .isEqualTo(new Episode().features(28));
    }

    @Test
    void an_upload_that_arrives_late_is_unknown_until_it_arrives() {
        Episode late = new Episode().with(Episode.receivedLate(Episode.session(20), Duration.ofDays(5)));
        assertThat(value(late.features(24), Feature.NO_SESSION_YET)).isEqualTo(1);
        assertThat(value(late.features(25), Feature.DAYS_SINCE_SESSION)).isEqualTo(5);
    }

    @Test
    void the_schema_is_all_values_and_then_the_indicators() {
        assertThat(RiskFeatures.names())
                .hasSameSizeAs(RiskFeatures.groups())
                .startsWith("days_since_session", "no_session_yet", "usual_gap_days", "gap_ratio", "mean_gap_days")
                .endsWith("manual_share_missing", "days_to_visit_missing")
                .doesNotHaveDuplicates();
        float[] vector = new Episode().features(3.5).vector();
        assertThat(vector).hasSize(RiskFeatures.names().size());
        assertThat(vector[0]).isEqualTo(3.5f);
        assertThat(vector[RiskFeatures.names().indexOf("usual_gap_days_missing")])
                .isEqualTo(1f);
        assertThat(vector[RiskFeatures.names().indexOf("dose_ratio_7d_missing")])
                .isZero();
    }

    @Test
    void features_survive_being_stored_by_name() {
        RiskFeatures features = new Episode().sessionsDaily(1, 20).features(25);
        assertThat(RiskFeatures.of(features.values())).isEqualTo(features);
    }

    @Test
    void a_value_outside_its_range_and_a_gap_that_cannot_be_are_refused() {
        Map<Feature, Double> values = new EnumMap<>(new Episode().features(5).values());
        values.put(Feature.NO_SESSION_YET, 2.0);
        assertThatThrownBy(() -> RiskFeatures.of(values)).hasMessageContaining("no_session_yet");
        values.remove(Feature.NO_SESSION_YET);
        assertThatThrownBy(() -> RiskFeatures.of(values)).hasMessageContaining("missing");
    }

    @Test
    void before_the_plan_begins_there_is_nothing_to_score() {
        assertThatThrownBy(() -> new Episode().features(-0.1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printing_features_shows_nothing_of_the_patient() {
        assertThat(new Episode().sessionsOn(1).features(5)).hasToString("[features]");
    }
}
