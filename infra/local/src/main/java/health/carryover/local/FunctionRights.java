package health.carryover.local;

import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import health.carryover.platform.environment.Environment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What a command reads from the running cloud, it reads with the rights of one function and no others. */
final class FunctionRights {
    private FunctionRights() {}

    /** @param function its logical id; the local cloud knows who borrows its rights by the access key */
    static Environment of(RunningCloud cloud, String function) throws RunningCloud.Refusal {
        Instant now = Instant.parse(cloud.get("clock").path("now").asText());
        Path home = Path.of(Objects.requireNonNull(System.getProperty("carryover.home"), "carryover.home"));
        Resource resource =
                Template.read(home.resolve("template.yaml"), Map.of()).resource(function);
        if (resource == null) throw new IllegalArgumentException("there is no function " + function);
        Map<String, String> variables = new HashMap<>();
        resource.at("Environment", "Variables")
                .properties()
                .forEach(variable ->
                        variables.put(variable.getKey(), variable.getValue().asText()));
        variables.put("AWS_REGION", "us-east-1");
        variables.put("AWS_ENDPOINT_URL", cloud.endpoint().toString());
        return new Environment(
                variables,
                () -> now,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("Borrowed" + function, "carryover")),
                List.of());
    }
}
