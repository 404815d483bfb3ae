package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.clock.VirtualClock;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What all executions share. */
final class Engine {
    final VirtualClock clock;
    final Tasks tasks;
    final Random random;
    final Expressions expressions;
    final Tokens tokens;
    final Executions executions = new Executions();

    /** @param seed of everything that is left to chance, so that the same run gives the same names, tokens and jitter */
    Engine(VirtualClock clock, Tasks tasks, long seed) {
        this.clock = clock;
        this.tasks = tasks;
        random = new Random(seed);
        expressions = new Expressions(clock, random);
        tokens = new Tokens(random);
    }

    String uuid() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        UUID uuid = AwsFunctions.version4(bytes);
        return uuid.toString();
    }

    /** An execution that has its first event but not yet begun; {@link Run#begin} sets it going. */
    Run prepare(StateMachine machine, String arn, String name, JsonNode input, @Nullable String mapRunArn) {
        return prepare(machine, arn, name, input, Json.text(input), mapRunArn);
    }

    /** @param inputText the input as it was sent */
    Run prepare(
            StateMachine machine,
            String arn,
            String name,
            JsonNode input,
            String inputText,
            @Nullable String mapRunArn) {
        return new Run(this, new Execution(machine, arn, name, input, inputText, clock.instant(), mapRunArn));
    }
}
