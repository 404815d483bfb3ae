package health.carryover.local.stepfunctions;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as the interpreter keeps it ({@link JsonNode}, never changed once made) and as JSONata wants it (maps and lists). */
final class Json {
    /** The largest state data, variable or task result in bytes; one more is too many. */
    static final int LIMIT_BYTES = 256 * 1024;

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final double EXACT = 1L << 53;

    private Json() {}

    static JsonNode parse(String text) throws JsonProcessingException {
        JsonNode node = MAPPER.readTree(text);
        return node.isMissingNode() ? MAPPER.readTree("!") : node;
    }

    static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree that cannot be written", e);
        }
    }

    static int bytes(JsonNode node) {
        return text(node).getBytes(StandardCharsets.UTF_8).length;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static JsonNode textOrNull(@Nullable String text) {
        return text == null ? NullNode.instance : TextNode.valueOf(text);
    }

    /** ISO 8601 with exactly three decimals, as the context object writes times. */
    static String time(Instant time) {
        return MILLIS.format(time);
    }

    /** Seconds since 1970 with three decimals, as the wire protocol writes times. */
    static JsonNode epochSeconds(Instant time) {
        return DecimalNode.valueOf(BigDecimal.valueOf(time.toEpochMilli(), 3));
    }

    static @Nullable Object toPlain(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                node.properties().forEach(field -> map.put(field.getKey(), toPlain(field.getValue())));
                yield map;
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>(node.size());
                node.forEach(item -> list.add(toPlain(item)));
                yield list;
            }
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER ->
                node.isInt()
                        ? (Number) node.intValue()
                        : node.isLong() ? (Number) node.longValue() : (Number) node.doubleValue();
            default -> null;
        };
    }

    /** Copies what JSONata returned; an {@link UnsupportedValue} is thrown for functions and other things that are no JSON. */
    static JsonNode fromPlain(@Nullable Object value) {
        if (value == null || value == Jsonata.NULL_VALUE) return NullNode.instance;
        if (value instanceof String text) return TextNode.valueOf(text);
        if (value instanceof Boolean bool) return BooleanNode.valueOf(bool);
        if (value instanceof Integer number) return IntNode.valueOf(number);
        if (value instanceof Long number) return fromLong(number);
        if (value instanceof BigInteger || value instanceof BigDecimal)
            return DecimalNode.valueOf(new BigDecimal(value.toString()));
        if (value instanceof Number number) return fromDouble(number.doubleValue());
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = object();
            map.forEach((key, member) -> object.set(String.valueOf(key), fromPlain(member)));
            return object;
        }
        if (value instanceof List<?> list) {
            ArrayNode array = array();
            for (Object item : list) array.add(fromPlain(item));
            return array;
        }
        throw new UnsupportedValue();
    }

    private static JsonNode fromLong(long number) {
        return number == (int) number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
    }

    private static JsonNode fromDouble(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) throw new UnsupportedValue();
        return number == Math.rint(number) && Math.abs(number) <= EXACT
                ? fromLong((long) number)
                : DoubleNode.valueOf(number);
    }

    /** A value that JSON cannot hold. */
    static final class UnsupportedValue extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
