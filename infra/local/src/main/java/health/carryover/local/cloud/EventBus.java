package health.carryover.local.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.clock.VirtualClock;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** EventBridge's default bus: the template's rules and those of PutRule, matched on the cloud's thread. */
final class EventBus implements JsonService {
    /** A rule; without a pattern it is only listed (its schedule runs in the scheduler). */
    private record Rule(
            String name, String arn, @Nullable EventPattern pattern, ObjectNode description, ArrayNode targets) {
        boolean enabled() {
            return description.path("State").asText().startsWith("ENABLED");
        }
    }

    private final VirtualClock clock;
    private final Ids ids;
    private final Targets targets;
    private final Map<String, Rule> rules = new LinkedHashMap<>();

    EventBus(Template template, VirtualClock clock, Ids ids, Targets targets) {
        this.clock = clock;
        this.ids = ids;
        this.targets = targets;
        for (Resource rule : template.ofType("AWS::Events::Rule")) {
            ArrayNode to = Json.array();
            rule.at("Targets").forEach(to::add);
            put(rule.name(), rule.properties(), rule.at("EventPattern"), to);
        }
        for (Resource owner : template.resources())
            for (Map.Entry<String, JsonNode> event : owner.entries("Events"))
                if (event.getValue().path("Type").asText().equals("EventBridgeRule"))
                    putEvent(owner, event.getKey(), event.getValue().path("Properties"));
    }

    /** A SAM event; a function is invoked by its alias where it has one. */
    private void putEvent(Resource owner, String name, JsonNode properties) {
        ObjectNode target = Json.object().put("Id", name).put("Arn", targetArn(owner));
        targets.role(owner.id() + name, properties).ifPresent(role -> target.put("RoleArn", role));
        for (String key : List.of("Input", "InputPath", "InputTransformer", "DeadLetterConfig"))
            if (properties.has(key)) target.set(key, properties.get(key));
        String rule = properties.path("RuleName").asText("carryover-" + owner.id() + name);
        put(rule, properties, properties.path("Pattern"), Json.array().add(target));
    }

    static String targetArn(Resource owner) {
        String alias = owner.text("AutoPublishAlias");
        return alias == null || !owner.type().equals("AWS::Serverless::Function")
                ? owner.arn()
                : owner.arn() + ":" + alias;
    }

    private synchronized String put(String name, JsonNode properties, JsonNode pattern, ArrayNode to) {
        String bus = properties.path("EventBusName").asText("default");
        if (!bus.equals("default"))
            throw new AwsError("ResourceNotFoundException", "Event bus " + bus + " does not exist.");
        ObjectNode description = Json.object()
                .put("Name", name)
                .put("Arn", Arn.of("events", "rule/" + name))
                .put("State", properties.path("State").asText("ENABLED"))
                .put("EventBusName", "default");
        if (!pattern.isMissingNode()) description.put("EventPattern", Json.text(pattern));
        if (properties.has("ScheduleExpression"))
            description.set("ScheduleExpression", properties.get("ScheduleExpression"));
        try {
            EventPattern compiled = pattern.isMissingNode() ? null : new EventPattern(pattern);
            rules.put(name, new Rule(name, description.path("Arn").asText(), compiled, description, to));
        } catch (IllegalArgumentException e) {
            throw new AwsError("InvalidEventPatternException", "rule " + name + ": " + e.getMessage());
        }
        return description.path("Arn").asText();
    }

    @Override
    public JsonNode call(String operation, JsonNode input) {
        return switch (operation) {
            case "PutEvents" -> putEvents(input);
            case "PutRule" -> {
                JsonNode pattern = input.has("EventPattern")
                        ? Json.parse(input.get("EventPattern").asText())
                        : input.path("EventPattern");
                yield Json.object().put("RuleArn", put(input.path("Name").asText(), input, pattern, Json.array()));
            }
            case "ListRules" ->
                list("Rules", snapshot().stream().map(Rule::description).toList());
            case "ListTargetsByRule" -> {
                Rule rule = snapshot().stream()
                        .filter(one -> one.name().equals(input.path("Rule").asText()))
                        .findFirst()
                        .orElseThrow(() -> new AwsError(
                                "ResourceNotFoundException",
                                "Rule " + input.path("Rule").asText() + " does not exist."));
                yield list("Targets", rule.targets());
            }
            default -> throw Unknown.operation("events", operation);
        };
    }

    private static ObjectNode list(String name, Iterable<? extends JsonNode> items) {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray(name);
        items.forEach(list::add);
        return answer;
    }

    private synchronized List<Rule> snapshot() {
        return new ArrayList<>(rules.values());
    }

    private ObjectNode putEvents(JsonNode input) {
        ObjectNode answer = Json.object().put("FailedEntryCount", 0);
        ArrayNode entries = answer.putArray("Entries");
        for (JsonNode entry : input.path("Entries")) {
            String bus = entry.path("EventBusName").asText("default");
            if (!bus.equals("default") && !bus.endsWith(":event-bus/default"))
                throw new AwsError("ResourceNotFoundException", "Event bus " + bus + " does not exist.");
            JsonNode detail;
            try {
                detail = Json.MAPPER.readTree(entry.path("Detail").asText("{}"));
            } catch (JsonProcessingException e) {
                entries.addObject().put("ErrorCode", "MalformedDetail").put("ErrorMessage", "Detail is malformed.");
                answer.put("FailedEntryCount", answer.path("FailedEntryCount").asInt() + 1);
                continue;
            }
            String id = publish(
                    entry.path("Source").asText(), entry.path("DetailType").asText(), detail, entry.path("Resources"));
            entries.addObject().put("EventId", id);
        }
        return answer;
    }

    /**
     * Puts one event on the bus.
     *
     * @param resources a list of ARNs, or a missing node
     * @return the event's id
     */
    String publish(String source, String detailType, JsonNode detail, JsonNode resources) {
        ObjectNode event = Json.object()
                .put("version", "0")
                .put("id", ids.uuid())
                .put("detail-type", detailType)
                .put("source", source)
                .put("account", Arn.ACCOUNT)
                .put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", Arn.REGION);
        event.set("resources", resources.isArray() ? resources : Json.array());
        event.set("detail", detail);
        clock.execute(() -> route(event));
        return event.path("id").asText();
    }

    private void route(JsonNode event) {
        for (Rule rule : snapshot()) {
            EventPattern pattern = rule.pattern();
            if (!rule.enabled() || pattern == null || !pattern.matches(event)) continue;
            for (JsonNode target : rule.targets())
                targets.sendOrBury("events.amazonaws.com", rule.arn(), target, TargetInput.of(target, event));
        }
    }
}
