package health.carryover.local.stepfunctions;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The functions that Step Functions adds to JSONata, and those that must not read this machine's clock or chance. */
final class AwsFunctions {
    private static final Set<String> ALGORITHMS = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");
    private static final int LONGEST_RANGE = 1000;
    private static final int LONGEST_HASHED = 10_000;

    private final InstantSource time;
    private final Random random;

    AwsFunctions(InstantSource time, Random random) {
        this.time = time;
        this.random = random;
    }

    void bind(Jsonata.Frame frame) {
        frame.bind("partition", function(AwsFunctions::partition));
        frame.bind("range", function(AwsFunctions::range));
        frame.bind("hash", function(AwsFunctions::hash));
        frame.bind("parse", function(AwsFunctions::parse));
        frame.bind("uuid", function(arguments -> uuid()));
        frame.bind("random", function(this::random));
        frame.bind("millis", function(arguments -> time.millis()));
        frame.bind("now", function(this::now));
        frame.bind("eval", (Object) null); // AWS has none
    }

    private interface Body {
        @Nullable
        Object call(List<?> arguments);
    }

    private static Jsonata.JFunction function(Body body) {
        return new Jsonata.JFunction((input, arguments) -> body.call(arguments), null);
    }

    private static @Nullable Object argument(List<?> arguments, int index) {
        return index < arguments.size() ? arguments.get(index) : null;
    }

    private static @Nullable Object partition(List<?> arguments) {
        Object array = argument(arguments, 0);
        if (array == null) return null;
        List<?> items = array instanceof List<?> list ? list : List.of(array);
        int size = integer("partition", arguments, 1);
        if (size <= 0)
            throw new IllegalArgumentException("The second argument of $partition must be a positive integer");
        List<Object> chunks = new ArrayList<>();
        for (int from = 0; from < items.size(); from += size) {
            chunks.add(new ArrayList<>(items.subList(from, Math.min(items.size(), from + size))));
        }
        return chunks;
    }

    /** Both ends included. One element comes out bare, as on AWS: a sequence, not a list. */
    private static Object range(List<?> arguments) {
        int first = integer("range", arguments, 0);
        int last = integer("range", arguments, 1);
        int step = integer("range", arguments, 2);
        if (step == 0) throw new IllegalArgumentException("The third argument of $range must not be 0");
        List<Object> numbers = Utils.createSequence();
        for (long number = first; step > 0 ? number <= last : number >= last; number += step) {
            if (numbers.size() == LONGEST_RANGE) throw new IllegalArgumentException("$range gives at most 1000 items");
            numbers.add((int) number);
        }
        return numbers;
    }

    private static @Nullable Object hash(List<?> arguments) {
        Object data = argument(arguments, 0);
        if (data == null) return null;
        if (!(data instanceof String text)
                || !(argument(arguments, 1) instanceof String algorithm)
                || !ALGORITHMS.contains(algorithm)) {
            throw new IllegalArgumentException("$hash takes a string and one of MD5, SHA-1, SHA-256, SHA-384, SHA-512");
        }
        if (text.length() > LONGEST_HASHED) throw new IllegalArgumentException("$hash takes at most 10000 characters");
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object parse(List<?> arguments) {
        Object text = argument(arguments, 0);
        if (text == null) return null;
        if (!(text instanceof String json)) throw new IllegalArgumentException("$parse takes a string");
        try {
            Object value = Json.toPlain(Json.parse(json));
            return value == null ? Jsonata.NULL_VALUE : value;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The argument of $parse is not JSON", e);
        }
    }

    private Object uuid() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return version4(bytes).toString();
    }

    /** A UUID of random bits; {@code UUID.nameUUIDFromBytes} would mark it as version 3. */
    static UUID version4(byte[] bytes) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = high << 8 | (bytes[i] & 0xff);
            low = low << 8 | (bytes[i + 8] & 0xff);
        }
        return new UUID(
                (high & 0xffff_ffff_ffff_0fffL) | 0x4000L, (low & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
    }

    /** With a seed always the same number for the same seed, 0 included, 1 excluded. */
    private Object random(List<?> arguments) {
        Object seed = argument(arguments, 0);
        if (seed == null) return random.nextDouble();
        if (!(seed instanceof Number number))
            throw new IllegalArgumentException("The seed of $random must be a number");
        return new SplittableRandom(Double.doubleToLongBits(number.doubleValue())).nextDouble();
    }

    private @Nullable Object now(List<?> arguments) {
        String picture = argument(arguments, 0) instanceof String text ? text : null;
        String zone = argument(arguments, 1) instanceof String text ? text : null;
        return Functions.dateTimeFromMillis(time.millis(), picture, zone);
    }

    private static int integer(String function, List<?> arguments, int index) {
        if (argument(arguments, index) instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && Math.abs(number.doubleValue()) <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw new IllegalArgumentException("Argument " + (index + 1) + " of $" + function + " must be an integer");
    }
}
