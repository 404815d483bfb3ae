package health.carryover.local;

import picocli.CommandLine.Command;

/** {@code analyse}: looks at recordings with the same code that phones and functions use. */
@Command(
        name = "analyse",
        mixinStandardHelpOptions = true,
        description = "Analyses recordings of people exercising.",
        subcommands = {AnalyseMotion.class, AnalyseImu.class})
public final class AnalyseCommand {}
