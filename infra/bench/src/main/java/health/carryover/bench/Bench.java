package health.carryover.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** How fast the path is; every figure in the README that speaks of speed comes from here. */
@Command(
        name = "carryover bench",
        mixinStandardHelpOptions = true,
        description = "Measures the path on this machine. Compare figures of one run only.",
        subcommands = {UploadBench.class, EscalationBench.class, ImuBench.class})
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }
}
