package health.carryover.local.isolated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The image of a Dockerfile laid out in a folder of this machine, with this machine's JDK and TensorFlow in place of the
 * image's: what can be found out without a Docker daemon.
 */
public final class Image {
    /** Where the image has everything of ours. */
    private static final String ROOT = "/function";

    private final Path context;
    private final Path root;
    private final Dockerfile file;

    public Image(Path context, Path into) {
        this.context = context;
        root = into;
        file = Dockerfile.read(context.resolve("Dockerfile"));
    }

    /** Sources of COPY that the build has not made. */
    public List<String> missing() {
        return file.copies().stream()
                .map(Dockerfile.Copy::source)
                .filter(source -> !Files.exists(context.resolve(source)))
                .toList();
    }

    /** Copies what there is, as COPY does. */
    public void layOut() {
        for (Dockerfile.Copy copy : file.copies()) {
            Path source = context.resolve(copy.source());
            if (!Files.exists(source) || copy.source().contains("/native/")) continue;
            Path target = Path.of(here(copy.target()));
            if (copy.target().endsWith("/")) target = target.resolve(source.getFileName());
            copy(source, target);
        }
        here(root.resolve("classpath"));
    }

    /** The one file of ours that names places in the image. */
    private void here(Path names) {
        try {
            Files.writeString(names, here(Files.readString(names)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path source, Path target) {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path from : files.filter(Files::isRegularFile).toList()) {
                Path to = target.resolve(source.relativize(from).toString());
                if (from.equals(source)) to = target;
                Files.createDirectories(to.getParent());
                Files.copy(from, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder in place of the image's. */
    private String here(String text) {
        return text.replace(ROOT, root.toString());
    }

    /**
     * Runs the RUN lines that are about our files, with this machine's JDK; those of the image's own system are left
     * out.
     *
     * @return what they printed
     */
    public String runs() {
        StringBuilder printed = new StringBuilder();
        for (String run : file.runs()) {
            if (!run.contains(ROOT)) continue;
            printed.append(run(List.of("sh", "-c", here(run))));
        }
        return printed.toString();
    }

    /** The rehearsal again, with the cache and without. */
    public String rehearse(boolean cached) {
        List<String> command = new ArrayList<>();
        for (String word : file.entryPoint()) if (cached || !word.startsWith("-XX:AOTCache=")) command.add(here(word));
        command.removeLast();
        command.add("health.carryover.risk.Rehearsal");
        return run(command);
    }

    private String run(List<String> command) {
        try {
            Path log = Files.createTempFile("image", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            if (command.getFirst().equals("java")) command.set(0, java().toString());
            builder.environment().clear();
            builder.environment().putAll(variables());
            builder.environment().put("PATH", java().getParent() + ":/usr/bin:/bin");
            int status = builder.start().waitFor();
            String printed = Files.readString(log, StandardCharsets.UTF_8);
            Files.delete(log);
            if (status != 0) throw new IllegalStateException(command + " ended with " + status + "\n" + printed);
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** ENV of the image, but with this machine's TensorFlow. */
    public Map<String, String> variables() {
        Map<String, String> variables = new java.util.HashMap<>(file.variables());
        String tensorFlow = System.getenv("TENSORFLOW_LIBRARY_PATH");
        if (tensorFlow != null) variables.put("TENSORFLOW_LIBRARY_PATH", tensorFlow);
        return variables;
    }

    /** The jars that the entry point names, in its order. */
    public List<Path> classPath() {
        try {
            String options = Files.readString(root.resolve("options")).strip();
            return Arrays.stream(options.substring("-cp ".length()).split(":"))
                    .map(Path::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The entry point and the handler, each found on the image's own class path and nowhere else.
     *
     * @throws ClassNotFoundException naming the one that is not
     */
    public List<String> resolve() throws ClassNotFoundException {
        List<String> names = List.of(file.entryPoint().getLast(), file.command().getFirst());
        URL[] jars = classPath().stream().map(Image::url).toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
            for (String name : names) Class.forName(name, false, loader);
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How the image starts, for {@link Sandbox}, which gives the other options of the entry point itself. */
    public Sandbox.Launch launch(boolean cached) {
        Sandbox.Launch launch =
                new Sandbox.Launch(file.command().getFirst(), classPath(), root.resolve("nowhere"), List.of());
        return cached ? launch.with("-XX:AOTCache=" + root.resolve("risk-scoring.aot")) : launch;
    }

    public String base() {
        return file.from();
    }

    public long cacheBytes() {
        try {
            return Files.size(root.resolve("risk-scoring.aot"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
