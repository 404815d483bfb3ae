package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Everything outside the state machine that a Task state can ask to do something. Called on the clock's thread. */
interface Tasks {
    /** Why this resource cannot be used here, or nothing when it can; asked when a machine is created. */
    @Nullable
    String refusal(TaskResource resource);

    /** The callback token for the state's next attempt, or nothing to let the interpreter make one. */
    default @Nullable String token(String state) {
        return null;
    }

    /**
     * Whether the execution's role may call Step Functions itself, as a Distributed Map does for its children.
     *
     * @throws health.carryover.local.cloud.AwsError when it may not
     */
    default void permit(String executionArn, String operation, JsonNode input) {}

    /** Begins one attempt. The reply may come before this returns, or much later, or never. */
    Running start(Request request, Reply reply);

    /** One attempt of one Task state. */
    record Request(String state, TaskResource resource, JsonNode arguments, String executionArn) {}

    /** How an attempt answers; called on the clock's thread. What comes after the end of an attempt is ignored. */
    interface Reply {
        /** The request was accepted; for {@code .sync} and {@code .waitForTaskToken}, whose result comes later. */
        void submitted(JsonNode output);

        void succeeded(JsonNode result);

        void failed(@Nullable String error, @Nullable String cause);
    }

    /** An attempt under way. */
    interface Running {
        Running NOTHING = () -> {};

        /** The state no longer waits for the answer: timed out, stopped, or a sibling failed. */
        void abandon();
    }
}
