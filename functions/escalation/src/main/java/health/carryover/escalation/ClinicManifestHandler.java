package health.carryover.escalation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Registry;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Writes which clinics tonight's run serves, for the Distributed Map to read. */
public final class ClinicManifestHandler
        implements RequestHandler<ClinicManifestHandler.Input, ClinicManifestHandler.Manifest> {
    /** @param run the night's date */
    public record Input(String run) {}

    public record Manifest(String run, String manifest, int clinics) {}

    private final Registry registry;
    private final S3Client s3;
    private final String bucket;

    public ClinicManifestHandler() {
        this(Environment.ofLambda());
    }

    ClinicManifestHandler(Environment environment) {
        registry = new Registry(environment);
        s3 = environment.client(S3Client.builder());
        bucket = environment.variable("NIGHT_RUNS_BUCKET");
    }

    @Override
    public Manifest handleRequest(Input input, Context context) {
        List<String> clinics =
                registry.clinics().stream().map(Registry.Listed::clinic).toList();
        String key = "manifests/" + input.run() + ".json";
        s3.putObject(
                put -> put.bucket(bucket).key(key).contentType("application/json"),
                RequestBody.fromBytes(Json.bytes(clinics)));
        return new Manifest(input.run(), key, clinics.size());
    }
}
