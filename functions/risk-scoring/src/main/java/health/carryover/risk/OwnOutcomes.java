package health.carryover.risk;

import health.carryover.clinical.risk.CarePlan;
import health.carryover.clinical.risk.ClinicCalibration;
import health.carryover.clinical.risk.ClinicCalibration.Outcome;
import health.carryover.clinical.risk.Lapse14;
import health.carryover.clinical.risk.SessionFact;
import health.carryover.platform.records.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What the model would have said of a clinic's patients on earlier nights, and what came of it. Worked out anew from the
 * histories each night instead of being kept: so it always speaks of the model in service, also on the first night of a new
 * one, and nothing can go out of step. Sessions count from when they were received, as they did then.
 *
 * <p>Left out are the nights of the fortnight after an outreach ({@link Lapse14#afterOutreach} says why, and why not those
 * before it), and fortnights whose sessions were heard of only after the label had settled.
 * When breaks and visits were entered is not stored, so they count as known all along; patients who were discharged since
 * are not among the histories.
 */
final class OwnOutcomes {
    private static final Duration BETWEEN = Duration.ofDays(7);
    /** How the clinic was two years ago says little of it now. */
    private static final Duration FARTHEST = Duration.ofDays(365);

    /** How far back a stored history knows of sessions; older nights cannot be judged by it. */
    static final Duration HISTORY = Duration.ofDays(63);

    private OwnOutcomes() {}

    /** A moment of a patient whose outcome has settled. */
    record Settled(Instant cutOff, RiskModel.Row row, boolean lapsed) {}

    /**
     * @param early how long after its start a plan is not scored by the model
     * @return the oldest first
     */
    static List<Outcome> of(Collection<History> histories, RiskModel model, Duration early, Instant now) {
        List<Settled> settled = new ArrayList<>();
        for (History history : histories) settled.addAll(settled(history, early, now));
        settled.sort(Comparator.comparing(Settled::cutOff));
        double[] logits = model.logits(settled.stream().map(Settled::row).toList());
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < logits.length; i++)
            outcomes.add(new Outcome(logits[i], settled.get(i).lapsed()));
        return outcomes;
    }

    static ClinicCalibration calibration(Collection<History> histories, RiskModel model, Duration early, Instant now) {
        return ClinicCalibration.of(of(histories, model, early, now));
    }

    static List<Settled> settled(History history, Duration early, Instant now) {
        if (history.programs().isEmpty()) return List.of();
        CarePlan plan = RiskInputs.plan(history);
        List<SessionFact> facts = RiskInputs.facts(history);
        Lapse14.Observation observation = Lapse14.Observation.until(now);
        Instant last = now.minus(Lapse14.HORIZON).minus(Lapse14.SETTLING);
        Instant first = plan.start().plus(early);
        Instant farthest = now.minus(FARTHEST);
        List<Settled> settled = new ArrayList<>();
        for (Instant cutOff = first; !cutOff.isAfter(last); cutOff = cutOff.plus(BETWEEN)) {
            Instant at = cutOff;
            if (at.isBefore(farthest) || Lapse14.afterOutreach(plan, at)) continue;
            Lapse14 outcome = Lapse14.of(plan, facts, observation, at);
            if (!outcome.settled() || heardOfTooLate(facts, at)) continue;
            settled.add(new Settled(at, RiskModel.Row.of(plan, facts, at), outcome == Lapse14.LAPSED));
        }
        return settled;
    }

    /** Sessions of the fortnight that arrived when its label had settled: the phone was silent, or a past was imported. */
    private static boolean heardOfTooLate(List<SessionFact> facts, Instant cutOff) {
        Instant end = cutOff.plus(Lapse14.HORIZON);
        Instant settled = end.plus(Lapse14.SETTLING);
        return facts.stream()
                .anyMatch(fact -> fact.endedAt().isAfter(cutOff)
                        && !fact.endedAt().isAfter(end)
                        && fact.receivedAt().isAfter(settled));
    }
}
