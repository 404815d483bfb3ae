package health.carryover.local.simulation;

import health.carryover.local.cloud.Crash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * One fault at one call of one function. Counts the calls that each function puts on the wire (a function signs with its
 * logical id), and at the armed one, once, lets happen what was asked for.
 */
public final class FaultPoint implements ExecutionInterceptor {
    /** What happens at the call. */
    public enum Fault {
        /** The function's process ends; the call did not take effect. */
        CRASH_BEFORE,
        /** The function's process ends; the call took effect. */
        CRASH_AFTER,
        /** The call took effect, its answer is lost, and the SDK tries again. */
        LOST_ANSWER,
        /** The table is throttled at this call. */
        THROTTLED,
        /** A transaction meets another one. */
        CONFLICT;

        boolean after() {
            return this == CRASH_AFTER || this == LOST_ANSWER;
        }

        /**
         * Whether this fault is one of its own at this call. That a reading call took effect makes no difference.
         *
         * @param call service and operation
         */
        public boolean at(String call) {
            boolean reads = call.matches(".* (Get|List|Head|Describe|BatchGet|Query|Scan|Decrypt).*");
            return switch (this) {
                case CRASH_BEFORE -> true;
                case CRASH_AFTER, LOST_ANSWER -> !reads;
                case THROTTLED -> call.startsWith("DynamoDb");
                case CONFLICT -> call.endsWith(" TransactWriteItems");
            };
        }
    }

    private record Armed(String function, int call, Fault fault) {}

    private static final Pattern SIGNER = Pattern.compile("Credential=([^/]+)/");

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, List<String>> all = new TreeMap<>();
    private @Nullable Armed armed;
    private @Nullable String happened;
    private boolean now;

    /**
     * From here on the function's calls are counted from 0.
     *
     * @param function logical id
     */
    public synchronized void arm(String function, int call, Fault fault) {
        counts.clear();
        armed = new Armed(function, call, fault);
        happened = null;
    }

    /** Nothing more happens. */
    public synchronized void disarm() {
        armed = null;
    }

    /** Where the fault happened since it was armed; null if it did not. */
    public synchronized @Nullable String happened() {
        return happened;
    }

    /** Where a fault happened since this was asked last; null if none did. */
    public synchronized @Nullable String takeHappened() {
        String taken = happened;
        happened = null;
        return taken;
    }

    /** The calls of each function, in order, since the last call of this: {@code "DynamoDb GetItem"}. */
    public synchronized Map<String, List<String>> takeCalls() {
        Map<String, List<String>> taken = new TreeMap<>(all);
        all.clear();
        return taken;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        Fault fault = due(signer(context), attributes, true);
        if (fault != null) happen(fault, attributes);
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        Fault fault = due(signer(context), attributes, false);
        if (fault != null) happen(fault, attributes);
    }

    private static String signer(Context.BeforeTransmission context) {
        String authorization =
                context.httpRequest().firstMatchingHeader("Authorization").orElse("");
        Matcher matcher = SIGNER.matcher(authorization);
        return matcher.find() ? matcher.group(1) : "";
    }

    private synchronized @Nullable Fault due(String function, ExecutionAttributes attributes, boolean before) {
        Armed wanted = armed;
        if (before) {
            int call = counts.merge(function, 1, Integer::sum) - 1;
            all.computeIfAbsent(function, _ -> new ArrayList<>()).add(name(attributes));
            now = wanted != null && wanted.function.equals(function) && wanted.call == call;
        }
        if (!now || wanted == null || wanted.fault.after() == before || !wanted.function.equals(function)) return null;
        armed = null;
        happened = wanted.fault + " at call " + wanted.call + " of " + function + ", " + name(attributes);
        return wanted.fault;
    }

    private static String name(ExecutionAttributes attributes) {
        return attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME) + " "
                + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    }

    private static void happen(Fault fault, ExecutionAttributes attributes) {
        switch (fault) {
            case CRASH_BEFORE, CRASH_AFTER -> throw new Crash(fault + " " + name(attributes));
            case LOST_ANSWER -> throw SdkClientException.create("the answer was lost", new IOException("reset"));
            case THROTTLED ->
                throw DynamoDbException.builder()
                        .statusCode(400)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("ThrottlingException")
                                .errorMessage("throttled")
                                .build())
                        .build();
            case CONFLICT ->
                throw TransactionCanceledException.builder()
                        .statusCode(400)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("TransactionCanceledException")
                                .errorMessage("conflict")
                                .build())
                        .cancellationReasons(CancellationReason.builder()
                                .code("TransactionConflict")
                                .build())
                        .build();
        }
    }
}
