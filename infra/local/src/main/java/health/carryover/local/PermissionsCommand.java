package health.carryover.local;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./carryover permissions}: what the template grants, and what of it was used. */
@Command(
        name = "permissions",
        mixinStandardHelpOptions = true,
        description = {
            "Prints which permissions the template grants, which of them the running local cloud has used since its start,",
            "and which have wildcards. What stays on purpose stands in infra/permissions.yaml with its reason."
        })
final class PermissionsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        return Terminal.print(
                spec,
                () -> RunningCloud.ofEnvironment()
                        .get("permissions")
                        .path("report")
                        .asText());
    }
}
