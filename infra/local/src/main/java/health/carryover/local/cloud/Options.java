package health.carryover.local.cloud;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * How the local cloud starts.
 *
 * @param port 0 = any free one
 * @param startTime where virtual time begins
 * @param parameters values in place of the template's defaults
 * @param template the template's file, relative to home
 * @param interceptors added to every client of every function
 */
public record Options(
        int port,
        Instant startTime,
        Map<String, String> parameters,
        String template,
        List<ExecutionInterceptor> interceptors) {
    public Options {
        parameters = Map.copyOf(parameters);
        interceptors = List.copyOf(interceptors);
    }

    /** Port 4566, {@code template.yaml} with its defaults. */
    public static Options at(Instant startTime) {
        return new Options(4566, startTime, Map.of(), "template.yaml", List.of());
    }

    public Options withPort(int other) {
        return new Options(other, startTime, parameters, template, interceptors);
    }

    public Options withParameters(Map<String, String> others) {
        return new Options(port, startTime, others, template, interceptors);
    }

    public Options withTemplate(String other) {
        return new Options(port, startTime, parameters, other, interceptors);
    }

    public Options withInterceptors(List<ExecutionInterceptor> others) {
        return new Options(port, startTime, parameters, template, others);
    }
}
