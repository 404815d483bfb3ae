package health.carryover.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import health.carryover.risk.ModelManifest;
import health.carryover.risk.RiskModel;
import health.carryover.training.Example;
import health.carryover.training.LogCohort;
import health.carryover.training.Report;
import health.carryover.training.RiskTraining;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Training, judging and using the model that tells who is about to stop. */
@Command(
        name = "risk",
        mixinStandardHelpOptions = true,
        description = "Trains and judges the model that tells who is about to stop exercising.",
        subcommands = {
            RiskCommand.Train.class,
            RiskCommand.Evaluate.class,
            RiskCommand.Score.class,
            RiskShadowCommand.class
        })
final class RiskCommand implements Runnable {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which one: train, evaluate, score or shadow?");
    }

    /** What the three have in common: a failure with a cause the user can mend is one line, not a stack trace. */
    abstract static class Part implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        abstract void work() throws IOException;

        @Override
        public Integer call() {
            try {
                work();
                out().flush();
                return 0;
            } catch (IOException | UncheckedIOException | IllegalArgumentException | ModelManifest.Refused e) {
                say(spec.qualifiedName() + ": " + message(e));
                return 1;
            }
        }

        private static String message(Exception e) {
            return e instanceof IOException
                    ? e.getClass().getSimpleName() + ": " + e.getMessage()
                    : String.valueOf(e.getMessage());
        }

        PrintWriter out() {
            return spec.commandLine().getOut();
        }

        /** Progress and complaints go beside the output. */
        void say(String line) {
            spec.commandLine().getErr().println(line);
            spec.commandLine().getErr().flush();
        }

        ParameterException usage(String message) {
            return new ParameterException(spec.commandLine(), message);
        }
    }

    @Command(
            name = "train",
            mixinStandardHelpOptions = true,
            description = {
                "Trains a model and writes saved_model.pb, model.json and MODEL_CARD.md.",
                "The figures it prints are those of persons that it was not trained on."
            })
    static final class Train extends Part {
        static final class Source {
            @Option(names = "--simulated", required = true, description = "people who do not exist")
            boolean simulated;

            @Option(
                    names = "--data",
                    required = true,
                    paramLabel = "DIR",
                    description = "activity logs: sessions.csv, persons.csv, landmarks.csv")
            @Nullable
            Path data;
        }

        @ArgGroup(multiplicity = "1")
        @SuppressWarnings("NullAway.Init")
        private Source source;

        @Option(
                names = "--seed",
                defaultValue = "" + RiskTraining.SHIPPED_SEED,
                description = "default ${DEFAULT-VALUE}")
        private long seed;

        @Option(
                names = "--persons",
                defaultValue = "" + RiskTraining.SHIPPED_PERSONS,
                description = "size of the simulated cohort, at least 200; default ${DEFAULT-VALUE}")
        private int persons;

        @Option(
                names = "--kind",
                paramLabel = "KIND",
                description = "this kind instead of the chosen one, say logistic, for a candidate to run in the shadow")
        private @Nullable String kind;

        @Option(
                names = "--name",
                paramLabel = "VERSION",
                defaultValue = RiskTraining.VERSION,
                description = "the model's version, which is also its folder's name; default ${DEFAULT-VALUE}")
        private String version = RiskTraining.VERSION;

        @Option(names = "--out", required = true, paramLabel = "DIR", description = "where to write the model")
        @SuppressWarnings("NullAway.Init")
        private Path out;

        @Override
        void work() throws IOException {
            RiskTraining.Wanted wanted = new RiskTraining.Wanted(version, kind);
            RiskTraining.Bundle bundle = source.data == null
                    ? RiskTraining.simulated(seed, persons, wanted, this::say)
                    : RiskTraining.onLogs(LogCohort.read(source.data), seed, wanted, this::say);
            bundle.write(out);
            out().print(RiskTraining.table(bundle.manifest().metrics()));
            say("wrote " + out
                    + (bundle.manifest().simulated() ? " (simulated: no patient is behind this model)" : ""));
        }
    }

    @Command(
            name = "evaluate",
            mixinStandardHelpOptions = true,
            description = {
                "Judges six kinds of model and their mixture, two one-line rules among them, and says which would be"
                        + " served.",
                "With --data: cross-validation in five folds, grouped by person. With --train and --test: held out."
            })
    static final class Evaluate extends Part {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "folder with sessions.csv, persons.csv, landmarks.csv")
        private @Nullable Path data;

        @Option(names = "--train", paramLabel = "DIR", description = "the same, of the persons to train on")
        private @Nullable Path train;

        @Option(names = "--test", paramLabel = "DIR", description = "the same, of the persons to judge on")
        private @Nullable Path test;

        @Option(
                names = "--seed",
                defaultValue = "1",
                description = "of folds and first weights; default ${DEFAULT-VALUE}")
        private long seed;

        @Option(
                names = "--transfer",
                description = "with --data: judge each data set by models trained on the others as well")
        private boolean transfer;

        @Option(names = "--json", description = "one JSON document instead of tables")
        private boolean json;

        @Override
        void work() throws IOException {
            Report report;
            if (data != null && train == null && test == null)
                report = RiskTraining.crossValidate(LogCohort.read(data), seed, transfer, this::say);
            else if (data == null && train != null && test != null && !transfer)
                report = RiskTraining.heldOut(LogCohort.read(train), LogCohort.read(test), seed, this::say);
            else throw usage("give either --data DIR [--transfer], or --train DIR and --test DIR");
            if (json) out().println(JSON.writeValueAsString(report));
            else out().print(report.table());
        }
    }

    /** The document of {@code risk score --json}. */
    record Scores(String version, String label, boolean simulated, List<Row> scores) {}

    record Row(String dataset, String person_id, long day, double probability) {}

    @Command(
            name = "score",
            mixinStandardHelpOptions = true,
            description = "Gives each row of landmarks.csv its probability, by the engine that serves patients.")
    static final class Score extends Part {
        @Option(names = "--model", required = true, paramLabel = "DIR", description = "what risk train wrote")
        @SuppressWarnings("NullAway.Init")
        private Path model;

        @Option(
                names = "--data",
                required = true,
                paramLabel = "DIR",
                description = "sessions.csv, persons.csv, landmarks.csv")
        @SuppressWarnings("NullAway.Init")
        private Path data;

        @Option(names = "--json", description = "one JSON document instead of CSV")
        private boolean json;

        @Override
        void work() throws IOException {
            List<Example> examples = LogCohort.unlabelled(data);
            try (RiskModel riskModel = RiskModel.open(model)) {
                List<RiskModel.Scored> scored =
                        riskModel.score(examples.stream().map(Example::row).toList());
                List<Row> rows = new ArrayList<>();
                for (int i = 0; i < scored.size(); i++)
                    rows.add(new Row(
                            examples.get(i).dataset(),
                            examples.get(i).person(),
                            examples.get(i).day(),
                            scored.get(i).probability().probability()));
                ModelManifest manifest = riskModel.manifest();
                if (json) {
                    out().println(JSON.writeValueAsString(
                            new Scores(manifest.version(), manifest.label(), manifest.simulated(), rows)));
                } else {
                    CsvWriter csv =
                            CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out());
                    csv.writeRecord("dataset", "person_id", "day", "probability");
                    for (Row row : rows)
                        csv.writeRecord(
                                row.dataset(),
                                row.person_id(),
                                Long.toString(row.day()),
                                Double.toString(row.probability()));
                    csv.flush();
                }
                if (manifest.simulated())
                    say("this model was trained on simulated people; its figures mean nothing on these");
            }
        }
    }
}
