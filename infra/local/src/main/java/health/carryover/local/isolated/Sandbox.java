package health.carryover.local.isolated;

import health.carryover.local.isolated.RuntimeApi.Deed;
import health.carryover.local.template.Resource;
import health.carryover.platform.environment.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * One start of one function: a fresh JVM, the real runtime interface client, one event.
 *
 * @param launch how the JVM starts
 * @param variables the function's environment, and nothing of this process
 */
public record Sandbox(Launch launch, Map<String, String> variables) {
    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final long PATIENCE_SECONDS = 90;

    /**
     * @param classPath the system class path
     * @param directory where it runs, which is where the runtime's class loader looks for classes and {@code lib}
     * @param options of the JVM, besides those of the managed runtime
     */
    public record Launch(String handler, List<Path> classPath, Path directory, List<String> options) {
        /** As the managed runtime does: only the client on the class path; zip and layer through its own class loader. */
        public static Launch managed(Package code) {
            return new Launch(code.handler(), client(), code.taskRoot(), List.of());
        }

        /** As an image or a runtime of our own would: everything on the class path, which archives can then hold. */
        public static Launch flat(Package code) {
            List<Path> all = new ArrayList<>(client());
            // The zip itself: classes of a folder go into no archive.
            all.add(code.zip());
            all.addAll(code.jars());
            return new Launch(code.handler(), all, code.taskRoot().resolveSibling("nowhere"), List.of());
        }

        public Launch with(String... more) {
            return new Launch(
                    handler,
                    classPath,
                    directory,
                    Stream.concat(options.stream(), Stream.of(more)).toList());
        }
    }

    /**
     * @param initMs from the start of the process to the first request for an event
     * @param invocationMs from handing out the event to the answer
     * @param furtherMs the same for each further time that the event was handed out
     * @param answer what the function answered, or the error document
     * @param log what it wrote
     */
    public record Outcome(
            boolean answered, double initMs, double invocationMs, List<Double> furtherMs, String answer, String log) {
        public double totalMs() {
            return initMs + invocationMs;
        }
    }

    /** The runtime interface client and what it needs, from the class path of this process. */
    static List<Path> client() {
        return Stream.of(
                        CLIENT,
                        "com.amazonaws.services.lambda.runtime.RequestHandler",
                        "com.amazonaws.services.lambda.runtime.CustomPojoSerializer",
                        "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
                        "software.amazon.awssdk.utilslite.SdkInternalThreadLocal")
                .map(Sandbox::jarOf)
                .distinct()
                .toList();
    }

    private static Path jarOf(String type) {
        try {
            Class<?> found = Class.forName(type, false, Sandbox.class.getClassLoader());
            URI place =
                    found.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(place);
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException("the runtime interface client is not on the class path", e);
        }
    }

    /**
     * The variables of a function of the local cloud: the template's, and those that Lambda sets.
     *
     * @param environment with the function's rights
     */
    public static Map<String, String> variables(Resource function, Environment environment, Path scratch) {
        Map<String, String> variables = new HashMap<>(environment.variables());
        AwsCredentials credentials = environment.credentials().resolveCredentials();
        variables.put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
        variables.put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", function.text("MemorySize", "1024"));
        variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.ref());
        variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
        variables.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
        variables.put("PATH", "/usr/bin:/bin");
        if (!CedarHere.isDeployedPlatform())
            variables.put(CedarHere.VARIABLE, CedarHere.unpack(scratch).toString());
        return variables;
    }

    /** What Lambda tells a function that has SnapStart: it primes, and believes that it is restored at once. */
    public Sandbox snapStarted() {
        Map<String, String> more = new HashMap<>(variables);
        more.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        return new Sandbox(launch, more);
    }

    public Sandbox with(Launch other) {
        return new Sandbox(other, variables);
    }

    /** Starts the process, hands it the event as often as asked, and ends it. */
    public Outcome answer(String event, int times) {
        Path log;
        Process process;
        try {
            Files.createDirectories(launch.directory());
            log = Files.createTempFile("isolated", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (RuntimeApi api = new RuntimeApi("arn:aws:lambda:us-east-1:000000000000:function:"
                + variables.getOrDefault("AWS_LAMBDA_FUNCTION_NAME", "isolated"))) {
            long start = System.nanoTime();
            process = start(api, log);
            try {
                return watch(api, process, start, event, times, log);
            } finally {
                stop(process);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a function started", e);
        }
    }

    private Process start(RuntimeApi api, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Those of the managed runtime, as far as they do not name its own files.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-Djava.net.preferIPv4Stack=true",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(launch.options());
        command.addAll(List.of(
                "-cp",
                launch.classPath().stream().map(Path::toString).collect(Collectors.joining(":")),
                CLIENT,
                launch.handler()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(launch.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
        builder.environment().put("_HANDLER", launch.handler());
        builder.environment().put("LAMBDA_TASK_ROOT", launch.directory().toString());
        return builder.start();
    }

    private Outcome watch(RuntimeApi api, Process process, long start, String event, int times, Path log)
            throws InterruptedException, IOException {
        long sent = 0;
        double initMs = 0;
        String answer = "";
        List<Double> invocations = new ArrayList<>();
        while (invocations.size() < times) {
            @Nullable Deed deed = next(api, process);
            switch (deed) {
                case null -> {
                    return new Outcome(false, initMs, 0, List.of(), "the process ended or fell silent", read(log));
                }
                case Deed.BeforeSnapshot _ -> {}
                case Deed.Ready ready -> {
                    if (sent == 0) initMs = (ready.nanos() - start) / 1e6;
                    sent = System.nanoTime();
                    api.send(event);
                }
                case Deed.Answered answered -> {
                    invocations.add((answered.nanos() - sent) / 1e6);
                    answer = answered.payload();
                }
                case Deed.Failed failed -> {
                    return new Outcome(false, initMs, 0, List.of(), failed.document(), read(log));
                }
            }
        }
        // An archive is written when the JVM ends by itself, which the end of the log tells.
        stop(process);
        return new Outcome(
                true,
                initMs,
                invocations.getFirst(),
                List.copyOf(invocations.subList(1, invocations.size())),
                answer,
                read(log));
    }

    private static @Nullable Deed next(RuntimeApi api, Process process) throws InterruptedException {
        for (long waited = 0; waited < PATIENCE_SECONDS; waited++) {
            Deed deed = api.await(1);
            if (deed != null) return deed;
            if (!process.isAlive()) return api.await(1);
        }
        return null;
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
    }

    private static String read(Path log) throws IOException {
        String text = Files.readString(log);
        Files.delete(log);
        return text;
    }
}
