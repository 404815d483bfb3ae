package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.clock.VirtualClock;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** EventBridge Scheduler, and the scheduled rules of EventBridge, on the virtual clock. */
final class Scheduler implements Service {
    private static final Pattern PATH = Pattern.compile("/schedules(?:/(?<name>[^/]+))?");

    /**
     * A schedule.
     *
     * @param properties as in CloudFormation: ScheduleExpression, ScheduleExpressionTimezone, State, StartDate, EndDate
     * @param rule the ARN of the EventBridge rule, empty for a schedule of Scheduler
     */
    private record Schedule(
            String name,
            ObjectNode properties,
            JsonNode target,
            String rule,
            ScheduleExpression expression,
            Instant created) {
        boolean enabled() {
            return !properties.path("State").asText("ENABLED").equals("DISABLED")
                    && properties.path("Enabled").asBoolean(true);
        }

        String arn() {
            return rule.isEmpty()
                    ? Arn.of(
                            "scheduler",
                            "schedule/" + properties.path("GroupName").asText("default") + "/" + name)
                    : rule;
        }
    }

    private final VirtualClock clock;
    private final Ids ids;
    private final Targets targets;
    private final Map<String, Schedule> schedules = new LinkedHashMap<>();
    private final Map<String, VirtualClock.Timer> timers = new LinkedHashMap<>();

    Scheduler(Template template, VirtualClock clock, Ids ids, Targets targets) {
        this.clock = clock;
        this.ids = ids;
        this.targets = targets;
        for (Resource schedule : template.ofType("AWS::Scheduler::Schedule"))
            put(schedule.name(), schedule.properties(), List.of(schedule.at("Target")), "");
        for (Resource rule : template.ofType("AWS::Events::Rule"))
            if (rule.properties().has("ScheduleExpression")) {
                List<JsonNode> all = new ArrayList<>();
                rule.at("Targets").forEach(all::add);
                put(rule.name(), rule.properties(), all, rule.arn());
            }
        for (Resource owner : template.resources())
            for (Map.Entry<String, JsonNode> event : owner.entries("Events"))
                putEvent(owner, event.getKey(), event.getValue());
    }

    private void putEvent(Resource owner, String name, JsonNode event) {
        String type = event.path("Type").asText();
        if (!type.equals("Schedule") && !type.equals("ScheduleV2")) return;
        ObjectNode properties = event.path("Properties").deepCopy();
        if (properties.has("Schedule")) properties.set("ScheduleExpression", properties.get("Schedule"));
        ObjectNode target = Json.object().put("Arn", EventBus.targetArn(owner));
        targets.role(owner.id() + name, properties).ifPresent(role -> target.put("RoleArn", role));
        for (String key : List.of("Input", "DeadLetterConfig"))
            if (properties.has(key)) target.set(key, properties.get(key));
        String schedule = properties.path("Name").asText("carryover-" + owner.id() + name);
        put(schedule, properties, List.of(target), type.equals("Schedule") ? Arn.of("events", "rule/" + schedule) : "");
    }

    private synchronized void put(String name, JsonNode properties, List<JsonNode> to, String rule) {
        ZoneId zone;
        ScheduleExpression expression;
        Instant start = date(properties, "StartDate").orElse(clock.instant());
        try {
            zone = ZoneId.of(properties.path("ScheduleExpressionTimezone").asText("UTC"));
            expression =
                    ScheduleExpression.of(properties.path("ScheduleExpression").asText(), zone, start);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new AwsError("ValidationException", "schedule " + name + ": " + e.getMessage());
        }
        int number = 0;
        for (JsonNode target : to) {
            String key = number++ == 0 ? name : name + "#" + number;
            Schedule schedule = new Schedule(name, properties.deepCopy(), target, rule, expression, clock.instant());
            schedules.put(key, schedule);
            arm(key, schedule, start.minusNanos(1).isAfter(clock.instant()) ? start.minusNanos(1) : clock.instant());
        }
    }

    private static Optional<Instant> date(JsonNode properties, String name) {
        JsonNode date = properties.path(name);
        if (date.isMissingNode() || date.isNull()) return Optional.empty();
        return Optional.of(
                date.isNumber()
                        ? Instant.ofEpochMilli(
                                date.decimalValue().movePointRight(3).longValue())
                        : Instant.parse(date.asText()));
    }

    /** The next firing after an instant becomes the one timer of this schedule. */
    private synchronized void arm(String key, Schedule schedule, Instant after) {
        if (!schedule.enabled()) return;
        Optional<Instant> end = date(schedule.properties(), "EndDate");
        schedule.expression()
                .next(after)
                .filter(when -> end.isEmpty() || !when.isAfter(end.get()))
                .ifPresent(when -> timers.put(key, clock.at(when, () -> fire(key, schedule, when))));
    }

    private void fire(String key, Schedule schedule, Instant when) {
        synchronized (this) {
            if (!schedule.equals(schedules.get(key))) return;
            timers.remove(key);
            boolean once = schedule.expression().next(when).isEmpty();
            if (once
                    && schedule.properties()
                            .path("ActionAfterCompletion")
                            .asText()
                            .equals("DELETE")) schedules.remove(key);
            else arm(key, schedule, when);
        }
        targets.sendOrBury(
                schedule.rule().isEmpty() ? "scheduler.amazonaws.com" : "events.amazonaws.com",
                schedule.arn(),
                schedule.target(),
                payload(schedule, when));
    }

    private JsonNode payload(Schedule schedule, Instant when) {
        String id = ids.uuid();
        String time = when.truncatedTo(ChronoUnit.SECONDS).toString();
        JsonNode input = schedule.target().path("Input");
        if (!input.isMissingNode())
            return Json.parse(input.asText()
                    .replace("<aws.scheduler.scheduled-time>", time)
                    .replace("<aws.scheduler.schedule-arn>", schedule.arn())
                    .replace("<aws.scheduler.execution-id>", id)
                    .replace("<aws.scheduler.attempt-number>", "1"));
        ObjectNode event = Json.object()
                .put("version", "0")
                .put("id", id)
                .put("detail-type", "Scheduled Event")
                .put("source", schedule.rule().isEmpty() ? "aws.scheduler" : "aws.events")
                .put("account", Arn.ACCOUNT)
                .put("time", time)
                .put("region", Arn.REGION);
        event.putArray("resources").add(schedule.arn());
        // Scheduler's default notification has a text there, EventBridge an object.
        if (schedule.rule().isEmpty()) event.put("detail", "{}");
        else event.putObject("detail");
        return event;
    }

    @Override
    public Optional<Asked> asked(Ask ask) {
        Matcher path = PATH.matcher(ask.path());
        String name = path.matches() ? path.group("name") : null;
        String operation = switch (ask.method()) {
            case "GET" -> name == null ? "ListSchedules" : "GetSchedule";
            case "POST" -> "CreateSchedule";
            case "DELETE" -> "DeleteSchedule";
            default -> ask.method();
        };
        ObjectNode input = Json.object();
        if (name != null) input.put("Name", URLDecoder.decode(name, StandardCharsets.UTF_8));
        return Optional.of(new Asked(operation, input));
    }

    @Override
    public Reply answer(Ask ask) {
        Matcher path = PATH.matcher(ask.path());
        if (!path.matches()) throw Unknown.operation("scheduler", ask.method() + " " + ask.path());
        String name = path.group("name") == null ? "" : URLDecoder.decode(path.group("name"), StandardCharsets.UTF_8);
        return switch (ask.method()) {
            case "GET" -> name.isEmpty() ? Reply.json(200, list()) : Reply.json(200, describe(find(name)));
            case "POST" -> create(name, ask);
            case "DELETE" -> delete(name);
            default -> throw Unknown.operation("scheduler", ask.method() + " " + ask.path());
        };
    }

    private synchronized @Nullable Schedule known(String name) {
        Schedule schedule = schedules.get(name);
        return schedule != null && schedule.rule().isEmpty() ? schedule : null;
    }

    private Schedule find(String name) {
        Schedule schedule = known(name);
        if (schedule == null)
            throw new AwsError(404, "ResourceNotFoundException", "Schedule " + name + " does not exist.");
        return schedule;
    }

    private Reply create(String name, Ask ask) {
        if (known(name) != null) throw new AwsError(409, "ConflictException", "Schedule " + name + " already exists.");
        try {
            JsonNode body = Json.read(ask.body());
            put(name, body, List.of(body.path("Target")), "");
            return Reply.json(200, Json.object().put("ScheduleArn", find(name).arn()));
        } catch (IOException e) {
            throw new AwsError("ValidationException", "the request body is not JSON");
        }
    }

    private synchronized Reply delete(String name) {
        find(name);
        schedules.remove(name);
        VirtualClock.Timer timer = timers.remove(name);
        if (timer != null) timer.cancel();
        return Reply.json(200, Json.object());
    }

    private synchronized ObjectNode list() {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("Schedules");
        for (Schedule schedule : schedules.values()) {
            if (!schedule.rule().isEmpty()) continue;
            ObjectNode one = list.addObject()
                    .put("Arn", schedule.arn())
                    .put("Name", schedule.name())
                    .put("GroupName", schedule.properties().path("GroupName").asText("default"))
                    .put("State", schedule.enabled() ? "ENABLED" : "DISABLED")
                    .put("CreationDate", schedule.created().getEpochSecond())
                    .put("LastModificationDate", schedule.created().getEpochSecond());
            one.putObject("Target").put("Arn", schedule.target().path("Arn").asText());
        }
        return answer;
    }

    private static ObjectNode describe(Schedule schedule) {
        ObjectNode answer = Json.object()
                .put("Arn", schedule.arn())
                .put("Name", schedule.name())
                .put("GroupName", schedule.properties().path("GroupName").asText("default"))
                .put("State", schedule.enabled() ? "ENABLED" : "DISABLED")
                .put(
                        "ScheduleExpression",
                        schedule.properties().path("ScheduleExpression").asText())
                .put(
                        "ScheduleExpressionTimezone",
                        schedule.properties().path("ScheduleExpressionTimezone").asText("UTC"))
                .put("CreationDate", schedule.created().getEpochSecond())
                .put("LastModificationDate", schedule.created().getEpochSecond());
        answer.set("Target", schedule.target());
        answer.putObject("FlexibleTimeWindow").put("Mode", "OFF");
        return answer;
    }
}
