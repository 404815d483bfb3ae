package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.iam.Principal;
import health.carryover.local.stepfunctions.Authority;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.util.HashMap;
import java.util.Map;

/** The roles of the template's state machines. A machine that somebody made by the API has no permissions here. */
final class RoleAuthority implements Authority {
    private static final Caller NO_ROLE = new Caller("", Principal.session("", "unknown", Map.of()), false);

    private final Checkpoint checkpoint;
    private final Map<String, Caller> machines = new HashMap<>();

    RoleAuthority(Template template, Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
        for (Resource machine : template.ofType("AWS::Serverless::StateMachine"))
            machines.put(machine.name(), checkpoint.callers().owner(machine));
    }

    @Override
    public void as(String machine, Runnable task) {
        machines.getOrDefault(machine, NO_ROLE).answering(() -> {
            task.run();
            return true;
        });
    }

    @Override
    public void require(String operation, JsonNode input) {
        checkpoint.pass(Caller.current(), checkpoint.call("states", operation, input), () -> true);
    }
}
