package health.carryover.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.trail.TrailQuery;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./carryover audit calls}: what the trail (CloudTrail) recorded of the calls to AWS services. */
@Command(
        name = "calls",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what the trail recorded of calls to AWS services, newest first: time, who, operation, resource, outcome.",
            "Texts match any part; without options everything is printed."
        })
final class AuditCallsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--by", paramLabel = "WHO", description = "role, user or service that called")
    private String by = "";

    @Option(names = "--not-by", paramLabel = "WHO", description = "leaves these out")
    private String notBy = "";

    @Option(names = "--event", paramLabel = "NAME[|NAME]", description = "whole names of operations")
    private String event = "";

    @Option(names = "--on", paramLabel = "WHAT", description = "resource, key or other identifier in the call")
    private String on = "";

    @Option(names = "--denied", description = "only what the permissions refused")
    private boolean denied;

    @Option(names = "--count", description = "how often each caller called each operation, instead of the calls")
    private boolean count;

    @Option(names = "--since", paramLabel = "INSTANT", description = "for example 2026-03-02T15:00:00Z")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "INSTANT")
    private @Nullable String until;

    @Option(
            names = "--most",
            paramLabel = "N",
            description = "at most so many calls are looked at; default ${DEFAULT-VALUE}",
            defaultValue = "1000")
    private int most;

    @Option(names = "--endpoint", paramLabel = "URL", description = "of the local cloud; default CARRYOVER_ENDPOINT")
    private @Nullable URI endpoint;

    @Override
    public Integer call() {
        return Terminal.print(spec, () -> {
            ObjectNode question = JsonNodeFactory.instance
                    .objectNode()
                    .put("by", by)
                    .put("notBy", notBy)
                    .put("event", event)
                    .put("on", on)
                    .put("denied", denied)
                    .put("most", most);
            if (since != null) question.put("from", since);
            if (until != null) question.put("to", until);
            JsonNode records = RunningCloud.at(endpoint).post("trail", question).path("Records");
            return count ? counted(records) : listed(records);
        });
    }

    private String listed(JsonNode records) {
        StringBuilder text = new StringBuilder();
        for (JsonNode record : records)
            text.append("%s  %s  %s  %s  %s%n"
                    .formatted(
                            record.path("eventTime").asText(),
                            name(record),
                            record.path("eventName").asText(),
                            what(record),
                            record.path("errorCode").asText("allowed")));
        String more = records.size() == most ? " (there may be more; see --most)" : "";
        return text.append("%d calls%s".formatted(records.size(), more)).toString();
    }

    private static String counted(JsonNode records) {
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode record : records)
            counts.merge(name(record) + "  " + record.path("eventName").asText(), 1, Integer::sum);
        StringBuilder text = new StringBuilder();
        counts.forEach((key, number) -> text.append("%6d  %s%n".formatted(number, key)));
        return text.append("%d calls".formatted(records.size())).toString();
    }

    /** {@code role/session} of a role, {@code user/operator}, or a service. */
    private static String name(JsonNode record) {
        String who = TrailQuery.who(record);
        String last = who.substring(who.lastIndexOf(':') + 1);
        return last.replaceFirst("^assumed-role/", "");
    }

    private static String what(JsonNode record) {
        JsonNode key = record.path("requestParameters").path("key");
        String arn = record.path("resources").path(0).path("ARN").asText("-");
        String resource = arn.substring(arn.lastIndexOf(':') + 1);
        return key.isObject() ? resource + " " + key : resource;
    }
}
