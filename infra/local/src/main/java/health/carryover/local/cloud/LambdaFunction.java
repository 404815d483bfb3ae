package health.carryover.local.cloud;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import health.carryover.platform.environment.Environment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** One handler, called as Lambda calls it: bytes in, bytes out, through the same serialization. */
final class LambdaFunction {
    private static final Optional<CustomPojoSerializer> CUSTOM =
            ServiceLoader.load(CustomPojoSerializer.class).findFirst();

    private final RequestStreamHandler handler;

    /**
     * Loads and constructs the handler.
     *
     * @param handler a class name, or {@code class::handleRequest}
     * @throws ReflectiveOperationException why it cannot be had
     */
    LambdaFunction(String handler, Environment environment) throws ReflectiveOperationException {
        int method = handler.indexOf("::");
        if (method >= 0 && !handler.endsWith("::handleRequest"))
            throw new NoSuchMethodException("only handleRequest is called, not " + handler);
        Class<?> type = Class.forName(method < 0 ? handler : handler.substring(0, method));
        Object made = construct(type, environment);
        this.handler = switch (made) {
            case RequestStreamHandler stream -> stream;
            case RequestHandler<?, ?> objects -> streaming(objects);
            default -> throw new ClassNotFoundException(type.getName() + " is no Lambda handler");
        };
    }

    byte[] call(byte[] input, Context context) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(input), output, context);
        byte[] answer = output.toByteArray();
        return answer.length == 0 ? "null".getBytes(StandardCharsets.UTF_8) : answer;
    }

    /** By the constructor that takes the environment, else the one that takes nothing. */
    private static Object construct(Class<?> type, Environment environment) throws ReflectiveOperationException {
        try {
            for (Constructor<?> constructor : type.getDeclaredConstructors())
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Environment.class) {
                    constructor.setAccessible(true);
                    return constructor.newInstance(environment);
                }
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            if (e.getCause() instanceof Error cause) throw cause;
            throw e;
        }
    }

    private static <I, O> RequestStreamHandler streaming(RequestHandler<I, O> handler) {
        Type input = parameter(handler.getClass(), 0);
        Type output = parameter(handler.getClass(), 1);
        return (from, to, context) -> {
            O answer = handler.handleRequest(LambdaFunction.<I>fromJson(from, input), context);
            if (answer != null) toJson(answer, to, output);
        };
    }

    /** What the class put in for a type parameter of RequestHandler, also when an ancestor did. */
    private static Type parameter(Class<?> type, int index) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Type one : at.getGenericInterfaces())
                if (one instanceof ParameterizedType candidate && candidate.getRawType() == RequestHandler.class)
                    return bound(type, at, candidate.getActualTypeArguments()[index]);
        }
        return Object.class;
    }

    private static Type bound(Class<?> type, Class<?> declaring, Type argument) {
        if (!(argument instanceof TypeVariable<?> variable)) return argument;
        for (Class<?> at = type; at.getSuperclass() != null; at = at.getSuperclass())
            if (at.getSuperclass() == declaring && at.getGenericSuperclass() instanceof ParameterizedType parent) {
                TypeVariable<?>[] variables = declaring.getTypeParameters();
                for (int i = 0; i < variables.length; i++)
                    if (variables[i].equals(variable)) return parent.getActualTypeArguments()[i];
            }
        return Object.class;
    }

    // Lambda's serializers are picked by a Type and typed by the caller: the cast is theirs.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T fromJson(InputStream from, Type type) {
        return CUSTOM.isPresent()
                ? CUSTOM.get().fromJson(from, type)
                : (T) serializer(type).fromJson(from);
    }

    private static void toJson(Object value, OutputStream to, Type type) {
        if (CUSTOM.isPresent()) CUSTOM.get().toJson(value, to, type);
        else serializer(type).toJson(value, to);
    }

    @SuppressWarnings("unchecked")
    private static PojoSerializer<Object> serializer(Type type) {
        @Nullable
        Class<Object> event =
                type instanceof Class<?> one && LambdaEventSerializers.isLambdaSupportedEvent(one.getName())
                        ? (Class<Object>) one
                        : null;
        return event == null
                ? JacksonFactory.getInstance().getSerializer(type)
                : LambdaEventSerializers.serializerFor(event, LambdaFunction.class.getClassLoader());
    }
}
