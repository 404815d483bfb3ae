package health.carryover.platform.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.platform.audit.AuditEvent;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.identity.Caller;
import health.carryover.platform.json.Json;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Write;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of an operation, after the frame has found the caller and read the body. */
public final class Request {
    private final APIGatewayProxyRequestEvent event;
    private final Caller caller;
    private final @Nullable JsonNode body;
    private final Instant now;
    private final AuditTrail trail;
    private final Bodies bodies;
    private final String operation;
    private boolean audited;

    Request(
            APIGatewayProxyRequestEvent event,
            Caller caller,
            @Nullable JsonNode body,
            Instant now,
            AuditTrail trail,
            Bodies bodies,
            String operation) {
        this.event = event;
        this.caller = caller;
        this.body = body;
        this.now = now;
        this.trail = trail;
        this.bodies = bodies;
        this.operation = operation;
    }

    public Caller caller() {
        return caller;
    }

    /** The instant of this call: all that it writes bears the same time. */
    public Instant now() {
        return now;
    }

    public String id() {
        return event.getRequestContext().getRequestId();
    }

    /** A parameter of the path that the API document requires. */
    public String path(String name) {
        String value = event.getPathParameters() == null
                ? null
                : event.getPathParameters().get(name);
        if (value == null) throw new IllegalStateException("the route has no parameter " + name);
        return value;
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(event.getQueryStringParameters()).map(all -> all.get(name));
    }

    public Optional<String> header(String name) {
        Map<String, String> headers = event.getHeaders();
        if (headers == null) return Optional.empty();
        return headers.entrySet().stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The version that the caller says it has read. */
    public Optional<Long> ifMatch() {
        return header("If-Match").map(value -> {
            try {
                return Long.parseLong(value.replace("\"", ""));
            } catch (NumberFormatException e) {
                throw Refused.malformed("etag", "/If-Match");
            }
        });
    }

    /** The body, which has passed the schema. */
    public JsonNode body() {
        if (body == null) throw new IllegalStateException("the operation has no body");
        return body;
    }

    public <T> T body(Class<T> type) {
        return read(body(), type, "");
    }

    /** A part of the body as a value of ours; what the schema could not check is a problem at that place. */
    public <T> T read(JsonNode value, Class<T> type, String pointer) {
        try {
            return Json.MAPPER.treeToValue(value, type);
        } catch (JsonMappingException e) {
            throw Refused.malformed("unreadable", pointer + pointer(e));
        } catch (JsonProcessingException e) {
            throw Refused.malformed("unreadable", pointer);
        }
    }

    /** The member that could not be read. */
    private static String pointer(JsonMappingException e) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            String name = step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName();
            pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    /** All problems of a value against one schema of the API document, for parts that are checked one by one. */
    public List<Problem> problems(String component, JsonNode value) {
        return bodies.problemsOf(component, value);
    }

    /** The audit event of this call as a part of the transaction that makes the change. */
    public Write audit(Resource resource) {
        audited = true;
        return new Write.Other(trail.item(event(resource, "ALLOWED")));
    }

    /** Writes the audit event by itself unless a transaction carried it. */
    void auditUnlessDone(Resource resource, String outcome) {
        if (!audited || !outcome.equals("ALLOWED")) trail.write(event(resource, outcome));
    }

    private AuditEvent event(Resource resource, String outcome) {
        String patient = resource instanceof Resource.PatientRecord record ? record.patient() : null;
        String roles = String.join(
                " ", caller.roles().stream().map(Enum::name).sorted().toList());
        return new AuditEvent(resource.clinic(), patient, caller.person(), roles, operation, outcome, now, id());
    }
}
