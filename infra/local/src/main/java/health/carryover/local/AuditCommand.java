package health.carryover.local;

import picocli.CommandLine.Command;

/** {@code ./carryover audit}: the questions of a compliance officer, with infra/AUDIT.md as their guide. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Asks the running local cloud who did what.",
            "infra/AUDIT.md shows ten questions, each with its command here and its query on AWS."
        },
        subcommands = {AuditAccessesCommand.class, AuditCallsCommand.class})
final class AuditCommand {}
