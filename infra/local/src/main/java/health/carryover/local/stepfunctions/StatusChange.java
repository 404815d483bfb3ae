package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * An execution changed its status, as EventBridge is told: source {@value #SOURCE}, detail type {@value #DETAIL_TYPE}.
 *
 * @param resource ARN of the execution
 * @param detail the event's detail, times in milliseconds
 */
public record StatusChange(Instant time, String resource, JsonNode detail) {
    public static final String SOURCE = "aws.states";
    public static final String DETAIL_TYPE = "Step Functions Execution Status Change";

    static StatusChange of(Execution execution, Instant time) {
        Execution.End end = execution.end();
        ObjectNode detail = Json.object();
        detail.put("executionArn", execution.arn)
                .put("stateMachineArn", execution.machine.arn())
                .put("name", execution.name);
        detail.put("status", execution.status().name());
        detail.put("startDate", execution.start.toEpochMilli());
        detail.put("stopDate", end == null ? null : (Long) end.time().toEpochMilli());
        detail.put("input", execution.inputText);
        detail.put("output", end == null || end.output() == null ? null : Json.text(end.output()));
        detail.set("inputDetails", Execution.details(false));
        detail.set(
                "outputDetails",
                end == null || end.output() == null ? Json.textOrNull(null) : Execution.details(false));
        detail.put("error", end == null ? null : end.error());
        detail.put("cause", end == null ? null : end.cause());
        detail.put("redriveCount", execution.redriveCount());
        return new StatusChange(time, execution.arn, detail);
    }
}
