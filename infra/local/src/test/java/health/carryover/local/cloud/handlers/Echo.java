package health.carryover.local.cloud.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import health.carryover.platform.environment.Environment;

/** Greets by name in the words of its environment; a record in, a record out. */
public final class Echo implements RequestHandler<Echo.Input, Echo.Output> {
    public record Input(String name) {}

    public record Output(String text, String function) {}

    private final Environment environment;

    Echo(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Output handleRequest(Input input, Context context) {
        if (input.name().equals("nobody")) throw new IllegalStateException("nobody is there");
        return new Output(environment.variable("GREETING") + " " + input.name(), context.getFunctionName());
    }
}
