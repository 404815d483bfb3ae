package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong in a definition, each with its place, and reads the simple fields. */
final class Problems {
    private static final Set<String> JSONPATH_FIELDS = Set.of(
            "InputPath",
            "OutputPath",
            "ResultPath",
            "Parameters",
            "ResultSelector",
            "Result",
            "ItemsPath",
            "SecondsPath",
            "TimestampPath",
            "TimeoutSecondsPath",
            "HeartbeatSecondsPath",
            "MaxConcurrencyPath",
            "ErrorPath",
            "CausePath",
            "ToleratedFailureCountPath",
            "ToleratedFailurePercentagePath",
            "Variable",
            "And",
            "Or",
            "Not",
            "MaxItemsPath",
            "MaxItemsPerBatchPath",
            "MaxInputBytesPerBatchPath");
    private static final Pattern VARIABLE = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]{0,79}");

    private final Expressions expressions;
    private final List<String> found = new ArrayList<>();

    Problems(Expressions expressions) {
        this.expressions = expressions;
    }

    void add(String path, String message) {
        found.add(message + " at " + (path.isEmpty() ? "/" : path));
    }

    boolean none() {
        return found.isEmpty();
    }

    @Override
    public String toString() {
        return "SCHEMA_VALIDATION_FAILED: " + String.join(", SCHEMA_VALIDATION_FAILED: ", found);
    }

    void onlyFields(JsonNode node, Set<String> known, String path) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (known.contains(field.getKey())) continue;
            add(
                    path + "/" + field.getKey(),
                    JSONPATH_FIELDS.contains(field.getKey()) || field.getKey().endsWith(".$")
                            ? "a JSONPath field; only JSONata is supported"
                            : "Field is not supported");
        }
    }

    @Nullable
    String text(JsonNode node, String field, String path) {
        JsonNode value = node.get(field);
        if (value == null) return null;
        if (value.isTextual()) return value.textValue();
        add(path + "/" + field, "must be a string");
        return null;
    }

    /** A literal integer, both bounds included. */
    @Nullable
    Integer integer(JsonNode node, String field, int least, int most, String path) {
        JsonNode value = node.get(field);
        if (value == null) return null;
        if (value.isIntegralNumber()
                && value.canConvertToInt()
                && value.intValue() >= least
                && value.intValue() <= most) {
            return value.intValue();
        }
        add(path + "/" + field, "must be an integer from " + least + " to " + most);
        return null;
    }

    /** An integer between the bounds, or an expression. */
    @Nullable
    JsonNode integerTemplate(JsonNode node, String field, int least, int most, String path) {
        JsonNode value = template(node, field, path);
        if (value != null && !Expressions.isExpression(value)) integer(node, field, least, most, path);
        return value;
    }

    /** Any JSON whose strings may be expressions; their grammar is checked. */
    @Nullable
    JsonNode template(JsonNode node, String field, String path) {
        JsonNode value = node.get(field);
        if (value != null) checkExpressions(value, path + "/" + field);
        return value;
    }

    private void checkExpressions(JsonNode value, String path) {
        if (Expressions.isExpression(value)) {
            String error = expressions.syntaxError(Expressions.body(value));
            if (error != null) add(path, "the JSONata expression is not valid (" + error + ")");
        } else if (value.isTextual()
                && value.textValue().startsWith("{%") != value.textValue().endsWith("%}")) {
            add(path, "the JSONata expression must begin with {% and end with %}");
        } else if (value.isObject()) {
            value.properties().forEach(member -> checkExpressions(member.getValue(), path + "/" + member.getKey()));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) checkExpressions(value.get(i), path + "[" + i + "]");
        }
    }

    @Nullable
    JsonNode assign(JsonNode node, String path) {
        JsonNode assign = template(node, "Assign", path);
        if (assign == null) return null;
        if (!assign.isObject()) {
            add(path + "/Assign", "must be an object");
            return null;
        }
        assign.properties().forEach(variable -> {
            if (!VARIABLE.matcher(variable.getKey()).matches()
                    || variable.getKey().equals("states")) {
                add(path + "/Assign/" + variable.getKey(), "is not a name for a variable");
            }
        });
        return assign;
    }

    List<String> texts(JsonNode node, String field, String path) {
        JsonNode value = node.get(field);
        List<String> texts = new ArrayList<>();
        if (value != null && value.isArray()) value.forEach(item -> texts.add(item.asText()));
        if (texts.isEmpty()) add(path + "/" + field, "must be a list of strings, not empty");
        return texts;
    }
}
