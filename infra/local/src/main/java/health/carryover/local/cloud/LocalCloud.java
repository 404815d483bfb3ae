package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.access.Call;
import health.carryover.local.access.Identities;
import health.carryover.local.access.Permissions;
import health.carryover.local.access.Rights;
import health.carryover.local.clock.VirtualClock;
import health.carryover.local.stepfunctions.StepFunctionsService;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import health.carryover.local.trail.CloudTrailService;
import health.carryover.local.trail.Trail;
import health.carryover.local.trail.TrailReader;
import health.carryover.platform.environment.Environment;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;

/** The whole cloud of one template, in this JVM, on one port of 127.0.0.1. */
public final class LocalCloud implements AutoCloseable {
    /** The access key of tests and tools: an administrator. */
    public static final String ADMINISTRATOR = "local";

    private final Options options;
    private final Template template;
    private final VirtualClock clock;
    private final Inbox inbox = new Inbox();
    private final DynamoDb dynamo;
    private final S3 s3;
    private final Gate gate;
    private final Lambdas lambdas;
    private final AsyncInvoker async;
    private final Personas personas;
    private final Trail trail;
    private final TrailReader trailReader;
    private final Checkpoint checkpoint;
    private final Permissions permissions;
    // Set by the constructor of a service that the others may already refer to.
    private @Nullable JsonService stepFunctions;

    /**
     * Reads the template and starts what it describes.
     *
     * @param home the folder that paths of the template are relative to
     * @throws health.carryover.local.template.TemplateException when the template is not understood
     */
    public static LocalCloud start(Path home, Options options) {
        return new LocalCloud(home, options);
    }

    private LocalCloud(Path home, Options options) {
        this.options = options;
        template = Template.read(home.resolve(options.template()), options.parameters());
        Ids ids = new Ids();
        Rights rights = new Rights(template);
        clock = new VirtualClock(options.startTime());
        Callers callers = new Callers(template, rights.identities());
        CompletableFuture<S3Client> storage = new CompletableFuture<>();
        String trailBucket = TrailSetup.bucket(template);
        trail = new Trail(clock, trailBucket, storage);
        trailReader = new TrailReader(trail, trailBucket, storage);
        checkpoint = new Checkpoint(template, rights, callers, trail, clock);
        permissions = new Permissions(template, checkpoint.guard().ledger());
        Sts sts = new Sts(InstantSource.system(), ids, callers);
        Queues queues = new Queues(template, clock, ids);
        Sns sns = new Sns(template, inbox, clock, ids);
        gate = new Gate(clock, sts::caller, checkpoint, options.port());
        lambdas = new Lambdas(template, this::environment, this::logs, ids);
        Targets targets = new Targets(lambdas, queues, sns, checkpoint, () -> stepFunctions);
        async = new AsyncInvoker(
                clock,
                lambdas,
                template,
                ids,
                (function, arn, payload) -> targets.deliver(callers.owner(function), function.arn(), arn, payload));
        targets.invokeBy(async);
        EventBus events = new EventBus(template, clock, ids, targets);
        Scheduler scheduler = new Scheduler(template, clock, ids, targets);
        // The three slow ones side by side: they are most of the start.
        CompletableFuture<UserPools> signing = CompletableFuture.supplyAsync(() -> new UserPools(template, clock, ids));
        CompletableFuture<S3> storing =
                CompletableFuture.supplyAsync(() -> new S3(template, clock, events, checkpoint, ids));
        dynamo = new DynamoDb(clock, checkpoint);
        template.ofType("AWS::DynamoDB::Table").forEach(dynamo::create);
        readStreams(targets);
        s3 = storing.join();
        storage.complete(s3.client());
        TrailSetup.trail(template).ifPresent(declared -> TrailSetup.check(declared, checkpoint));
        UserPools pools = signing.join();
        personas = new Personas(pools);

        gate.mount("_carryover", new Control(clock, inbox, personas, pools, trailReader, permissions));
        gate.mount("cloudtrail", new JsonProtocol(new CloudTrailService(trailReader, clock)));
        gate.mountHandler("dynamodb", dynamo);
        gate.mountHandler("s3", s3);
        gate.mount("kms", new JsonProtocol(new Kms(template, clock)));
        gate.mount("events", new JsonProtocol(events));
        gate.mount("sqs", new JsonProtocol(queues));
        gate.mount("sms-voice", new JsonProtocol(new Sms(inbox, clock, ids)));
        gate.mount("cognito-idp", new JsonProtocol(pools));
        gate.mount("sns", new QueryProtocol(Sns.NAMESPACE, sns));
        gate.mount("sts", new QueryProtocol(Sts.NAMESPACE, sts));
        gate.mount("scheduler", scheduler);
        gate.mount("lambda", new LambdaService(lambdas, async));
        StepFunctionsService machines = StateMachines.start(
                home,
                template,
                clock,
                lambdas,
                Map.of("events", events, "sqs", queues),
                accessKey -> environment(accessKey, new HashMap<>(), List.of()).client(S3Client.builder()),
                checkpoint,
                events);
        stepFunctions = machines;
        gate.mount("states", new JsonProtocol(machines));
        mountApi(pools, ids);
        gate.open();
    }

    private void readStreams(Targets targets) {
        for (Resource function : lambdas.functions())
            for (Map.Entry<String, JsonNode> event : function.entries("Events")) {
                JsonNode settings = event.getValue().path("Properties");
                if (!event.getValue().path("Type").asText().equals("DynamoDB")) continue;
                if (!settings.path("Enabled").asBoolean(true)) continue;
                String stream = settings.path("Stream").asText();
                Caller role = checkpoint.callers().owner(function);
                dynamo.read(
                        stream,
                        new EventSource(
                                EventBus.targetArn(function),
                                settings,
                                stream,
                                clock,
                                (name, payload) -> fed(role, stream, name, payload),
                                (arn, payload) -> targets.deliver(role, function.arn(), arn, payload)));
            }
    }

    /** An event source reads the stream in the name of the function's role; what it may not read, nobody is fed. */
    private Invocation fed(Caller role, String stream, String function, JsonNode payload) {
        try {
            return checkpoint.pass(role, checkpoint.dynamo().stream(stream), () -> lambdas.invoke(function, payload));
        } catch (AwsError e) {
            ObjectNode document = Json.object().put("errorType", e.code()).put("errorMessage", e.getMessage());
            return new Invocation.Failed(e.code(), String.valueOf(e.getMessage()), document);
        }
    }

    private void logs(Resource function) {
        String group = function.at("LoggingConfig", "LogGroup").asText("/aws/lambda/" + function.ref());
        checkpoint.logs(function, group);
    }

    private void mountApi(UserPools pools, Ids ids) {
        List<Resource> apis = template.ofType("AWS::Serverless::Api");
        if (apis.isEmpty()) return;
        if (apis.size() > 1) throw new IllegalStateException("the local cloud serves one API, not " + apis.size());
        Resource api = apis.getFirst();
        try {
            ApiDocument document = new ApiDocument(api.at("DefinitionBody"), lambdas::has);
            gate.mount(
                    "v1",
                    new Api(api.ref(), api.text("StageName", ""), document, pools, lambdas, checkpoint, clock, ids));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the API " + api.id() + " is not understood:\n  " + e.getMessage(), e);
        }
    }

    /** Where everything is reached: {@code http://127.0.0.1:4566}. */
    public URI endpoint() {
        return gate.endpoint();
    }

    public Template template() {
        return template;
    }

    public VirtualClock clock() {
        return clock;
    }

    public Inbox inbox() {
        return inbox;
    }

    /** What the template grants and what of it was used since the start. */
    public Permissions permissions() {
        return permissions;
    }

    /** Everything that was called since the start, as CloudTrail records it; nothing without a trail in the template. */
    public TrailReader trail() {
        return trailReader;
    }

    /** How many decisions about permissions were made since the start. */
    public long decisions() {
        return checkpoint.guard().decisions();
    }

    public Personas personas() {
        return personas;
    }

    /**
     * Invokes a function as the operator, on the caller's thread, and waits.
     *
     * @param function logical id, name or ARN
     */
    public Invocation invoke(String function, JsonNode payload) {
        Resource resource = template.resource(function);
        String name = resource == null ? function : resource.ref();
        Call call = checkpoint.call("lambda", "Invoke", Json.object().put("FunctionName", name));
        try (VirtualClock.Busy _ = clock.busy()) {
            return checkpoint.pass(
                    checkpoint.callers().caller(ADMINISTRATOR), call, () -> lambdas.invoke(name, payload));
        }
    }

    /**
     * The environment of a function of this logical id for somebody outside: with its rights and no others, but what is
     * done with it does not count as use of its permissions.
     */
    public Environment environment(String function) {
        Resource resource = template.resource(function);
        if (resource == null) throw new IllegalArgumentException("there is no function " + function);
        return environment(resource, Identities.BORROWED + resource.id());
    }

    private Environment environment(Resource function) {
        return environment(function, function.id());
    }

    private Environment environment(Resource function, String accessKey) {
        Map<String, String> variables = new HashMap<>();
        function.at("Environment", "Variables")
                .properties()
                .forEach(variable ->
                        variables.put(variable.getKey(), variable.getValue().asText()));
        variables.put("AWS_LAMBDA_FUNCTION_NAME", function.ref());
        return environment(accessKey, variables, options.interceptors());
    }

    /** A client with the rights of an administrator. */
    public <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        return environment(ADMINISTRATOR, new HashMap<>(), List.of()).client(builder);
    }

    private Environment environment(
            String accessKey, Map<String, String> variables, List<ExecutionInterceptor> interceptors) {
        variables.put("AWS_REGION", Arn.REGION);
        variables.put("AWS_ENDPOINT_URL", endpoint().toString());
        return new Environment(
                variables,
                clock,
                StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, Sts.SECRET)),
                interceptors);
    }

    /** Every function begins anew, as after a deployment; what waits or is stored goes on. */
    public void redeploy() {
        lambdas.redeploy();
    }

    /** Returns when streams are drained and nothing runs or is answered any more. Timers of the future do not count. */
    public void waitUntilQuiet() {
        clock.awaitQuiet();
    }

    @Override
    public void close() {
        gate.close();
        trail.close();
        s3.close();
        dynamo.close();
        clock.close();
    }
}
