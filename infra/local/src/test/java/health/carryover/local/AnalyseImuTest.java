package health.carryover.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyseImuTest {
    /** Benchmark recordings; not part of the product, so not in every checkout. */
    private static final Path BROAD = Path.of("../../../shared/data/imu");

    private static final String SENSOR = "t,ax,ay,az,gx,gy,gz";
    private static final String ALL = SENSOR + ",mx,my,mz,qw,qx,qy,qz,moving";

    @TempDir
    Path folder;

    private static Analysed run(Object... arguments) {
        return Analysed.run("imu", arguments);
    }

    private Path write(String name, List<String> lines) throws IOException {
        Path file = folder.resolve(name);
        String text = String.join("\n", lines) + "\n";
        return name.endsWith(".gz") ? Analysed.zipped(file, text) : Files.writeString(file, text);
    }

    /** Level and still, x to the east, at 100 Hz; the reference says that it is leaning by 10 degrees about east. */
    private static List<String> level(String header, int rows) {
        List<String> lines = new ArrayList<>(List.of(header));
        boolean all = header.equals(ALL);
        for (int i = 0; i < rows; i++)
            lines.add(String.format(Locale.ROOT, "%.2f,0,0,9.81,0,0,0", i * 0.01)
                    + (all ? ",0,16,-42,0.9961946981,0.0871557427,0,0,1" : ""));
        return lines;
    }

    @Test
    void the_error_against_a_reference_is_printed_in_the_agreed_shape() throws IOException {
        Path file = write("a.csv.gz", level(ALL, 300));
        Analysed ran = run(file, "--filter", "kalman,kalman6,madgwick", "--json");
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        JsonNode rows = ran.json();
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).fieldNames())
                .toIterable()
                .containsExactly("file", "filter", "totalDeg", "headingDeg", "inclinationDeg");
        assertThat(rows.get(0).get("file").asText()).isEqualTo("a.csv.gz");
        assertThat(rows.get(0).get("totalDeg").asDouble()).isBetween(9.9, 10.1);
        assertThat(rows.get(0).get("headingDeg").asDouble()).isBetween(0.0, 0.1);
        assertThat(rows.get(0).get("inclinationDeg").asDouble()).isBetween(9.9, 10.1);
        assertThat(rows.get(1).get("headingDeg").isNull()).as("6 axes").isTrue();
        assertThat(rows.get(1).get("totalDeg").isNull()).as("6 axes").isTrue();
        assertThat(rows.get(1).get("inclinationDeg").asDouble()).isBetween(9.9, 10.1);
        assertThat(rows.get(2).get("filter").asText()).isEqualTo("madgwick");
    }

    @Test
    void without_a_reference_the_orientation_is_summarised() throws IOException {
        Path file = write("b.csv", level(SENSOR, 300));
        JsonNode rows = run(file, "--json").json();
        assertThat(rows).as("all filters").hasSize(8);
        assertThat(rows)
                .allSatisfy(
                        row -> assertThat(row.get("inclinationDeg").isNull()).isTrue());
        Analysed table = run(file, "--filter", "kalman6");
        assertThat(table.out()).contains("3.0 s at 100.0 Hz").contains("inclination 0.0 deg");
    }

    @Test
    void a_folder_means_every_recording_in_it_and_a_mean_at_the_end() throws IOException {
        write("a.csv.gz", level(ALL, 200));
        write("b.csv", level(ALL, 200));
        write("notes.csv", List.of("trial,method", "a,b"));
        Analysed ran = run(folder, "--filter", "complementary");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().lines().toList()).hasSize(4);
        assertThat(ran.out().lines().toList().getLast()).startsWith("mean of 2").contains("complementary");
    }

    @Test
    void beta_reaches_madgwick_only() throws IOException {
        List<String> lines = level(ALL, 300);
        // Turning at 3 deg/s about the east that the reference does not know: more weight on gravity errs less.
        for (int i = 1; i < lines.size(); i++) lines.set(i, lines.get(i).replace(",9.81,0,", ",9.81,0.05,"));
        Path file = write("c.csv", lines);
        JsonNode weak = run(file, "--filter", "madgwick,kalman", "--beta", "0", "--json")
                .json();
        JsonNode strong = run(file, "--filter", "madgwick,kalman", "--beta", "1", "--json")
                .json();
        assertThat(weak.get(0).get("inclinationDeg").asDouble())
                .isNotCloseTo(strong.get(0).get("inclinationDeg").asDouble(), org.assertj.core.data.Offset.offset(1.0));
        assertThat(weak.get(1)).isEqualTo(strong.get(1));
    }

    @Test
    void damaged_rows_are_named_one_by_one_with_file_and_line() throws IOException {
        List<String> lines = level(ALL, 100);
        lines.set(10, lines.get(10).replace("9.81", "nine"));
        lines.set(20, "1,2,3");
        lines.set(30, lines.get(29));
        Path bad = write("bad.csv.gz", lines);
        Path good = write("good.csv", level(ALL, 100));
        Analysed ran = run(bad, good, folder.resolve("none.csv"), "--filter", "kalman", "--json");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err().lines())
                .containsExactly(
                        "carryover: " + bad + ":11: column az is not a number",
                        "carryover: " + bad + ":21: has 3 fields instead of 15",
                        "carryover: " + bad + ":31: time does not rise",
                        "carryover: " + folder.resolve("none.csv") + ": no such file");
        assertThat(ran.json()).as("the others are analysed").hasSize(1);
    }

    @Test
    void missing_columns_are_all_named() throws IOException {
        Analysed ran = run(write("d.csv", List.of("t,ax,ay,gx,gy,gz,mx", "0,0,0,0,0,0,0")));
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("column az is missing", "column my is missing", "column mz is missing");
    }

    @Test
    void files_that_are_cut_off_or_no_gzip_are_named() throws IOException {
        Path whole = write("whole.csv.gz", level(ALL, 2000));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.csv.gz"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Path plain = Files.writeString(folder.resolve("plain.csv.gz"), "t,ax\n");
        assertThat(run(cut).err()).contains("cut.csv.gz:").contains("is cut off");
        assertThat(run(plain).err()).contains("plain.csv.gz").contains("is not gzip, or damaged");
        assertThat(run(cut).exitCode()).isEqualTo(1);
    }

    @Test
    void samples_that_are_not_finite_are_left_out_and_counted() throws IOException {
        List<String> lines = level(ALL, 300);
        lines.set(100, lines.get(100).replace("9.81", "NaN"));
        lines.set(150, lines.get(150).replace("9.81", "Infinity"));
        Analysed ran = run(write("e.csv", lines), "--filter", "kalman", "--json");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).contains("2 samples that are not finite left out");
        assertThat(ran.json().get(0).get("inclinationDeg").asDouble()).isBetween(9.9, 10.1);
    }

    @Test
    void wrong_use_is_told() throws IOException {
        Path file = write("a.csv", level(ALL, 100));
        assertThat(run(file, "--filter", "vqf").exitCode()).isEqualTo(2);
        assertThat(run(file, "--filter", "vqf").err()).contains("no filter vqf").contains("kalman_offline");
        assertThat(run(file, "--beta", "-1").exitCode()).isEqualTo(2);
        assertThat(run(folder, folder, "--plot", folder.resolve("x.svg")).exitCode())
                .isEqualTo(2);
    }

    @Test
    void a_plot_is_drawn() throws Exception {
        Path svg = folder.resolve("out.svg");
        assertThat(run(write("a.csv", level(ALL, 500)), "--filter", "kalman,madgwick", "--plot", svg)
                        .exitCode())
                .isZero();
        var document = javax.xml.parsers.DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(svg.toFile());
        assertThat(document.getElementsByTagName("polyline").getLength())
                .as("two filters, two panels")
                .isEqualTo(4);
        assertThat(Files.readString(svg)).contains("inclination error, deg").doesNotContain("NaN");
    }

    @Test
    void the_benchmark_is_beaten_from_the_command_line_too() throws IOException {
        assumeTrue(Files.isDirectory(BROAD), "SKIPPED: no inertial recordings beside the project (shared/data/imu)");
        Analysed ran = run(BROAD, "--filter", "kalman", "--json");
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        double total = 0;
        for (JsonNode row : ran.json()) total += row.get("totalDeg").asDouble() / 6;
        assertThat(ran.json()).hasSize(6);
        assertThat(total).as("mean total error, VQF 2.86").isLessThan(1.6);
    }
}
