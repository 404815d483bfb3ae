package health.carryover.platform.json;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.Set;

/**
 * Lambda's own mapper cannot read records; it finds this one through META-INF/services. Lambda's own event types, whose
 * members are spelt unlike their JSON, go to the serializers that Lambda has for them; but calls of the API, whose
 * members are spelt alike, do not: Lambda's serializers bring a second Jackson of a thousand classes to a cold start.
 */
public final class LambdaSerializer implements CustomPojoSerializer {
    /** Of the gateway's envelope, in which AWS may add members. What is in a body of ours is read strictly later. */
    private static final ObjectMapper ENVELOPE =
            Json.MAPPER.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final Set<Type> API = Set.of(APIGatewayProxyRequestEvent.class, APIGatewayProxyResponseEvent.class);

    private static ObjectMapper mapper(Type type) {
        return API.contains(type) ? ENVELOPE : Json.MAPPER;
    }

    @Override
    public <T> T fromJson(InputStream input, Type type) {
        Optional<PojoSerializer<T>> event = event(type);
        if (event.isPresent()) return event.get().fromJson(input);
        try {
            return mapper(type).readValue(input, Json.MAPPER.constructType(type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> T fromJson(String input, Type type) {
        Optional<PojoSerializer<T>> event = event(type);
        if (event.isPresent()) return event.get().fromJson(input);
        try {
            return mapper(type).readValue(input, Json.MAPPER.constructType(type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> void toJson(T value, OutputStream output, Type type) {
        Optional<PojoSerializer<T>> event = event(type);
        if (event.isPresent()) {
            event.get().toJson(value, output);
            return;
        }
        try {
            mapper(type).writeValue(output, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> Optional<PojoSerializer<T>> event(Type type) {
        if (API.contains(type)) return Optional.empty();
        if (!(type instanceof Class<?> known) || !LambdaEventSerializers.isLambdaSupportedEvent(known.getName()))
            return Optional.empty();
        return Optional.of(
                LambdaEventSerializers.serializerFor((Class<T>) known, LambdaSerializer.class.getClassLoader()));
    }
}
