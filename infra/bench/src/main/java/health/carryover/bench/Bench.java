package health.carryover.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** How fast the path is and how right the counting; every such figure in the README comes from here. */
@Command(
        name = "carryover bench",
        mixinStandardHelpOptions = true,
        description = "Measures the path on this machine. Compare figures of one run only.",
        subcommands = {
            UploadBench.class,
            EscalationBench.class,
            MotionBench.class,
            CodecBench.class,
            ImuBench.class,
            CompensationBench.class,
            ScoringBench.class,
            CohortBench.class,
            ColdStartBench.class,
            NightlyBench.class,
            PipelineBench.class,
            SimulateBench.class
        })
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }
}
