package health.carryover.local;

import health.carryover.local.cloud.LocalCloud;
import health.carryover.local.cloud.Options;
import health.carryover.local.isolated.Package;
import health.carryover.local.isolated.Samples;
import health.carryover.local.isolated.Sandbox;
import health.carryover.local.isolated.Scratch;
import health.carryover.local.template.Resource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code isolated}: each built zip in a process of its own, as Lambda starts it. */
@Command(
        name = "isolated",
        mixinStandardHelpOptions = true,
        description = {
            "Starts each function's zip with its layer, and nothing else, in a JVM of its own under Lambda's real runtime",
            "interface client, and hands it one event of events/. What it calls is a local cloud, with the function's own",
            "rights. A test of the packaging: the clock is this machine's. On another processor than arm64 Cedar's native",
            "library is this machine's, since the layer holds the deployed one. Exit status 1 if one does not answer."
        })
final class IsolatedCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "FUNCTION", description = "Logical ids; default all.")
    private String[] only = {};

    @Option(names = "--snap-start", description = "With priming, as before a snapshot; then believing to be restored.")
    private boolean snapStart;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path home = Path.of(Objects.requireNonNull(System.getProperty("carryover.home"), "carryover.home"));
        int failed = 0;
        try (Scratch scratch = Scratch.create();
                LocalCloud cloud =
                        LocalCloud.start(home, Options.at(Instant.now()).withPort(0))) {
            Samples samples = new Samples(cloud, home);
            for (Resource function : Samples.functions(cloud)) {
                if (only.length > 0 && !java.util.List.of(only).contains(function.id())) continue;
                if (Package.zips(home, cloud.template(), function).isEmpty()) {
                    say(out, "%-30s an image: ./carryover image".formatted(function.id()));
                    continue;
                }
                if (!start(out, home, cloud, samples, function, scratch)) failed++;
            }
        } catch (Package.NotBuilt e) {
            say(out, String.valueOf(e.getMessage()));
            return 1;
        }
        return failed == 0 ? 0 : 1;
    }

    private boolean start(
            PrintWriter out, Path home, LocalCloud cloud, Samples samples, Resource function, Scratch scratch)
            throws Package.NotBuilt {
        Package code = Package.unpack(home, cloud.template(), function, scratch.folder());
        Sandbox sandbox = new Sandbox(
                Sandbox.Launch.managed(code),
                Sandbox.variables(function, cloud.environment(function.id()), scratch.folder()));
        Sandbox.Outcome outcome = (snapStart ? sandbox.snapStarted() : sandbox).answer(samples.event(function.id()), 1);
        boolean right = outcome.answered() && samples.isAnswer(function.id(), outcome.answer());
        say(
                out,
                "%-30s %-6s init %5.0f ms, first answer %5.0f ms: %s"
                        .formatted(
                                function.id(),
                                right ? "ok" : "FAILED",
                                outcome.initMs(),
                                outcome.invocationMs(),
                                right ? Samples.inShort(outcome.answer()) : outcome.answer() + "\n" + outcome.log()));
        return right;
    }

    private static void say(PrintWriter out, String text) {
        out.println(text);
        out.flush();
    }
}
