package health.carryover.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./carryover token}: an access token to call the API with. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = {
            "Prints an access token for a persona of the running local cloud.",
            "It is valid for one hour of the cloud's virtual time."
        },
        footer = {"", "Example: curl -H \"Authorization: $(./carryover token maria)\" http://127.0.0.1:4566/v1/me"})
final class TokenCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "PERSONA", description = "a name that GET /_carryover/personas lists")
    private String persona = "";

    @Override
    public Integer call() {
        return Terminal.print(
                spec,
                () -> RunningCloud.ofEnvironment()
                        .post("token", JsonNodeFactory.instance.objectNode().put("persona", persona))
                        .path("access_token")
                        .asText());
    }
}
