package health.carryover.local.cloud;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import health.carryover.platform.environment.Environment;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The template's functions, in this JVM. A handler is constructed at its first invocation and then kept. */
final class Lambdas implements Invocation.Lambda {
    private static final Logger log = LoggerFactory.getLogger(Lambdas.class);
    private static final Pattern NAME = Pattern.compile(
            "(?:arn:aws:lambda:[^:]*:[0-9]*:function:)?(?<name>[A-Za-z0-9_-]+)(?::(?<qualifier>[A-Za-z0-9_$-]+))?");

    /** A function and its handler, once there is one. */
    private final class Deployed {
        final Resource resource;

        @Nullable
        LambdaFunction handler;

        Deployed(Resource resource) {
            this.resource = resource;
        }

        synchronized LambdaFunction handler() throws ReflectiveOperationException {
            LambdaFunction ready = handler;
            if (ready == null) {
                ready = new LambdaFunction(handlerName(resource), environments.apply(resource));
                handler = ready;
            }
            return ready;
        }

        /** The next invocation meets a new process. */
        synchronized void ended() {
            handler = null;
        }
    }

    private final Map<String, Deployed> byName = new LinkedHashMap<>();
    private final Function<Resource, Environment> environments;
    private final Consumer<Resource> before;
    private final Ids ids;

    /** @param before told of each invocation */
    Lambdas(Template template, Function<Resource, Environment> environments, Consumer<Resource> before, Ids ids) {
        this.environments = environments;
        this.before = before;
        this.ids = ids;
        for (Resource function : template.ofType("AWS::Serverless::Function"))
            byName.put(function.ref(), new Deployed(function));
    }

    /** An image has its handler in the template's Metadata. */
    static String handlerName(Resource function) {
        String handler = function.text("Handler");
        return handler != null ? handler : function.metadata().path("Handler").asText("");
    }

    Collection<Resource> functions() {
        return byName.values().stream().map(deployed -> deployed.resource).toList();
    }

    /**
     * The function of a name or ARN, with or without a qualifier.
     *
     * @throws AwsError when there is none
     */
    Resource function(String name) {
        return deployed(name).resource;
    }

    /** As after a deployment: every next invocation meets a new process. */
    void redeploy() {
        byName.values().forEach(Deployed::ended);
    }

    /** Whether a name or ARN means one of these functions. */
    boolean has(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() && byName.containsKey(matcher.group("name"));
    }

    private Deployed deployed(String name) {
        Matcher matcher = NAME.matcher(name);
        Deployed deployed = matcher.matches() ? byName.get(matcher.group("name")) : null;
        String qualifier = deployed == null ? null : matcher.group("qualifier");
        if (deployed == null
                || (qualifier != null
                        && !qualifier.equals("$LATEST")
                        && !qualifier.equals(deployed.resource.text("AutoPublishAlias"))))
            throw new AwsError(404, "ResourceNotFoundException", "Function not found: " + name);
        return deployed;
    }

    @Override
    public Invocation invoke(String function, JsonNode payload) {
        Deployed deployed = deployed(function);
        before.accept(deployed.resource);
        try {
            byte[] answer = deployed.handler().call(Json.bytes(payload), context(deployed.resource));
            return new Invocation.Answered(Json.read(answer));
        } catch (Crash e) {
            deployed.ended();
            String message = "Error: Runtime exited with error: exit status 1 (" + e.getMessage() + ")";
            return new Invocation.Failed(
                    "Runtime.ExitError",
                    message,
                    Json.object().put("errorType", "Runtime.ExitError").put("errorMessage", message));
        } catch (ReflectiveOperationException | IOException | RuntimeException | Error e) {
            // Whatever a function throws is its answer on Lambda too.
            if (e instanceof VirtualMachineError && !(e instanceof StackOverflowError)) throw (Error) e;
            log.atDebug()
                    .addKeyValue("function", deployed.resource.id())
                    .setCause(e)
                    .log("invocation failed");
            return failed(e);
        }
    }

    private Context context(Resource function) {
        return new LambdaContext(function.ref(), function.arn(), ids.uuid());
    }

    private static Invocation.Failed failed(Throwable thrown) {
        ObjectNode document = document(thrown);
        return new Invocation.Failed(
                thrown.getClass().getName(), document.path("errorMessage").asText(""), document);
    }

    private static ObjectNode document(Throwable thrown) {
        ObjectNode document = Json.object()
                .put("errorMessage", thrown.getMessage())
                .put("errorType", thrown.getClass().getName());
        ArrayNode trace = document.putArray("stackTrace");
        for (StackTraceElement element : thrown.getStackTrace()) trace.add(element.toString());
        Throwable cause = thrown.getCause();
        if (cause != null) document.set("cause", document(cause));
        return document;
    }
}
