package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.cloud.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The callback tokens that somebody still waits for. Thread-safe.
 *
 * <p>A token carries its execution and a checksum, so a closed one needs no memory to be told from a made-up one.
 */
final class Tokens {
    private static final String PREFIX = "AQCEAAAAKgAAAAMAAAAA";

    /** A task that waits for its callback; called on the clock's thread. */
    interface Waiting {
        void succeeded(JsonNode output);

        void failed(@Nullable String error, @Nullable String cause);

        void heartbeat();
    }

    private final Map<String, Waiting> open = new ConcurrentHashMap<>();
    private final Random random;

    Tokens(Random random) {
        this.random = random;
    }

    String make(String executionArn) {
        String content = Long.toHexString(random.nextLong()) + "|" + executionArn;
        String signed = content + "|" + checksum(content);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(signed.getBytes(StandardCharsets.UTF_8));
    }

    void open(String token, Waiting waiting) {
        open.put(token, waiting);
    }

    void close(String token) {
        open.remove(token);
    }

    /** Gives the waiting task to the caller alone: of two answers only the first counts. */
    Waiting take(String token, Predicate<String> knownExecution) {
        Waiting waiting = open.remove(token);
        if (waiting == null) throw refusal(token, knownExecution);
        return waiting;
    }

    Waiting look(String token, Predicate<String> knownExecution) {
        Waiting waiting = open.get(token);
        if (waiting == null) throw refusal(token, knownExecution);
        return waiting;
    }

    private static AwsError refusal(String token, Predicate<String> knownExecution) {
        String execution = execution(token);
        if (execution == null) return new AwsError("InvalidToken", "Invalid Token: 'Invalid token'");
        return knownExecution.test(execution)
                ? new AwsError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'")
                : new AwsError("TaskDoesNotExist", "Task does not exist: its execution is not known here");
    }

    private static @Nullable String execution(String token) {
        if (!token.startsWith(PREFIX)) return null;
        String signed;
        try {
            signed =
                    new String(Base64.getUrlDecoder().decode(token.substring(PREFIX.length())), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null; // not one of ours
        }
        int first = signed.indexOf('|');
        int last = signed.lastIndexOf('|');
        if (first < 0 || last <= first || !signed.substring(last + 1).equals(checksum(signed.substring(0, last))))
            return null;
        return signed.substring(first + 1, last);
    }

    private static String checksum(String content) {
        CRC32 crc = new CRC32();
        crc.update(content.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
