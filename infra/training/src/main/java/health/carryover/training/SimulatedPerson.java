package health.carryover.training;

import health.carryover.clinical.risk.CarePlan;
import health.carryover.clinical.risk.Lapse14;
import health.carryover.clinical.risk.SessionFact;
import java.time.Instant;
import java.util.List;

/**
 * One episode of care that never happened.
 *
 * @param id opaque; the split into folds goes by it
 * @param observation how the episode ended and how long it was watched
 * @param cutOffs the nights on which the person is scored: weekly from day 21 on, until the plan ends
 */
public record SimulatedPerson(
        String id, CarePlan plan, List<SessionFact> sessions, Lapse14.Observation observation, List<Instant> cutOffs) {
    public SimulatedPerson {
        sessions = List.copyOf(sessions);
        cutOffs = List.copyOf(cutOffs);
    }
}
