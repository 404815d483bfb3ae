package health.carryover.local.stepfunctions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A state machine as it is at one moment; running executions keep the one they started with. */
record StateMachine(
        String arn,
        String name,
        boolean express,
        String roleArn,
        String source,
        Definition definition,
        Instant created,
        Instant updated) {

    /** A definition that has been read and found good. */
    record Definition(State.States states, @Nullable Integer timeoutSeconds) {}
}
