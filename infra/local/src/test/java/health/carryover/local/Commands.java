package health.carryover.local;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** Runs the command line in this JVM. */
public final class Commands {
    private Commands() {}

    /** @return what it printed; a command that fails is an error of the test */
    public static String run(List<String> words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = new CommandLine(Carryover.class)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
        if (status != 0) throw new AssertionError(words + " ended with " + status + ": " + err);
        return out.toString();
    }
}
