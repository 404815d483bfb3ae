package health.carryover.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A machine for {@code ./carryover} that has a shell and the usual small tools, but no JDK and no Maven. */
final class BareMachine implements AutoCloseable {
    private static final Path SCRIPT =
            Path.of("../../carryover").toAbsolutePath().normalize();
    private static final List<String> TOOLS = List.of(
            ("sh awk basename cat chmod cksum dirname find grep gzip head ldd mkdir mktemp mv readlink rm sed sha256sum"
                            + " sha512sum shasum sleep sort tar tee touch tr curl wget")
                    .split(" "));

    /** What the script printed, and how it ended. */
    record Run(int status, String out, String errors) {
        String lastLine() {
            return out.lines().reduce("", (before, line) -> line);
        }
    }

    final Path checkout;
    final Path cache;
    private final Path folder;
    private final Path bin;
    private final Map<String, String> environment = new HashMap<>();

    BareMachine(Path parent) throws IOException {
        folder = parent.resolve("a b"); // a path with a space in it
        checkout = Files.createDirectories(folder.resolve("checkout"));
        cache = folder.resolve("cache");
        bin = Files.createDirectories(folder.resolve("bin"));
        Files.copy(SCRIPT, checkout.resolve("carryover"));
        for (String tool : TOOLS) {
            for (Path installed : installed(tool)) {
                Files.createSymbolicLink(bin.resolve(tool), installed);
            }
        }
        without("ldd");
        tool("uname", "case $1 in -s) echo Linux ;; -m) echo x86_64 ;; esac");
        set("PATH", bin.toString());
        set("HOME", Files.createDirectories(folder.resolve("home")).toString());
        set("CARRYOVER_CACHE", cache.toString());
        set("CARRYOVER_JVM_FOLDERS", "");
    }

    private static List<Path> installed(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .limit(1)
                .toList();
    }

    /** Removes the links to this machine's tools; JUnit warns about each one it finds. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> tools = Files.list(bin)) {
            for (Path tool : tools.toList()) {
                Files.delete(tool);
            }
        }
    }

    boolean has(String tool) {
        return Files.isExecutable(bin.resolve(tool));
    }

    void without(String tool) throws IOException {
        Files.deleteIfExists(bin.resolve(tool));
    }

    void tool(String name, String script) throws IOException {
        without(name);
        executable(bin.resolve(name), script);
    }

    void link(String name, Path target) throws IOException {
        Files.createSymbolicLink(bin.resolve(name), target);
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** A folder that passes for a JDK of that version. */
    static Path jdk(Path folder, String version) throws IOException {
        executable(folder.resolve("bin/javac"), "echo 'javac " + version + "'");
        executable(folder.resolve("bin/java"), "echo 'openjdk " + version + "'");
        return folder;
    }

    static void executable(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        return start(checkout.resolve("carryover"), arguments).end();
    }

    Started start(Path script, String... arguments) throws IOException {
        Path out = Files.createTempFile(folder, "out", "");
        Path errors = Files.createTempFile(folder, "errors", "");
        ProcessBuilder builder = new ProcessBuilder(script.toString())
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Started(builder.start(), out, errors);
    }

    record Started(Process process, Path out, Path errors) {
        Run end() throws IOException, InterruptedException {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroy();
                throw new AssertionError("still running: " + Files.readString(errors));
            }
            return new Run(process.exitValue(), Files.readString(out), Files.readString(errors));
        }
    }
}
