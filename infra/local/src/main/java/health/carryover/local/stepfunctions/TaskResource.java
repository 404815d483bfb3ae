package health.carryover.local.stepfunctions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Resource of a Task.
 *
 * @param service {@code lambda}, {@code dynamodb}; of an SDK integration the name after {@code aws-sdk:}
 * @param action {@code invoke}, {@code putItem}; empty for a plain function ARN
 */
record TaskResource(String arn, Kind kind, String service, String action, Style style) {
    enum Kind {
        /** The ARN of a Lambda function: its events are {@code LambdaFunction...} and it returns the bare payload. */
        FUNCTION,
        OPTIMISED,
        SDK
    }

    enum Style {
        REQUEST_RESPONSE(""),
        SYNC(".sync"),
        SYNC_2(".sync:2"),
        CALLBACK(".waitForTaskToken");

        final String suffix;

        Style(String suffix) {
            this.suffix = suffix;
        }
    }

    private static final Pattern FUNCTION_ARN =
            Pattern.compile("arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:function:[^:]+(:[^:]+)?");
    private static final Pattern INTEGRATION = Pattern.compile(
            "arn:aws[a-z-]*:states:[a-z0-9-]*:\\d*:(aws-sdk:)?([a-zA-Z0-9]+):([a-zA-Z0-9]+)(\\.sync:2|\\.sync|\\.waitForTaskToken)?");

    /** Nothing when the text names no resource of a shape known here. */
    static @Nullable TaskResource read(String arn) {
        if (FUNCTION_ARN.matcher(arn).matches()) {
            return new TaskResource(arn, Kind.FUNCTION, "lambda", "", Style.REQUEST_RESPONSE);
        }
        Matcher matcher = INTEGRATION.matcher(arn);
        if (!matcher.matches() || matcher.group(2).equals("activity")) return null;
        String suffix = matcher.group(4) == null ? "" : matcher.group(4);
        Style pattern = Style.REQUEST_RESPONSE;
        for (Style candidate : Style.values()) if (candidate.suffix.equals(suffix)) pattern = candidate;
        Kind kind = matcher.group(1) == null ? Kind.OPTIMISED : Kind.SDK;
        return new TaskResource(arn, kind, matcher.group(2), matcher.group(3), pattern);
    }

    /** As events write it: {@code sendMessage.waitForTaskToken}. */
    String eventResource() {
        return action + style.suffix;
    }

    /** As events write it: {@code sqs}, {@code aws-sdk:dynamodb}. */
    String eventType() {
        return kind == Kind.SDK ? "aws-sdk:" + service : service;
    }
}
