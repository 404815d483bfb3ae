package health.carryover.escalation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.safety.SafetyClimb.Rung;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.json.Json;
import health.carryover.platform.library.SafetyClimbs;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Task;
import health.carryover.platform.vault.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What looked after a safety task failed, timed out or was aborted: the task goes to the owner at once. */
public final class CompensateSafetyTaskHandler implements RequestHandler<Map<String, Object>, Boolean> {
    private static final Logger log = LoggerFactory.getLogger(CompensateSafetyTaskHandler.class);

    private final Records records;
    private final SafetyHandover handover;
    private final InstantSource time;

    public CompensateSafetyTaskHandler() {
        this(Environment.ofLambda());
    }

    CompensateSafetyTaskHandler(Environment environment) {
        records = new Records(environment, new Vault(environment));
        handover = new SafetyHandover(environment, records);
        time = environment.time();
    }

    /** @return whether there was a task to hand over */
    @Override
    public Boolean handleRequest(Map<String, Object> event, Context context) {
        JsonNode detail = Json.MAPPER.valueToTree(event).path("detail");
        JsonNode input = input(detail.path("input").asText());
        String clinic = input.path("clinic").asText();
        Optional<Entry<Task>> open = records.get(
                        Key.task(clinic, input.path("task").asText()), Kind.TASK)
                .filter(entry -> !entry.content().status().ended());
        open.ifPresent(entry -> handover.give(entry, clinic, Rung.OWNER, due(clinic, time.instant())));
        log.atError()
                .addKeyValue("execution", detail.path("name").asText())
                .addKeyValue("status", detail.path("status").asText())
                .addKeyValue("closed", open.isEmpty())
                .log("nobody looks after a safety task any more");
        return open.isPresent();
    }

    private Instant due(String clinic, Instant now) {
        return records.get(Key.clinic(clinic), Kind.CLINIC)
                .orElseThrow()
                .content()
                .hours()
                .after(now, SafetyClimbs.inForce().covering());
    }

    private static JsonNode input(String executionInput) {
        try {
            return Json.MAPPER.readTree(executionInput);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the execution's input is not JSON", e);
        }
    }
}
