package health.carryover.platform.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.identity.Caller;
import health.carryover.platform.identity.Identities;
import health.carryover.platform.json.Json;
import health.carryover.platform.json.LambdaSerializer;
import health.carryover.platform.policy.Policy;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.vault.Vault;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function behind the API: a map from operation to code. Each call goes caller, body, permit, consent, code, audit,
 * answer, in this order, so that an operation cannot forget one.
 */
public abstract class ApiFunction implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
    private static final Logger log = LoggerFactory.getLogger(ApiFunction.class);

    /** What Lambda accepts in one synchronous call is 6 MB; no body of ours needs a tenth of it. */
    private static final int LARGEST_BODY = 512 * 1024;

    private static final String NOBODY = Vault.NOBODY;

    private final Map<String, Operation> operations;
    private final Identities identities;
    private final Policy policy;
    private final Records records;
    private final AuditTrail trail;
    private final Bodies bodies;
    private final InstantSource time;

    protected ApiFunction(Environment environment, Records records, List<Operation> operations) {
        this.records = records;
        this.operations =
                operations.stream().collect(Collectors.toUnmodifiableMap(Operation::route, Function.identity()));
        identities = new Identities(environment);
        policy = new Policy();
        trail = new AuditTrail(environment);
        bodies = new Bodies();
        time = environment.time();
        operations.forEach(operation -> policy.requireKnown(operation.action()));
        String event = eventOfNobody(environment);
        environment.priming().add("api", () -> prime(event));
    }

    /** The routes that this function serves; a test compares them with the API document. */
    public Set<String> routes() {
        return operations.keySet();
    }

    /** The Cedar actions of these routes; a test compares them with the policy. */
    public Set<String> actions() {
        return operations.values().stream().map(Operation::action).collect(Collectors.toUnmodifiableSet());
    }

    private String eventOfNobody(Environment environment) {
        String route = operations.keySet().stream().sorted().findFirst().orElseThrow();
        ObjectNode event = Json.MAPPER
                .createObjectNode()
                .put("httpMethod", route.substring(0, route.indexOf(' ')))
                .put("resource", route.substring(route.indexOf(' ') + 1));
        event.putObject("requestContext")
                .put("requestId", NOBODY)
                .putObject("authorizer")
                .putObject("claims")
                .put("iss", environment.variable("PATIENT_POOL"))
                .put("sub", NOBODY);
        return event.toString();
    }

    /** An unknown caller's call, from its bytes to those of the answer; then what only a known caller's gets to. */
    private void prime(String event) {
        LambdaSerializer serializer = new LambdaSerializer();
        APIGatewayProxyResponseEvent response = respond(serializer.fromJson(event, APIGatewayProxyRequestEvent.class));
        if (response.getStatusCode() != 401) throw new IllegalStateException("nobody was taken for a known caller");
        serializer.toJson(response, OutputStream.nullOutputStream(), APIGatewayProxyResponseEvent.class);
        Caller nobody = new Caller(NOBODY, NOBODY, Set.of(Caller.Role.PATIENT));
        Resource record = new Resource.PatientRecord(NOBODY, NOBODY, null);
        actions().forEach(action -> policy.permits(nobody, action, record));
        routes().forEach(route -> bodies.problems(route, Json.MAPPER.createObjectNode()));
    }

    @Override
    public APIGatewayProxyResponseEvent handleRequest(APIGatewayProxyRequestEvent event, Context context) {
        return respond(event);
    }

    private APIGatewayProxyResponseEvent respond(APIGatewayProxyRequestEvent event) {
        String route = event.getHttpMethod() + " " + event.getResource();
        String requestId = event.getRequestContext().getRequestId();
        long start = System.nanoTime();
        APIGatewayProxyResponseEvent response;
        try {
            response = answer(run(event, route), requestId);
        } catch (Refused refused) {
            response = problem(refused, requestId);
        } catch (Records.ConcurrentChange e) {
            response = problem(
                    Refused.conflict("concurrent-change", "Somebody changed this just now; try again."), requestId);
        }
        log.atInfo()
                .addKeyValue("route", route)
                .addKeyValue("status", response.getStatusCode())
                .addKeyValue("millis", (System.nanoTime() - start) / 1_000_000)
                .addKeyValue("request", requestId)
                .log("answered");
        return response;
    }

    private Answer run(APIGatewayProxyRequestEvent event, String route) {
        Operation operation = operations.get(route);
        if (operation == null) throw new IllegalStateException("no operation for the route " + route);
        Caller caller = caller(event);
        JsonNode body = body(event);
        Request request = new Request(event, caller, body, time.instant(), trail, bodies, operation.action());
        List<Problem> problems = bodies.problems(route, body);
        if (!problems.isEmpty()) throw Refused.malformed(problems);
        Resource resource = operation.resource().apply(request);
        if (!policy.permits(caller, operation.action(), resource)) {
            // Only inside the caller's own clinic is there a record to which the refusal belongs.
            if (resource.clinic().equals(caller.clinic())) request.auditUnlessDone(resource, "REFUSED");
            throw Refused.forbidden();
        }
        List<Problem> missing = missingConsents(resource, operation.consent().apply(request));
        if (!missing.isEmpty()) {
            request.auditUnlessDone(resource, "REFUSED");
            throw Refused.noConsent(missing);
        }
        Answer answer = operation.code().run(request, resource);
        request.auditUnlessDone(resource, "ALLOWED");
        return answer;
    }

    private Caller caller(APIGatewayProxyRequestEvent event) {
        Map<String, Object> authorizer = event.getRequestContext().getAuthorizer();
        if (authorizer == null || !(authorizer.get("claims") instanceof Map<?, ?> claims))
            throw Refused.unknownCaller();
        if (!(claims.get("iss") instanceof String issuer) || !(claims.get("sub") instanceof String subject))
            throw Refused.unknownCaller();
        return identities.caller(issuer, subject).orElseThrow(Refused::unknownCaller);
    }

    private static @Nullable JsonNode body(APIGatewayProxyRequestEvent event) {
        String text = event.getBody();
        if (text == null || text.isBlank()) return null;
        try {
            if (Boolean.TRUE.equals(event.getIsBase64Encoded()))
                text = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
            if (text.length() > LARGEST_BODY) throw Refused.tooLarge();
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw Refused.malformed("notJson", "");
        }
    }

    private List<Problem> missingConsents(Resource resource, Set<Consent.Scope> needed) {
        if (needed.isEmpty()) return List.of();
        if (!(resource instanceof Resource.PatientRecord patient))
            throw new IllegalStateException("consent is asked of a patient");
        Optional<Consent> consent = records.latest(
                        Key.patientPk(new PatientRef(patient.clinic(), patient.patient())), "CONSENT#", Kind.CONSENT)
                .map(entry -> entry.content());
        return needed.stream()
                .filter(scope -> consent.isEmpty() || !consent.get().allows(scope))
                .sorted()
                .map(scope -> new Problem(scope.name(), ""))
                .toList();
    }

    private static APIGatewayProxyResponseEvent answer(Answer answer, String requestId) {
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.put("Content-Type", "application/json");
        return response(answer.status(), headers, answer.body() == null ? "" : Json.text(answer.body()), requestId);
    }

    private static APIGatewayProxyResponseEvent problem(Refused refused, String requestId) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("type", "https://carryover.health/problems/" + refused.type())
                .put("title", refused.getMessage())
                .put("status", refused.status())
                .put("requestId", requestId);
        if (!refused.problems().isEmpty()) body.set("problems", Json.MAPPER.valueToTree(refused.problems()));
        return response(
                refused.status(),
                new HashMap<>(Map.of("Content-Type", "application/problem+json")),
                body.toString(),
                requestId);
    }

    private static APIGatewayProxyResponseEvent response(
            int status, Map<String, String> headers, String body, String requestId) {
        headers.put("Cache-Control", "no-store");
        headers.put("X-Request-Id", requestId);
        APIGatewayProxyResponseEvent response = new APIGatewayProxyResponseEvent();
        response.setStatusCode(status);
        response.setHeaders(headers);
        response.setBody(body);
        return response;
    }
}
