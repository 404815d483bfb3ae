package health.carryover.clinical.risk;

import java.time.Duration;
import java.time.Instant;

/** Reported beside lapse14: the plan is open, no visit was attended for 21 days, and none is booked. */
public final class CareDrop {
    private static final Duration NO_VISIT = Duration.ofDays(21);

    private CareDrop() {}

    /** Exactly 21 days since the last attended visit (or since the plan began, without any) is a drop. */
    public static boolean at(CarePlan plan, Instant now) {
        return plan.asOf(now)
                .map(known -> {
                    boolean booked = known.visits().stream()
                            .anyMatch(visit -> visit.state() == CarePlan.Visit.State.BOOKED
                                    && visit.at().isAfter(now));
                    Instant last = known.visits().stream()
                            .filter(visit -> visit.state() == CarePlan.Visit.State.ATTENDED)
                            .map(CarePlan.Visit::at)
                            .filter(at -> !at.isAfter(now))
                            .max(Instant::compareTo)
                            .orElse(known.start());
                    return !booked && Duration.between(last, now).compareTo(NO_VISIT) >= 0;
                })
                .orElse(false);
    }
}
