package health.carryover.local;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line; {@code ./carryover} builds and then calls this. */
@Command(
        name = "carryover",
        mixinStandardHelpOptions = true,
        description = "The clinic and the home program, in one loop.",
        subcommands = {
            RunCommand.class,
            AnalyseCommand.class,
            AslCommand.class,
            AuditCommand.class,
            ClockCommand.class,
            CostCommand.class,
            ImageCommand.class,
            IsolatedCommand.class,
            OutreachCommand.class,
            PermissionsCommand.class,
            RiskCommand.class,
            TokenCommand.class
        })
public final class Carryover {
    private Carryover() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Carryover()).execute(arguments));
    }
}
