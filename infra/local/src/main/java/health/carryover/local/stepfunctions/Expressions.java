package health.carryover.local.stepfunctions;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Evaluates JSONata as Step Functions does: its own functions added, time and chance from the virtual cloud. */
final class Expressions {
    /** Wall-clock bound of one evaluation; only an endless expression meets it. */
    private static final long LIMIT_MILLIS = 10_000;

    private static final int LIMIT_DEPTH = 2_000;

    private final Map<String, Jsonata> compiled = new ConcurrentHashMap<>();
    private final AwsFunctions functions;

    Expressions(InstantSource time, Random random) {
        functions = new AwsFunctions(time, random);
    }

    static boolean isExpression(JsonNode node) {
        return node.isTextual()
                && node.textValue().startsWith("{%")
                && node.textValue().endsWith("%}")
                && node.textValue().length() >= 4;
    }

    /** The expression without its {@code {% %}}. */
    static String body(JsonNode node) {
        String text = node.textValue();
        return text.substring(2, text.length() - 2).strip();
    }

    /** What is wrong with the expression's grammar, or nothing. */
    @Nullable
    String syntaxError(String expression) {
        try {
            compile(expression);
            return null;
        } catch (RuntimeException | StackOverflowError e) {
            return describe(e);
        }
    }

    /**
     * @param variables by name, without the dollar sign; maps, lists, strings, numbers, booleans, null
     * @throws QueryError when there is no value, or none that JSON can hold
     */
    JsonNode evaluate(String expression, Map<String, ? extends @Nullable Object> variables) {
        @Nullable Object result;
        try {
            Jsonata jsonata = compile(expression);
            Jsonata.Frame frame = jsonata.createFrame();
            frame.setRuntimeBounds(LIMIT_MILLIS, LIMIT_DEPTH);
            functions.bind(frame);
            variables.forEach((name, value) -> frame.bind(name, value == null ? Jsonata.NULL_VALUE : value));
            result = jsonata.evaluate(null, frame);
        } catch (QueryError e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new QueryError("threw an error during evaluation. " + describe(e), e);
        }
        if (result == null) throw new QueryError("returned nothing (undefined).");
        try {
            return Json.fromPlain(result);
        } catch (Json.UnsupportedValue e) {
            throw new QueryError("returned an unsupported result type.", e);
        }
    }

    private Jsonata compile(String expression) {
        return compiled.computeIfAbsent(expression, text -> {
            Jsonata jsonata = Jsonata.jsonata(text);
            jsonata.setOutputConvertNulls(false);
            return jsonata;
        });
    }

    private static String describe(Throwable e) {
        if (e instanceof StackOverflowError)
            return "U1001: Stack overflow error: Check for non-terminating recursive function.";
        String message = String.valueOf(e.getMessage());
        return e instanceof JException coded && coded.getError() != null && !message.startsWith(coded.getError())
                ? coded.getError() + ": " + message
                : message;
    }

    /** Why an expression has no usable value, worded as the end of "The JSONata expression ... specified for the field ...". */
    static final class QueryError extends RuntimeException {
        private static final long serialVersionUID = 1;

        QueryError(String message) {
            super(message);
        }

        QueryError(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
