package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An OpenAPI document as API Gateway reads it: routes, who may call them, what must be there. */
final class ApiDocument {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final Pattern INTEGRATION =
            Pattern.compile(".*:lambda:path/2015-03-31/functions/(?<function>[^/]+)/invocations");
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9._-]+)(\\+?)}");

    /**
     * Who may call an operation.
     *
     * @param pools ARNs of the user pools whose tokens are taken
     * @param scopes one of them must be in the token; empty = none is asked for
     */
    record Access(List<String> pools, List<String> scopes) {}

    /** What answers: a function, or the document itself (a mock, as CORS preflight uses it). */
    sealed interface Integration {
        record Function(String arn) implements Integration {}

        record Mock(int status, Map<String, String> headers) implements Integration {}
    }

    /**
     * One method of one path.
     *
     * @param access null = anyone
     */
    record Route(
            String method,
            String resource,
            Pattern path,
            List<String> variables,
            Integration integration,
            @Nullable Access access,
            List<String> requiredHeaders,
            List<String> requiredQuery) {}

    private final JsonNode document;
    private final List<String> problems = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();

    /** @throws IllegalArgumentException with everything in the document that is not understood */
    ApiDocument(JsonNode document, Predicate<String> functionExists) {
        this.document = document;
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties())
            for (Map.Entry<String, JsonNode> entry : path.getValue().properties()) {
                String place = entry.getKey() + " " + path.getKey();
                if (METHODS.contains(entry.getKey()))
                    route(place, path.getKey(), entry.getKey(), entry.getValue(), path.getValue());
                else if (!Set.of("parameters", "summary", "description").contains(entry.getKey()))
                    problems.add(place + " is not understood");
            }
        for (Route route : routes)
            if (route.integration() instanceof Integration.Function function && !functionExists.test(function.arn()))
                problems.add(route.method() + " " + route.resource() + ": there is no function " + function.arn());
        if (!problems.isEmpty()) throw new IllegalArgumentException(String.join("\n  ", problems));
        // A fixed path wins over a variable one, as on API Gateway.
        routes.sort(Comparator.comparing(route -> route.resource().replace('{', '\uffff')));
    }

    List<Route> routes() {
        return routes;
    }

    JsonNode gatewayResponses() {
        return document.path("x-amazon-apigateway-gateway-responses");
    }

    /** Media types whose bodies travel as Base64. */
    List<String> binaryTypes() {
        List<String> types = new ArrayList<>();
        for (JsonNode type : document.path("x-amazon-apigateway-binary-media-types")) types.add(type.asText());
        return types;
    }

    private void route(String place, String resource, String method, JsonNode operation, JsonNode path) {
        Integration integration = integration(place, operation.path("x-amazon-apigateway-integration"));
        if (integration == null) return;
        List<String> headers = new ArrayList<>();
        List<String> query = new ArrayList<>();
        if (validatesParameters(place, operation))
            for (JsonNode list : List.of(path.path("parameters"), operation.path("parameters")))
                for (JsonNode one : list) {
                    JsonNode parameter = deref(place, one);
                    if (!parameter.path("required").asBoolean()) continue;
                    if (parameter.path("in").asText().equals("header"))
                        headers.add(parameter.path("name").asText());
                    if (parameter.path("in").asText().equals("query"))
                        query.add(parameter.path("name").asText());
                }
        List<String> variables = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(resource);
        StringBuilder pattern = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            pattern.append(Pattern.quote(resource.substring(end, matcher.start())))
                    .append(matcher.group(2).isEmpty() ? "([^/]+)" : "(.+)");
            variables.add(matcher.group(1));
            end = matcher.end();
        }
        pattern.append(Pattern.quote(resource.substring(end)));
        routes.add(new Route(
                method.toUpperCase(Locale.ROOT),
                resource,
                Pattern.compile(pattern.toString()),
                variables,
                integration,
                access(place, operation),
                headers,
                query));
    }

    private @Nullable Integration integration(String place, JsonNode integration) {
        switch (integration.path("type").asText().toLowerCase(Locale.ROOT)) {
            case "aws_proxy" -> {
                Matcher uri = INTEGRATION.matcher(integration.path("uri").asText());
                if (uri.matches()) return new Integration.Function(uri.group("function"));
                problems.add(place + ": the integration URI names no function");
            }
            case "mock" -> {
                JsonNode response = integration.path("responses").path("default");
                Map<String, String> headers = new LinkedHashMap<>();
                for (Map.Entry<String, JsonNode> header :
                        response.path("responseParameters").properties())
                    headers.put(
                            header.getKey().replace("method.response.header.", ""),
                            unquoted(header.getValue().asText()));
                return new Integration.Mock(response.path("statusCode").asInt(200), headers);
            }
            default -> problems.add(place + ": has no integration that is understood (aws_proxy, mock)");
        }
        return null;
    }

    /** {@code 'value'}: a constant in API Gateway's mappings. */
    static String unquoted(String mapped) {
        return mapped.startsWith("'") && mapped.endsWith("'") && mapped.length() > 1
                ? mapped.substring(1, mapped.length() - 1)
                : mapped;
    }

    private boolean validatesParameters(String place, JsonNode operation) {
        String key = "x-amazon-apigateway-request-validator";
        String name = operation.path(key).asText(document.path(key).asText(""));
        if (name.isEmpty()) return false;
        JsonNode validator =
                document.path("x-amazon-apigateway-request-validators").path(name);
        if (validator.isMissingNode()) problems.add(place + ": there is no request validator " + name);
        if (validator.path("validateRequestBody").asBoolean())
            problems.add(place + ": validation of bodies by the gateway is not understood");
        return validator.path("validateRequestParameters").asBoolean();
    }

    private @Nullable Access access(String place, JsonNode operation) {
        JsonNode security = operation.has("security") ? operation.get("security") : document.path("security");
        if (security.isEmpty()) return null;
        if (security.size() > 1 || security.get(0).size() != 1) {
            problems.add(place + ": more than one way to be let in is not understood");
            return null;
        }
        Map.Entry<String, JsonNode> only =
                security.get(0).properties().iterator().next();
        JsonNode scheme = document.path("components").path("securitySchemes").path(only.getKey());
        JsonNode authorizer = scheme.path("x-amazon-apigateway-authorizer");
        boolean known = scheme.path("x-amazon-apigateway-authtype").asText().equals("cognito_user_pools")
                && authorizer.path("type").asText().equals("cognito_user_pools")
                && scheme.path("name").asText().equalsIgnoreCase("Authorization");
        if (!known) problems.add(place + ": the security scheme " + only.getKey() + " is not understood");
        List<String> pools = new ArrayList<>();
        for (JsonNode arn : authorizer.path("providerARNs")) pools.add(arn.asText());
        List<String> scopes = new ArrayList<>();
        for (JsonNode scope : only.getValue()) scopes.add(scope.asText());
        return new Access(pools, scopes);
    }

    private JsonNode deref(String place, JsonNode node) {
        Set<String> seen = new HashSet<>();
        JsonNode here = node;
        while (here.has("$ref")) {
            String reference = here.get("$ref").asText();
            here = reference.startsWith("#") && seen.add(reference)
                    ? document.at(reference.substring(1))
                    : document.path("");
            if (here.isMissingNode()) problems.add(place + ": " + reference + " leads nowhere");
        }
        return here;
    }
}
