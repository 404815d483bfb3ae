package health.carryover.clinical.review;

import health.carryover.clinical.exercise.MeasurementErrors;
import health.carryover.clinical.motion.View;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The range of an exercise has fallen: each of the latest sessions lies at least the minimal detectable change of joint
 * and view below the best that as many sessions in a row showed before, by their median. Example, three sessions, error
 * 18: 100, 100, 98, 80, 79, 82 is a fall from 100 to 80; with 85 in place of 79 it is none.
 * @param fromDeg the best before, degrees of excursion
 * @param toDeg median of the latest
 */
public record FallingRange(RangeSeen.Moved moved, View view, double fromDeg, double toDeg) {
    /** @param sessions of one exercise and side, oldest first; only those from the latest one's view are compared */
    public static Optional<FallingRange> of(ReviewRule rule, List<RangeSeen> sessions, MeasurementErrors errors) {
        if (sessions.isEmpty()) return Optional.empty();
        RangeSeen last = sessions.getLast();
        List<Double> degrees = sessions.stream()
                .filter(each -> each.course().equals(last.course()))
                .map(RangeSeen::excursionDeg)
                .toList();
        int count = rule.fallSessions();
        OptionalDouble error = errors.of(last.joint(), last.view())
                .map(each -> each.progressDeg())
                .orElse(OptionalDouble.empty());
        if (error.isEmpty() || degrees.size() < 2 * count) return Optional.empty();
        int before = degrees.size() - count;
        double best = IntStream.rangeClosed(0, before - count)
                .mapToDouble(from -> Medians.of(degrees.subList(from, from + count)))
                .max()
                .orElseThrow();
        List<Double> latest = degrees.subList(before, degrees.size());
        boolean fell = latest.stream().allMatch(each -> best - each >= error.getAsDouble());
        return fell
                ? Optional.of(new FallingRange(last.moved(), last.view(), best, Medians.of(latest)))
                : Optional.empty();
    }
}
