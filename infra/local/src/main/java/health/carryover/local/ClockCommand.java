package health.carryover.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./carryover clock}: virtual time of the running local cloud. */
@Command(
        name = "clock",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the virtual time of the running local cloud, after moving it if asked to.",
            "Whatever falls due on the way happens at its own time: schedules, waits, retries."
        })
final class ClockCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup
    private @Nullable Move move;

    private static final class Move {
        @Option(names = "--advance", paramLabel = "DURATION", description = "ISO 8601, for example PT48H or P1DT2H")
        private @Nullable String advance;

        @Option(names = "--until", paramLabel = "INSTANT", description = "for example 2026-03-02T15:00:00Z")
        private @Nullable String until;
    }

    @Override
    public Integer call() {
        return Terminal.print(spec, () -> {
            RunningCloud cloud = RunningCloud.ofEnvironment();
            Move asked = move;
            if (asked == null) return cloud.get("clock").path("now").asText();
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            if (asked.advance != null) body.put("advance", asked.advance);
            if (asked.until != null) body.put("until", asked.until);
            return cloud.post("clock", body).path("now").asText();
        });
    }
}
