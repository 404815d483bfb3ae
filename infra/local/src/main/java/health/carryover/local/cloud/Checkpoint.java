package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.access.Call;
import health.carryover.local.access.Calls;
import health.carryover.local.access.DynamoDbCalls;
import health.carryover.local.access.Guard;
import health.carryover.local.access.Rights;
import health.carryover.local.access.S3Calls;
import health.carryover.local.iam.Request;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import health.carryover.local.trail.Trail;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where every call of the cloud passes: decided by the template's policies, and written into the trail. */
final class Checkpoint {
    private static final Logger log = LoggerFactory.getLogger(Checkpoint.class);

    private final Guard guard;
    private final Calls calls;
    private final DynamoDbCalls dynamo;
    private final S3Calls s3;
    private final Callers callers;
    private final Trail trail;

    Checkpoint(Template template, Rights rights, Callers callers, Trail trail, InstantSource time) {
        guard = rights.guard(time);
        calls = new Calls(rights.resources(), rights.identities()::trust, Kms::keyOf);
        dynamo = new DynamoDbCalls(template, rights.resources());
        s3 = new S3Calls(rights.resources());
        this.callers = callers;
        this.trail = trail;
    }

    Guard guard() {
        return guard;
    }

    Callers callers() {
        return callers;
    }

    DynamoDbCalls dynamo() {
        return dynamo;
    }

    S3Calls s3() {
        return s3;
    }

    /** A call of a service with its parameters. */
    Call call(String service, String operation, JsonNode input) {
        return calls.read(service, operation, input);
    }

    /** A call that one resource makes another make. */
    Call call(String service, String operation, JsonNode input, String sourceArn) {
        if (sourceArn.isEmpty()) return calls.read(service, operation, input);
        Request.Context source = key -> switch (key) {
            case "aws:sourcearn" -> List.of(sourceArn);
            case "aws:sourceaccount" -> List.of(Arn.ACCOUNT);
            default -> null;
        };
        return calls.read(service, operation, input, source);
    }

    static String requestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /**
     * Lets a call through, or does not; both are written down.
     *
     * @throws AwsError as the service refuses, or what the answer throws
     */
    <T> T pass(Caller caller, Call call, Supplier<T> answer) {
        return pass(caller, call, requestId(), answer);
    }

    <T> T pass(Caller caller, Call call, String requestId, Supplier<T> answer) {
        AwsError refusal = refusal(caller, call);
        if (refusal != null) {
            record(caller, call, requestId, refusal.code(), refusal.getMessage());
            throw refusal;
        }
        try {
            T result = answer.get();
            record(caller, call, requestId, null, null);
            return result;
        } catch (AwsError e) {
            // The message of a service can hold what was sent to it.
            record(caller, call, requestId, e.code(), null);
            throw e;
        }
    }

    /** Null when the call may happen; writes nothing down. */
    @Nullable
    AwsError refusal(Caller caller, Call call) {
        Optional<Guard.Refusal> refusal = guard.refusal(caller.principal(), call, caller.counts());
        if (refusal.isEmpty()) return null;
        Calls.RefusalForm form = calls.refusal(call.service());
        String message = refusal.get().message();
        log.atWarn()
                .addKeyValue("caller", caller.principal().arn())
                .addKeyValue("action", refusal.get().action())
                .addKeyValue("resource", refusal.get().resource())
                .log("denied");
        if (refusal.get().action().startsWith("kms:") && !call.service().equals("kms"))
            message = "KMS key access denied error: " + message;
        return new AwsError(form.status(), form.code(), message);
    }

    boolean allows(Caller caller, Call call) {
        return guard.refusal(caller.principal(), call, caller.counts()).isEmpty();
    }

    /** @param message only of a refusal by the policies */
    void record(Caller caller, Call call, String requestId, @Nullable String errorCode, @Nullable String message) {
        trail.write(caller.principal(), caller.accessKey(), call, requestId, errorCode, message);
    }

    /** Lambda writes a function's log in the name of its role; without the permission it stays silent, as on AWS. */
    void logs(Resource function, String logGroup) {
        Caller caller = callers.owner(function);
        ObjectNode group = Json.object().put("logGroupName", logGroup);
        for (String operation : List.of("CreateLogStream", "PutLogEvents"))
            refusal(caller, calls.read("logs", operation, group));
    }
}
