package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.access.Permissions;
import health.carryover.local.clock.VirtualClock;
import health.carryover.local.trail.TrailQuery;
import health.carryover.local.trail.TrailReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /_carryover/}: what only a local cloud can do. */
final class Control implements Service {
    private static final Pattern KEYS = Pattern.compile("/_carryover/cognito/(?<pool>[^/]+)/\\.well-known/jwks\\.json");

    private final VirtualClock clock;
    private final Inbox inbox;
    private final Personas personas;
    private final UserPools pools;
    private final TrailReader trail;
    private final Permissions permissions;

    Control(
            VirtualClock clock,
            Inbox inbox,
            Personas personas,
            UserPools pools,
            TrailReader trail,
            Permissions permissions) {
        this.clock = clock;
        this.inbox = inbox;
        this.personas = personas;
        this.pools = pools;
        this.trail = trail;
        this.permissions = permissions;
    }

    @Override
    public Optional<Asked> asked(Ask ask) {
        return Optional.empty();
    }

    @Override
    public Reply answer(Ask ask) {
        Matcher keys = KEYS.matcher(ask.path());
        if (keys.matches() && ask.method().equals("GET"))
            return Reply.of(200, "application/json", pools.jwks(keys.group("pool")));
        return switch (ask.method() + " " + ask.path()) {
            case "GET /_carryover/clock" -> now();
            case "POST /_carryover/clock" -> move(body(ask));
            case "GET /_carryover/inbox" -> Reply.json(200, inbox.json());
            case "GET /_carryover/permissions" -> Reply.json(200, Json.object().put("report", permissions.report()));
            case "POST /_carryover/trail" -> Reply.json(200, asked(body(ask)));
            case "GET /_carryover/personas" -> Reply.json(200, personas.json());
            case "POST /_carryover/personas" -> {
                personas.add(Personas.read(body(ask)));
                yield Reply.empty(204);
            }
            case "POST /_carryover/token" ->
                Reply.json(
                        200,
                        Json.object()
                                .put(
                                        "access_token",
                                        personas.token(body(ask).path("persona").asText())));
            default ->
                throw new AwsError(404, "UnknownOperationException", "there is no " + ask.method() + " " + ask.path());
        };
    }

    private static JsonNode body(Ask ask) {
        try {
            return Json.read(ask.body());
        } catch (IOException e) {
            throw new AwsError("SerializationException", "the request body is not JSON");
        }
    }

    /** Records of the trail that answer a question, newest first, at most so many. */
    private JsonNode asked(JsonNode question) {
        TrailQuery query = new TrailQuery(
                question.path("by").asText(""),
                question.path("notBy").asText(""),
                question.path("event").asText(""),
                question.path("on").asText(""),
                question.path("denied").asBoolean());
        try {
            Instant from = Instant.parse(question.path("from").asText("1970-01-01T00:00:00Z"));
            Instant to =
                    Instant.parse(question.path("to").asText(clock.instant().toString()));
            ObjectNode answer = Json.object();
            ArrayNode records = answer.putArray("Records");
            trail.read(from, to, query, 0, question.path("most").asInt(1000)).forEach(records::add);
            return answer;
        } catch (DateTimeException e) {
            throw new AwsError("ValidationException", "'from' and 'to' are instants: 2026-03-02T15:00:00Z");
        }
    }

    private Reply now() {
        return Reply.json(200, Json.object().put("now", clock.instant().toString()));
    }

    private Reply move(JsonNode body) {
        try {
            if (body.path("advance").isTextual())
                clock.advance(Duration.parse(body.path("advance").asText()));
            else if (body.path("until").isTextual())
                clock.advanceTo(Instant.parse(body.path("until").asText()));
            else throw new AwsError("ValidationException", "give 'advance' (PT48H) or 'until' (2026-03-02T15:00:00Z)");
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new AwsError("ValidationException", String.valueOf(e.getMessage()));
        }
        return now();
    }
}
