package health.carryover.local;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** How commands that ask the running cloud end: one line out and 0, or one line of reason and 1. */
final class Terminal {
    interface Question {
        String ask() throws RunningCloud.Refusal;
    }

    private Terminal() {}

    static int print(@Nullable CommandSpec spec, Question question) {
        if (spec == null) throw new IllegalStateException("picocli did not set up the command");
        try {
            String answer = question.ask();
            spec.commandLine().getOut().println(answer);
            spec.commandLine().getOut().flush();
            return 0;
        } catch (RunningCloud.Refusal e) {
            spec.commandLine().getErr().println("carryover: " + e.getMessage());
            spec.commandLine().getErr().flush();
            return 1;
        }
    }
}
