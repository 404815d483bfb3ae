package health.carryover.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RiskCommandTest {
    private record Run(int exit, String out, String err) {}

    private static Run risk(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new RiskCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Run(exit, out.toString(), err.toString());
    }

    /** People who come every few days; some stop, and the landmark after it says so. */
    private static void logs(Path folder, int persons, long seed) throws IOException {
        Files.createDirectories(folder);
        StringBuilder sessions =
                new StringBuilder("dataset,person_id,day,time_of_day_h,completed_fraction,pain_0_10\n");
        StringBuilder people = new StringBuilder("dataset,person_id\n");
        StringBuilder landmarks = new StringBuilder("dataset,person_id,day,y14\n");
        Random random = new Random(seed);
        for (int person = 0; person < persons; person++) {
            String who = "set,p" + seed + "-" + person;
            people.append(who).append('\n');
            int stops = random.nextBoolean() ? 45 : 999;
            for (int day = 0; day < 80 && day < stops; day += 1 + random.nextInt(3))
                sessions.append(who).append(',').append(day).append(",7,,\n");
            landmarks.append(who).append(",30,0\n");
            landmarks.append(who).append(",50,").append(stops < 50 ? 1 : 0).append('\n');
        }
        Files.writeString(folder.resolve("sessions.csv"), sessions);
        Files.writeString(folder.resolve("persons.csv"), people);
        Files.writeString(folder.resolve("landmarks.csv"), landmarks);
    }

    @Test
    void without_a_subcommand_it_asks_which_one() {
        assertThat(risk().exit()).isEqualTo(2);
        assertThat(risk().err()).contains("train, evaluate, score or shadow");
    }

    @Test
    void training_needs_either_simulated_people_or_data() {
        assertThat(risk("train", "--out", "x").exit()).isEqualTo(2);
        assertThat(risk("train", "--simulated", "--data", "x", "--out", "x").exit())
                .isEqualTo(2);
        assertThat(risk("evaluate", "--train", "x").err()).contains("--train DIR and --test DIR");
    }

    @Test
    void a_missing_folder_is_one_line_and_no_stack_trace(@TempDir Path folder) {
        Run run = risk("evaluate", "--data", folder.resolve("nowhere").toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().endsWith("sessions.csv does not exist");
        assertThat(risk("score", "--model", folder.toString(), "--data", folder.toString())
                        .err())
                .doesNotContain("\tat ");
    }

    @Test
    @Tag("slow")
    void what_is_trained_on_logs_can_be_judged_and_used(@TempDir Path folder) throws IOException {
        logs(folder.resolve("a"), 30, 1);
        logs(folder.resolve("b"), 20, 2);
        String a = folder.resolve("a").toString();
        String b = folder.resolve("b").toString();
        Run evaluated = risk("evaluate", "--train", a, "--test", b, "--json");
        assertThat(evaluated.exit()).isZero();
        JsonNode report = new ObjectMapper().readTree(evaluated.out());
        assertThat(report.path("label").asText()).isEqualTo("y14");
        // These people stop from one day to the next, so the plainest rule tells it and the simplest is served.
        assertThat(report.path("served").asText()).isEqualTo("days-since-last-session");
        // Seven models on one data set and on all together, with ten intervals each.
        assertThat(report.path("models")).hasSize(14);
        assertThat(report.path("intervals")).hasSize(140);
        assertThat(report.path("gains")).isNotEmpty();
        assertThat(report.path("leadTime")).hasSize(7);
        assertThat(report.path("subgroups"))
                .allMatch(group -> group.path("value").asText().equals("unknown"));
        JsonNode network = report.path("models").get(0);
        assertThat(network.path("dataset").asText()).isEqualTo("set");
        assertThat(network.fieldNames())
                .toIterable()
                .containsExactly(
                        "name",
                        "dataset",
                        "rows",
                        "positives",
                        "auc",
                        "aucLow",
                        "aucHigh",
                        "averagePrecision",
                        "brier",
                        "calibrationSlope",
                        "calibrationIntercept",
                        "ece",
                        "ppv15",
                        "recall15",
                        "ppv20",
                        "recall20");
        assertThat(network.path("auc").asDouble()).isGreaterThan(0.9);

        String model = folder.resolve("model").toString();
        assertThat(risk("train", "--data", a, "--out", model).exit()).isZero();
        Run scored = risk("score", "--model", model, "--data", b);
        assertThat(scored.exit()).isZero();
        assertThat(scored.out().lines()).hasSize(41).first().isEqualTo("dataset,person_id,day,probability");
    }
}
