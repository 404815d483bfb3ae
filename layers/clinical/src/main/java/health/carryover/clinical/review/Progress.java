package health.carryover.clinical.review;

import health.carryover.clinical.exercise.MeasurementErrors;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Whether the plan has brought a change by its third to fourth week. Progress is what is larger than it can be by chance:
 * the usual pain fell by the smallest change that matters to patients (2 of 10 in chronic musculoskeletal pain,
 * PMC7990728), or the range of an exercise grew by the minimal detectable change of joint and view. Each measure is held
 * against its own first days. Example: pain 6, 6 in the first week and 5, 5 in the fourth, knee 60 and 70 from the side
 * (error 18): no progress.
 */
public sealed interface Progress {
    /** At least one measure changed for the better. */
    record Made() implements Progress {}

    /** All that could be judged stayed. @param judged how many measures that is, 1 or more */
    record None(int judged) implements Progress {}

    record NotJudged(Why why) implements Progress {}

    enum Why {
        /** Not the time of the plan. */
        NOT_NOW,
        /** Nothing was measured often enough in both the first and the latest days, or pain was too low to fall. */
        TOO_LITTLE
    }

    /**
     * @param planStart day 0 of the plan
     * @param today of the patient
     * @param pains any order, as ranges; what lies before the plan or after today is left out
     */
    static Progress of(
            ReviewRule rule,
            LocalDate planStart,
            LocalDate today,
            List<PainSeen> pains,
            List<RangeSeen> ranges,
            MeasurementErrors errors) {
        if (!rule.judgesProgressOn(ChronoUnit.DAYS.between(planStart, today))) return new NotJudged(Why.NOT_NOW);
        List<Boolean> changed = new ArrayList<>();
        Windows windows = new Windows(rule, planStart, today);
        windows.compare(pains, PainSeen::day, PainSeen::before)
                .filter(pain -> pain.first() >= rule.painPoints())
                .ifPresent(pain -> changed.add(pain.first() - pain.latest() >= rule.painPoints()));
        Map<RangeSeen.Course, List<RangeSeen>> courses =
                ranges.stream().collect(Collectors.groupingBy(RangeSeen::course));
        courses.forEach((course, seen) -> errors.of(course.joint(), course.view())
                .filter(error -> error.progressDeg().isPresent())
                .flatMap(error -> windows.compare(seen, RangeSeen::day, RangeSeen::excursionDeg)
                        .map(range -> range.latest() > range.first() && error.isChange(range.latest() - range.first())))
                .ifPresent(changed::add));
        if (changed.isEmpty()) return new NotJudged(Why.TOO_LITTLE);
        return changed.contains(true) ? new Made() : new None(changed.size());
    }

    /** The first days of a measure and the latest ones, by their medians. */
    record Windows(ReviewRule rule, LocalDate planStart, LocalDate today) {
        record Pair(double first, double latest) {}

        <T> Optional<Pair> compare(List<T> seen, Function<T, LocalDate> day, ToDoubleFunction<T> value) {
            List<T> inPlan = seen.stream()
                    .filter(each -> !day.apply(each).isBefore(planStart)
                            && !day.apply(each).isAfter(today))
                    .toList();
            LocalDate begin = inPlan.stream().map(day).min(LocalDate::compareTo).orElse(today);
            LocalDate firstTo = begin.plusDays(rule.windowDays() - 1);
            LocalDate latestFrom = today.minusDays(rule.windowDays() - 1);
            if (!latestFrom.isAfter(firstTo)) return Optional.empty();
            List<Double> first = inPlan.stream()
                    .filter(each -> !day.apply(each).isAfter(firstTo))
                    .map(value::applyAsDouble)
                    .toList();
            List<Double> latest = inPlan.stream()
                    .filter(each -> !day.apply(each).isBefore(latestFrom))
                    .map(value::applyAsDouble)
                    .toList();
            if (first.size() < rule.leastSessions() || latest.size() < rule.leastSessions()) return Optional.empty();
            return Optional.of(new Pair(Medians.of(first), Medians.of(latest)));
        }
    }
}
