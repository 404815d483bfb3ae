package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.cloud.AwsError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operations on state machines. Thread-safe. */
final class Machines {
    private final Engine engine;
    private final String region;
    private final String account;
    private final Map<String, StateMachine> byArn = new LinkedHashMap<>();

    Machines(Engine engine, String region, String account) {
        this.engine = engine;
        this.region = region;
        this.account = account;
    }

    synchronized StateMachine find(String arn) {
        if (!Arns.kind(arn).equals("stateMachine")) throw new AwsError("InvalidArn", "Invalid Arn: '" + arn + "'");
        StateMachine machine = byArn.get(arn);
        if (machine == null)
            throw new AwsError("StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
        return machine;
    }

    /** The same request again gives the same machine; another under its name is refused. */
    synchronized ObjectNode create(JsonNode input) {
        String name = Requests.name(Requests.text(input, "name"));
        String type = input.path("type").asText("STANDARD");
        if (!List.of("STANDARD", "EXPRESS").contains(type))
            throw Requests.invalid("'type' must be STANDARD or EXPRESS");
        boolean express = type.equals("EXPRESS");
        String source = Requests.text(input, "definition");
        String role = Requests.text(input, "roleArn");
        String arn = Arns.machine(region, account, name);
        StateMachine known = byArn.get(arn);
        if (known != null
                && !(known.source().equals(source) && known.roleArn().equals(role) && known.express() == express)) {
            throw new AwsError("StateMachineAlreadyExists", "State Machine Already Exists: '" + arn + "'");
        }
        if (known == null) {
            StateMachine.Definition definition =
                    DefinitionReader.read(source, engine.tasks, engine.expressions, express);
            known = new StateMachine(
                    arn, name, express, role, source, definition, engine.clock.instant(), engine.clock.instant());
            byArn.put(arn, known);
        }
        ObjectNode answer = Json.object().put("stateMachineArn", arn);
        answer.set("creationDate", Json.epochSeconds(known.created()));
        return answer;
    }

    /** Executions under way keep the definition they started with. */
    synchronized ObjectNode update(JsonNode input) {
        StateMachine old = find(Requests.text(input, "stateMachineArn"));
        String source = Requests.optional(input, "definition");
        String role = Requests.optional(input, "roleArn");
        if (source == null && role == null)
            throw new AwsError("MissingRequiredParameter", "Either the definition or the role ARN must be specified");
        StateMachine.Definition definition = source == null
                ? old.definition()
                : DefinitionReader.read(source, engine.tasks, engine.expressions, old.express());
        StateMachine updated = new StateMachine(
                old.arn(),
                old.name(),
                old.express(),
                role == null ? old.roleArn() : role,
                source == null ? old.source() : source,
                definition,
                old.created(),
                engine.clock.instant());
        byArn.put(old.arn(), updated);
        ObjectNode answer = Json.object();
        answer.set("updateDate", Json.epochSeconds(updated.updated()));
        return answer.put("revisionId", revision(updated));
    }

    /** Running executions go on to their end. */
    synchronized ObjectNode delete(JsonNode input) {
        byArn.remove(Requests.text(input, "stateMachineArn"));
        return Json.object();
    }

    ObjectNode describe(JsonNode input) {
        StateMachine machine = find(Requests.text(input, "stateMachineArn"));
        ObjectNode answer = about(machine)
                .put("status", "ACTIVE")
                .put("definition", machine.source())
                .put("roleArn", machine.roleArn());
        answer.putObject("loggingConfiguration").put("level", "OFF").put("includeExecutionData", false);
        answer.putObject("tracingConfiguration").put("enabled", false);
        return answer.put("revisionId", revision(machine));
    }

    static ObjectNode describeFor(Execution execution) {
        StateMachine machine = execution.machine;
        ObjectNode answer = Json.object()
                .put("stateMachineArn", machine.arn())
                .put("name", machine.name())
                .put("definition", machine.source())
                .put("roleArn", machine.roleArn());
        answer.set("updateDate", Json.epochSeconds(machine.updated()));
        return answer;
    }

    ObjectNode list(JsonNode input) {
        List<StateMachine> all;
        synchronized (this) {
            all = new ArrayList<>(byArn.values());
        }
        return Requests.page(input, all, StateMachine::arn, "stateMachines", Machines::about);
    }

    private static ObjectNode about(StateMachine machine) {
        ObjectNode about = Json.object().put("stateMachineArn", machine.arn()).put("name", machine.name());
        about.put("type", machine.express() ? "EXPRESS" : "STANDARD");
        about.set("creationDate", Json.epochSeconds(machine.created()));
        return about;
    }

    private static String revision(StateMachine machine) {
        return machine.updated().equals(machine.created())
                ? "INITIAL"
                : "r" + machine.updated().toEpochMilli();
    }
}
