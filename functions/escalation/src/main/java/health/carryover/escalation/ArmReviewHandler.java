package health.carryover.escalation;

import health.carryover.clinical.escalation.Escalation.Phase;
import health.carryover.platform.environment.Environment;

/** Waits for the decision of the review. */
public final class ArmReviewHandler extends ArmingHandler {
    public ArmReviewHandler() {
        this(Environment.ofLambda());
    }

    ArmReviewHandler(Environment environment) {
        super(environment, Phase.REVIEW);
    }
}
