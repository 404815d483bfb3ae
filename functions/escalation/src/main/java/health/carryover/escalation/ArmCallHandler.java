package health.carryover.escalation;

import health.carryover.clinical.escalation.Escalation.Phase;
import health.carryover.platform.environment.Environment;

/** Waits for the outcome of the call. */
public final class ArmCallHandler extends ArmingHandler {
    public ArmCallHandler() {
        this(Environment.ofLambda());
    }

    ArmCallHandler(Environment environment) {
        super(environment, Phase.CALL);
    }
}
