package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.stepfunctions.State.Distribution;
import health.carryover.local.stepfunctions.State.Flow;
import health.carryover.local.stepfunctions.State.Safety;
import health.carryover.local.stepfunctions.State.States;
import health.carryover.local.stepfunctions.State.Tolerance;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what only a Map state has. */
final class MapReader {
    private static final Set<String> DISTRIBUTED_FIELDS = Set.of("ItemReader", "ItemBatcher", "ResultWriter", "Label");
    static final Set<String> FIELDS = Set.of(
            "Items",
            "ItemSelector",
            "ItemProcessor",
            "MaxConcurrency",
            "ToleratedFailureCount",
            "ToleratedFailurePercentage",
            "ItemReader",
            "ItemBatcher",
            "ResultWriter",
            "Label");
    private static final Set<String> PROCESSOR_FIELDS =
            Set.of("ProcessorConfig", "StartAt", "States", "Comment", "QueryLanguage");
    private static final int LONGEST_LABEL = 40;
    static final int MOST_CONCURRENT = 10_000;

    private final DefinitionReader definition;
    private final Problems problems;
    private final Tasks tasks;
    private final boolean express;

    MapReader(DefinitionReader definition, Problems problems, Tasks tasks, boolean express) {
        this.definition = definition;
        this.problems = problems;
        this.tasks = tasks;
        this.express = express;
    }

    @Nullable
    State read(String name, JsonNode node, boolean jsonata, Flow flow, Safety safety, String path) {
        JsonNode items = problems.template(node, "Items", path);
        if (items != null && !items.isArray() && !items.isObject() && !Expressions.isExpression(items)) {
            problems.add(path + "/Items", "must be a list or a JSONata expression");
        }
        JsonNode selector = problems.template(node, "ItemSelector", path);
        JsonNode concurrency = problems.integerTemplate(node, "MaxConcurrency", 0, Integer.MAX_VALUE, path);
        Tolerance tolerance = new Tolerance(
                problems.integerTemplate(node, "ToleratedFailureCount", 0, Integer.MAX_VALUE, path),
                problems.template(node, "ToleratedFailurePercentage", path));
        JsonNode percentage = tolerance.percentage();
        if (percentage != null
                && !Expressions.isExpression(percentage)
                && !(percentage.isNumber() && percentage.doubleValue() >= 0 && percentage.doubleValue() <= 100)) {
            problems.add(path + "/ToleratedFailurePercentage", "must be a number from 0 to 100");
        }
        JsonNode processor = node.get("ItemProcessor");
        if (processor == null || !processor.isObject()) {
            problems.add(path + "/ItemProcessor", "must be an object");
            return null;
        }
        String at = path + "/ItemProcessor";
        problems.onlyFields(processor, PROCESSOR_FIELDS, at);
        Distribution distribution = distribution(name, node, processor, path);
        States states = definition.states(processor, definition.jsonata(processor, at, jsonata), at);
        if (states == null) return null;
        return new State.MapState(name, flow, items, selector, concurrency, tolerance, states, distribution, safety);
    }

    private @Nullable Distribution distribution(String name, JsonNode node, JsonNode processor, String path) {
        JsonNode config = processor.has("ProcessorConfig") ? processor.get("ProcessorConfig") : Json.object();
        String at = path + "/ItemProcessor/ProcessorConfig";
        problems.onlyFields(config, Set.of("Mode", "ExecutionType"), at);
        String mode = config.path("Mode").asText("INLINE");
        String type = problems.text(config, "ExecutionType", at);
        if (mode.equals("INLINE")) {
            DISTRIBUTED_FIELDS.stream()
                    .sorted()
                    .filter(node::has)
                    .forEach(field -> problems.add(path + "/" + field, "needs Mode DISTRIBUTED"));
            if (type != null) problems.add(at + "/ExecutionType", "needs Mode DISTRIBUTED");
            return null;
        }
        if (!mode.equals("DISTRIBUTED")) problems.add(at + "/Mode", "must be INLINE or DISTRIBUTED");
        if (express) problems.add(at + "/Mode", "an EXPRESS state machine has no Distributed Map");
        if (type == null || !List.of("EXPRESS", "STANDARD").contains(type))
            problems.add(at + "/ExecutionType", "must be EXPRESS or STANDARD");
        String label = problems.text(node, "Label", path);
        if (label != null
                && (label.length() > LONGEST_LABEL || !label.matches("[^\\s?*<>{}\\[\\]:;,\\\\|^~$#%&`\"/]+"))) {
            problems.add(
                    path + "/Label", "must be 1 to 40 characters, without spaces, wildcards and special characters");
        }
        String cleaned = name.replaceAll("[^A-Za-z0-9_-]", "");
        String fallback = cleaned.substring(0, Math.min(LONGEST_LABEL, cleaned.length()));
        return new Distribution(
                "EXPRESS".equals(type),
                label == null ? fallback : label,
                reader(node, path),
                batcher(node, path),
                writer(node, path));
    }

    private @Nullable JsonNode reader(JsonNode node, String path) {
        JsonNode reader = problems.template(node, "ItemReader", path);
        if (reader == null) return null;
        String at = path + "/ItemReader";
        if (node.has("Items")) problems.add(at, "cannot stand beside Items");
        problems.onlyFields(reader, Set.of("Resource", "Arguments", "ReaderConfig"), at);
        resource(reader, Set.of("getObject", "listObjectsV2"), at);
        JsonNode config = reader.path("ReaderConfig");
        problems.onlyFields(
                config,
                Set.of("InputType", "CSVHeaderLocation", "CSVHeaders", "CSVDelimiter", "MaxItems"),
                at + "/ReaderConfig");
        boolean object = reader.path("Resource").asText().endsWith(":getObject");
        String type = config.path("InputType").asText("");
        if (object && !Set.of("JSON", "JSONL", "CSV").contains(type)) {
            problems.add(at + "/ReaderConfig/InputType", "must be JSON, JSONL or CSV; others are not supported");
        }
        if (!object && config.has("InputType")) problems.add(at + "/ReaderConfig/InputType", "belongs to s3:getObject");
        String header = config.path("CSVHeaderLocation").asText("");
        if (type.equals("CSV") && !Set.of("FIRST_ROW", "GIVEN").contains(header)) {
            problems.add(at + "/ReaderConfig/CSVHeaderLocation", "must be FIRST_ROW or GIVEN");
        }
        if (header.equals("GIVEN")) problems.texts(config, "CSVHeaders", at + "/ReaderConfig");
        if (config.has("CSVDelimiter")
                && !S3Items.DELIMITERS.containsKey(config.get("CSVDelimiter").asText())) {
            problems.add(
                    at + "/ReaderConfig/CSVDelimiter",
                    "must be one of "
                            + S3Items.DELIMITERS.keySet().stream().sorted().toList());
        }
        problems.integerTemplate(config, "MaxItems", 0, 100_000_000, at + "/ReaderConfig");
        return reader;
    }

    private @Nullable JsonNode batcher(JsonNode node, String path) {
        JsonNode batcher = problems.template(node, "ItemBatcher", path);
        if (batcher == null) return null;
        String at = path + "/ItemBatcher";
        problems.onlyFields(batcher, Set.of("MaxItemsPerBatch", "MaxInputBytesPerBatch", "BatchInput"), at);
        problems.integerTemplate(batcher, "MaxItemsPerBatch", 1, Integer.MAX_VALUE, at);
        problems.integerTemplate(batcher, "MaxInputBytesPerBatch", 1, Json.LIMIT_BYTES, at);
        if (!batcher.has("MaxItemsPerBatch") && !batcher.has("MaxInputBytesPerBatch")) {
            problems.add(at, "MaxItemsPerBatch or MaxInputBytesPerBatch is needed");
        }
        return batcher;
    }

    private @Nullable JsonNode writer(JsonNode node, String path) {
        JsonNode writer = problems.template(node, "ResultWriter", path);
        if (writer == null) return null;
        String at = path + "/ResultWriter";
        problems.onlyFields(writer, Set.of("Resource", "Arguments"), at);
        resource(writer, Set.of("putObject"), at);
        return writer;
    }

    private void resource(JsonNode node, Set<String> actions, String path) {
        TaskResource resource = TaskResource.read(node.path("Resource").asText(""));
        if (resource == null || !resource.service().equals("s3") || !actions.contains(resource.action())) {
            problems.add(
                    path + "/Resource",
                    "must be arn:aws:states:::s3: with one of "
                            + actions.stream().sorted().toList());
            return;
        }
        String refusal = tasks.refusal(resource);
        if (refusal != null) problems.add(path + "/Resource", "'" + resource.arn() + "' " + refusal);
        if (!node.path("Arguments").isObject()) problems.add(path + "/Arguments", "must be an object");
    }
}
