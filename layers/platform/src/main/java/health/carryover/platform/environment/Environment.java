package health.carryover.platform.environment;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.crac.Core;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * All that a function knows of the world around it. On Lambda it is {@link #ofLambda()}; the local cloud and tests hand
 * in their own, which is why nothing below reads system properties or the machine's clock.
 */
public record Environment(
        Map<String, String> variables,
        InstantSource time,
        AwsCredentialsProvider credentials,
        List<ExecutionInterceptor> interceptors,
        Priming priming) {
    public Environment {
        variables = Map.copyOf(variables);
        interceptors = List.copyOf(interceptors);
    }

    /** Where no snapshot is taken. */
    public Environment(
            Map<String, String> variables,
            InstantSource time,
            AwsCredentialsProvider credentials,
            List<ExecutionInterceptor> interceptors) {
        this(variables, time, credentials, interceptors, new Priming());
    }

    /** Primed before a SnapStart snapshot and renewed after each restore; without SnapStart neither ever happens. */
    public static Environment ofLambda() {
        Priming priming = new Priming();
        // The context refers to it weakly; the handler's clients hold it.
        Core.getGlobalContext().register(priming);
        return new Environment(
                System.getenv(), InstantSource.system(), priming.credentialsOfLambda(), List.of(), priming);
    }

    /** @throws IllegalStateException naming the variable that the template does not give */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null || value.isBlank()) throw new IllegalStateException("environment lacks the variable " + name);
        return value;
    }

    /** A client of this region, endpoint, credentials and interceptors. Build it once, in the handler's constructor. */
    public <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        builder.region(Region.of(variable("AWS_REGION")))
                .credentialsProvider(credentials)
                .overrideConfiguration(configuration -> configuration.executionInterceptors(interceptors));
        if (builder instanceof AwsSyncClientBuilder<?, ?> sync) sync.httpClientBuilder(priming.http());
        String endpoint = variables.get("AWS_ENDPOINT_URL");
        if (endpoint != null) {
            builder.endpointOverride(URI.create(endpoint));
            if (builder instanceof S3BaseClientBuilder<?, ?> s3) s3.forcePathStyle(true);
        }
        C client = builder.build();
        priming.add(client.getClass().getSimpleName(), () -> HarmlessCall.of(client));
        return client;
    }

    /** Signs addresses of objects, which work until they expire or these credentials do. */
    public S3Presigner presigner() {
        S3Presigner.Builder builder =
                S3Presigner.builder().region(Region.of(variable("AWS_REGION"))).credentialsProvider(credentials);
        String endpoint = variables.get("AWS_ENDPOINT_URL");
        if (endpoint != null)
            builder.endpointOverride(URI.create(endpoint))
                    .serviceConfiguration(S3Configuration.builder()
                            .pathStyleAccessEnabled(true)
                            .build());
        S3Presigner presigner = builder.build();
        priming.add("presigner", () -> HarmlessCall.of(presigner));
        return presigner;
    }
}
