package health.carryover.clinical.imu;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Six cut trials of the BROAD benchmark (CC BY 4.0) with optical reference; not part of every checkout. */
final class BroadTrials {
    private static final Path FOLDER = Path.of("../../../shared/data/imu");

    private BroadTrials() {}

    record Trial(String name, double[] timesS, double[] values, double[] reference, boolean[] moving) {
        ImuRecording recording() {
            return ImuRecording.of(timesS, values);
        }

        OrientationError error(double[] estimate) {
            return OrientationError.between(estimate, reference, moving).orElseThrow();
        }

        Trial withValues(double[] changed) {
            return new Trial(name, timesS, changed, reference, moving);
        }

        /** Every n-th sample of those from a time on. */
        Trial part(double fromS, int every) {
            List<Integer> kept = new ArrayList<>();
            for (int i = 0; i < timesS.length; i += every) if (timesS[i] >= fromS) kept.add(i);
            double[] times = new double[kept.size()];
            double[] some = new double[9 * kept.size()];
            double[] truth = new double[4 * kept.size()];
            boolean[] counted = new boolean[kept.size()];
            for (int k = 0; k < kept.size(); k++) {
                int i = kept.get(k);
                times[k] = timesS[i];
                System.arraycopy(values, 9 * i, some, 9 * k, 9);
                System.arraycopy(reference, 4 * i, truth, 4 * k, 4);
                counted[k] = moving[i];
            }
            return new Trial(name, times, some, truth, counted);
        }
    }

    /** One published error, see reference_errors.csv. */
    record Known(String trial, String method, String parameters, boolean biasRemoved, double[] totalHeadingTilt) {}

    static List<Trial> all() {
        assumeTrue(Files.isDirectory(FOLDER), "SKIPPED: no inertial recordings beside the project (shared/data/imu)");
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Trial> trials = new ArrayList<>();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".csv.gz")).sorted().toList()) trials.add(read(file));
            return trials;
        } catch (IOException e) {
            throw new AssertionError("cannot read " + FOLDER, e);
        }
    }

    static List<Known> known() {
        assumeTrue(Files.isDirectory(FOLDER), "SKIPPED: no inertial recordings beside the project (shared/data/imu)");
        try (Stream<String> lines = Files.lines(FOLDER.resolve("reference_errors.csv"))) {
            return lines.skip(1)
                    .map(line -> line.split(",", -1))
                    .filter(f -> !f[5].isEmpty())
                    .map(f -> new Known(f[0], f[1], f[3], f[4].equals("1"), new double[] {
                        Double.parseDouble(f[5]), Double.parseDouble(f[6]), Double.parseDouble(f[7])
                    }))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("cannot read the published errors", e);
        }
    }

    private static Trial read(Path file) throws IOException {
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            lines.readLine();
            List<String[]> rows = lines.lines().map(line -> line.split(",", -1)).toList();
            double[] times = new double[rows.size()];
            double[] values = new double[9 * rows.size()];
            double[] reference = new double[4 * rows.size()];
            boolean[] moving = new boolean[rows.size()];
            for (int i = 0; i < rows.size(); i++) {
                String[] row = rows.get(i);
                times[i] = Double.parseDouble(row[0]);
                for (int c = 0; c < 9; c++) values[9 * i + c] = Double.parseDouble(row[1 + c]);
                for (int c = 0; c < 4; c++) reference[4 * i + c] = Double.parseDouble(row[10 + c]);
                moving[i] = row[14].equals("1");
            }
            return new Trial(file.getFileName().toString().replace(".csv.gz", ""), times, values, reference, moving);
        }
    }
}
