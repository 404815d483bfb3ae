package health.carryover.bench;

import health.carryover.local.cloud.LocalCloud;
import health.carryover.local.cloud.Options;
import health.carryover.local.isolated.Package;
import health.carryover.local.isolated.Samples;
import health.carryover.local.isolated.Sandbox;
import health.carryover.local.isolated.Sandbox.Launch;
import health.carryover.local.isolated.Scratch;
import health.carryover.local.template.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench cold-start}: from a process that does not exist to the first answer. */
@Command(
        name = "cold-start",
        mixinStandardHelpOptions = true,
        description = {
            "A fresh JVM, Lambda's real runtime interface client and one event, again and again: as the managed runtime",
            "loads a zip, and flat on one class path with a CDS archive or an AOT cache, with and without priming, beside a",
            "handler that only says hello. Then what one start loads, by jar. What cannot be measured here and is not:",
            "Lambda's own time to find a machine, unpack, and restore a SnapStart snapshot."
        })
final class ColdStartBench implements Callable<Integer> {
    private static final String HELLO = "health.carryover.bench.Hello";
    private static final String ZIP = "zip";
    private static final int WARM = 20;

    @Option(names = "--runs", defaultValue = "7", description = "Starts of each kind; default ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--function",
            defaultValue = "SessionUploadFunction",
            description = "Logical id; default ${DEFAULT-VALUE}.")
    private String function = "";

    @Option(names = "--jars", defaultValue = "20", description = "Jars to list; default ${DEFAULT-VALUE}.")
    private int jars;

    private record Kind(String name, Sandbox sandbox, Supplier<String> event) {
        Sandbox.Outcome start(int times) {
            Sandbox.Outcome outcome = sandbox.answer(event.get(), times);
            if (!outcome.answered()) throw new IllegalStateException(outcome.answer() + "\n" + outcome.log());
            return outcome;
        }
    }

    /** All the starts of one kind, in milliseconds. */
    private record Starts(Times init, Times first, Times total) {
        Starts(int most) {
            this(new Times(most), new Times(most), new Times(most));
        }

        void add(Sandbox.Outcome outcome) {
            init.add((long) (outcome.initMs() * 1e6));
            first.add((long) (outcome.invocationMs() * 1e6));
            total.add((long) (outcome.totalMs() * 1e6));
        }
    }

    @Override
    public Integer call() throws IOException {
        Path home = Path.of(Objects.requireNonNull(System.getProperty("carryover.home"), "carryover.home"));
        try (Scratch scratch = Scratch.create();
                LocalCloud cloud =
                        LocalCloud.start(home, Options.at(Instant.now()).withPort(0))) {
            Resource resource = cloud.template().resource(function);
            if (resource == null) throw new IllegalArgumentException("there is no function " + function);
            Samples samples = new Samples(cloud, home);
            Package code = Package.unpack(home, cloud.template(), resource, scratch.folder());
            List<Kind> kinds = kinds(cloud, resource, samples, code, hello(scratch), scratch);
            say("%s, %d starts of each kind, one after the other in turn; median [least - most] in ms", function, runs);
            measure(kinds);
            loaded(kinds.get(2), scratch);
            say("");
            say(
                    "Not measured: restoring a SnapStart snapshot, which needs AWS. With SnapStart the row 'zip, primed' is what");
            say("is done before the snapshot; a caller waits for the restore and then for its column 'first answer'.");
            return 0;
        } catch (Package.NotBuilt e) {
            say("%s", String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private List<Kind> kinds(
            LocalCloud cloud, Resource resource, Samples samples, Package code, Package hello, Scratch scratch) {
        Map<String, String> variables = Sandbox.variables(resource, cloud.environment(function), scratch.folder());
        Supplier<String> event = () -> samples.event(function);
        Supplier<String> nothing = () -> "{}";
        Sandbox zip = new Sandbox(Launch.managed(code), variables);
        Sandbox flat = new Sandbox(Launch.flat(code), variables);
        Sandbox helloZip = new Sandbox(Launch.managed(hello), variables);
        Sandbox helloFlat = new Sandbox(Launch.flat(hello), variables);
        Path folder = scratch.folder();
        return List.of(
                new Kind("hello, zip", helloZip, nothing),
                new Kind("hello, flat, AOT", aot(helloFlat, nothing, folder.resolve("hello.aot")), nothing),
                new Kind(ZIP, zip, event),
                new Kind("zip, primed", zip.snapStarted(), event),
                new Kind("flat", flat, event),
                new Kind("flat, CDS", cds(flat, event, folder.resolve("flat.jsa")), event),
                new Kind("flat, AOT", aot(flat, event, folder.resolve("flat.aot")), event),
                new Kind("flat, AOT, primed", aot(flat.snapStarted(), event, folder.resolve("primed.aot")), event));
    }

    /** Trained by one start with some calls; the archive is written when that process ends. */
    private static Sandbox cds(Sandbox sandbox, Supplier<String> event, Path archive) {
        return trained(
                sandbox, event, archive, "-XX:ArchiveClassesAtExit=" + archive, "-XX:SharedArchiveFile=" + archive);
    }

    private static Sandbox aot(Sandbox sandbox, Supplier<String> event, Path cache) {
        return trained(sandbox, event, cache, "-XX:AOTCacheOutput=" + cache, "-XX:AOTCache=" + cache);
    }

    private static Sandbox trained(Sandbox sandbox, Supplier<String> event, Path file, String training, String use) {
        Sandbox.Outcome outcome =
                new Kind("training", sandbox.with(sandbox.launch().with(training)), event).start(WARM);
        if (!Files.exists(file)) throw new IllegalStateException("no " + file.getFileName() + "\n" + outcome.log());
        return sandbox.with(sandbox.launch().with(use));
    }

    private void measure(List<Kind> kinds) {
        List<Starts> starts = kinds.stream().map(kind -> new Starts(runs)).toList();
        for (int run = 0; run < runs; run++)
            for (int i = 0; i < kinds.size(); i++)
                starts.get(i).add(kinds.get(i).start(1));
        say("%-20s %22s %22s %24s %8s", "", "init", "first answer", "together", "x hello");
        double hello = starts.getFirst().total().millis(0.5);
        for (int i = 0; i < kinds.size(); i++) {
            Starts all = starts.get(i);
            say(
                    "%-20s %22s %22s %24s %8.1f",
                    kinds.get(i).name(),
                    spread(all.init()),
                    spread(all.first()),
                    spread(all.total()),
                    all.total().millis(0.5) / hello);
        }
    }

    private static String spread(Times times) {
        return String.format(Locale.ROOT, "%.0f [%.0f - %.0f]", times.millis(0.5), times.millis(0), times.millis(1));
    }

    private void loaded(Kind kind, Scratch scratch) throws IOException {
        Path log = scratch.folder().resolve("classes.log");
        Sandbox sandbox = kind.sandbox();
        new Kind(ZIP, sandbox.with(sandbox.launch().with(LoadedClasses.option(log))), kind.event()).start(1);
        List<LoadedClasses.Jar> all = LoadedClasses.read(log);
        say("");
        say(
                "One start of 'zip' until its first answer loads %d classes; ms = time until the next class was loaded",
                all.stream().mapToInt(LoadedClasses.Jar::classes).sum());
        all.stream().limit(jars).forEach(jar -> say("%8.0f ms %6d classes  %s", jar.ms(), jar.classes(), jar.name()));
        say("no class: %s", String.join(", ", unused(sandbox, all)));
    }

    /** Jars of the layer that other functions may need, or nobody. */
    private static List<String> unused(Sandbox sandbox, List<LoadedClasses.Jar> loaded) throws IOException {
        Set<String> names = loaded.stream().map(LoadedClasses.Jar::name).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(sandbox.launch().directory().resolve("lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !names.contains(name))
                    .sorted()
                    .toList();
        }
    }

    /** A zip of the class that says hello, as a function of its own without a layer. */
    private static Package hello(Scratch scratch) throws IOException {
        String name = HELLO.replace('.', '/') + ".class";
        Path zip = scratch.folder().resolve("hello.zip");
        Path root = Files.createDirectories(scratch.folder().resolve("Hello"));
        Files.createDirectories(root.resolve("lib"));
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream content = Hello.class.getResourceAsStream("Hello.class");
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            byte[] bytes = Objects.requireNonNull(content).readAllBytes();
            Files.write(file, bytes);
            out.putNextEntry(new ZipEntry(name));
            out.write(bytes);
        }
        return new Package("Hello", HELLO, zip, root);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
        System.out.flush();
    }
}
