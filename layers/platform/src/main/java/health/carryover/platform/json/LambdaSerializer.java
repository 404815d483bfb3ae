package health.carryover.platform.json;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * Lambda's own mapper cannot read records; it finds this one through META-INF/services. Lambda's own event types, whose
 * members are spelt unlike their JSON, go to the serializers that Lambda has for them.
 */
public final class LambdaSerializer implements CustomPojoSerializer {
    @Override
    public <T> T fromJson(InputStream input, Type type) {
        Optional<PojoSerializer<T>> event = event(type);
        if (event.isPresent()) return event.get().fromJson(input);
        try {
            return Json.MAPPER.readValue(input, Json.MAPPER.constructType(type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> T fromJson(String input, Type type) {
        Optional<PojoSerializer<T>> event = event(type);
        if (event.isPresent()) return event.get().fromJson(input);
        try {
            return Json.MAPPER.readValue(input, Json.MAPPER.constructType(type));
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
            Json.MAPPER.writeValue(output, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> Optional<PojoSerializer<T>> event(Type type) {
        if (!(type instanceof Class<?> known) || !LambdaEventSerializers.isLambdaSupportedEvent(known.getName()))
            return Optional.empty();
        return Optional.of(
                LambdaEventSerializers.serializerFor((Class<T>) known, LambdaSerializer.class.getClassLoader()));
    }
}
