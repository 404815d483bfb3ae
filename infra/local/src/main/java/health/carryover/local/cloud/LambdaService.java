package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.template.Resource;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lambda's REST interface: Invoke, ListFunctions, GetFunction. */
record LambdaService(Lambdas lambdas, AsyncInvoker async) implements Service {
    private static final Pattern PATH =
            Pattern.compile("/2015-03-31/functions(?:/|/(?<name>[^/]+)(?<invoke>/invocations)?)?");

    @Override
    public Optional<Asked> asked(Ask ask) {
        Matcher path = PATH.matcher(ask.path());
        String name = path.matches() ? path.group("name") : null;
        if (name == null)
            return Optional.of(new Asked(
                    path.matches() && ask.method().equals("GET") ? "ListFunctions" : ask.method(), Json.object()));
        String qualifier = ask.parameter("Qualifier");
        String function = URLDecoder.decode(name, StandardCharsets.UTF_8) + (qualifier == null ? "" : ":" + qualifier);
        String operation = path.group("invoke") == null ? "GetFunction" : "Invoke";
        return Optional.of(new Asked(operation, Json.object().put("FunctionName", function)));
    }

    @Override
    public Reply answer(Ask ask) {
        Matcher path = PATH.matcher(ask.path());
        if (path.matches()) {
            String name = path.group("name");
            if (name == null && ask.method().equals("GET")) return list();
            if (name != null) {
                String decoded = URLDecoder.decode(name, StandardCharsets.UTF_8);
                String qualifier = ask.parameter("Qualifier");
                String function = qualifier == null ? decoded : decoded + ":" + qualifier;
                if (path.group("invoke") != null && ask.method().equals("POST")) return invoke(ask, function);
                if (path.group("invoke") == null && ask.method().equals("GET")) return get(function);
            }
        }
        throw new AwsError(
                501, "UnknownOperationException", "the local cloud's lambda has no " + ask.method() + " " + ask.path());
    }

    private Reply invoke(Ask ask, String function) {
        JsonNode payload;
        try {
            payload = ask.body().length == 0 ? Json.object() : Json.read(ask.body());
        } catch (IOException e) {
            throw new AwsError("InvalidRequestContentException", "the payload is not JSON");
        }
        String type = ask.header("X-Amz-Invocation-Type");
        if ("Event".equals(type)) {
            async.invoke(lambdas.function(function), payload);
            return Reply.empty(202);
        }
        if ("DryRun".equals(type)) {
            lambdas.function(function);
            return Reply.empty(204);
        }
        return switch (lambdas.invoke(function, payload)) {
            case Invocation.Answered answered ->
                Reply.json(200, answered.payload()).with("X-Amz-Executed-Version", "1");
            case Invocation.Failed failed ->
                Reply.json(200, failed.document()).with("X-Amz-Function-Error", "Unhandled");
        };
    }

    private Reply list() {
        ObjectNode answer = Json.object();
        ArrayNode functions = answer.putArray("Functions");
        for (Resource function : lambdas.functions()) functions.add(configuration(function));
        return Reply.json(200, answer);
    }

    private Reply get(String name) {
        ObjectNode answer = Json.object();
        answer.set("Configuration", configuration(lambdas.function(name)));
        return Reply.json(200, answer);
    }

    private static ObjectNode configuration(Resource function) {
        ObjectNode configuration = Json.object()
                .put("FunctionName", function.ref())
                .put("FunctionArn", function.arn())
                .put("Handler", Lambdas.handlerName(function))
                .put("PackageType", function.text("PackageType", "Zip"))
                .put("MemorySize", function.at("MemorySize").asInt(128))
                .put("Timeout", function.at("Timeout").asInt(3))
                .put("State", "Active");
        String runtime = function.text("Runtime");
        if (runtime != null) configuration.put("Runtime", runtime);
        return configuration;
    }
}
