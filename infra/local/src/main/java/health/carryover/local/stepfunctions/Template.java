package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fills in the expressions of a field, with the variables of one moment. */
final class Template {
    private final Expressions expressions;
    private final Supplier<Map<String, @Nullable Object>> variables;
    private @Nullable Map<String, @Nullable Object> bound;

    /** @param variables asked for only when there is an expression */
    Template(Expressions expressions, Supplier<Map<String, @Nullable Object>> variables) {
        this.expressions = expressions;
        this.variables = variables;
    }

    /** @param field where the template stands, as {@code EvaluationFailed} names it: {@code Output/result} */
    JsonNode fill(JsonNode template, String field) {
        if (Expressions.isExpression(template)) return evaluate(template, field);
        if (template instanceof ObjectNode object) {
            ObjectNode filled = Json.object();
            object.properties()
                    .forEach(member ->
                            filled.set(member.getKey(), fill(member.getValue(), field + "/" + member.getKey())));
            return filled;
        }
        if (template instanceof ArrayNode array) {
            ArrayNode filled = Json.array();
            for (int i = 0; i < array.size(); i++) filled.add(fill(array.get(i), field + "[" + i + "]"));
            return filled;
        }
        return template;
    }

    /** @param type {@code array}, {@code boolean}, {@code number}, {@code string} or {@code object} */
    JsonNode fill(JsonNode template, String field, String type) {
        JsonNode value = fill(template, field);
        if (typeOf(value).equals(type)) return value;
        String subject = Expressions.isExpression(template)
                ? subject(template, field)
                : "The value specified for the field '" + field + "'";
        throw new QueryFailure(
                field,
                subject + " returned an unexpected result type. Expected '" + type + "', but was '" + typeOf(value)
                        + "' for value: " + Json.text(value));
    }

    /** An integer between the two, both included. */
    int integer(JsonNode template, String field, int least, int most) {
        JsonNode value = fill(template, field, "number");
        if (value.doubleValue() != Math.rint(value.doubleValue())) {
            throw new QueryFailure(
                    field, "The " + field + " field cannot be parsed as an integer: " + Json.text(value));
        }
        if (value.doubleValue() < least || value.doubleValue() > most) {
            throw new QueryFailure(
                    field, field + " must be between " + least + " and " + most + " but was: " + Json.text(value));
        }
        return value.intValue();
    }

    private JsonNode evaluate(JsonNode template, String field) {
        try {
            if (bound == null) bound = variables.get();
            return expressions.evaluate(Expressions.body(template), bound);
        } catch (Expressions.QueryError e) {
            throw new QueryFailure(field, subject(template, field) + " " + e.getMessage(), e);
        }
    }

    private static String subject(JsonNode template, String field) {
        return "The JSONata expression '" + Expressions.body(template) + "' specified for the field '" + field + "'";
    }

    static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case OBJECT -> "object";
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            default -> "null";
        };
    }

    /** A field could not be evaluated; becomes event {@code EvaluationFailed} and {@code States.QueryEvaluationError}. */
    static final class QueryFailure extends RuntimeException {
        private static final long serialVersionUID = 1;
        final @Nullable String location;

        QueryFailure(@Nullable String location, String message) {
            super(message);
            this.location = location;
        }

        QueryFailure(String location, String message, Throwable cause) {
            super(message, cause);
            this.location = location;
        }
    }
}
