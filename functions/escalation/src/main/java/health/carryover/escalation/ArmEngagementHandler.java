package health.carryover.escalation;

import health.carryover.clinical.escalation.Escalation.Phase;
import health.carryover.platform.environment.Environment;

/** Waits for the patient to come back. */
public final class ArmEngagementHandler extends ArmingHandler {
    public ArmEngagementHandler() {
        this(Environment.ofLambda());
    }

    ArmEngagementHandler(Environment environment) {
        super(environment, Phase.WAITING);
    }
}
