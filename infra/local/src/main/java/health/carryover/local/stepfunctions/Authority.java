package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;

/** The permissions of state machines: each does its tasks in the name of its role. */
public interface Authority {
    /** Everything is allowed: an interpreter without a cloud around it. */
    Authority UNLIMITED = new Authority() {
        @Override
        public void as(String machine, Runnable task) {
            task.run();
        }

        @Override
        public void require(String operation, JsonNode input) {}
    };

    /**
     * Does a task in the name of a machine's role.
     *
     * @param machine its name
     */
    void as(String machine, Runnable task);

    /**
     * Called inside a task: whether the role may call Step Functions itself.
     *
     * @throws health.carryover.local.cloud.AwsError when it may not
     */
    void require(String operation, JsonNode input);
}
