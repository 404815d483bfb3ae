package health.carryover.local;

import health.carryover.clinical.imu.ImuRecording;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a recording of one sensor as CSV, plain or gzip: a header that names the columns, then one sample a line.
 * Wanted: {@code t} (s), {@code ax ay az} (m/s^2), {@code gx gy gz} (rad/s). If they are there, all of a group:
 * {@code mx my mz} (microtesla; NaN or empty = not measured), {@code qw qx qy qz} (reference, sensor to east-north-up;
 * NaN or empty = not seen), {@code moving} (1 = counts in the error). Other columns are left aside.
 * Samples whose acceleration or rate is NaN or infinite are left out and counted.
 */
final class ImuCsv {
    private static final String[] SENSOR = {"ax", "ay", "az", "gx", "gy", "gz"};
    private static final String[] FIELD = {"mx", "my", "mz"};
    private static final String[] REFERENCE = {"qw", "qx", "qy", "qz"};
    private static final int MOST_PROBLEMS = 10;
    private static final int MOST_SAMPLES = 4_000_000;

    private ImuCsv() {}

    /**
     * @param reference 4 numbers a sample, NaN where not seen; empty without reference columns
     * @param counted samples that count in an error
     * @param leftOut samples that were not finite
     */
    record Trial(ImuRecording recording, Optional<double[]> reference, boolean[] counted, int leftOut) {}

    /** A file that cannot be used; each problem names file and line. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final ArrayList<String> problems;

        Refused(List<String> problems) {
            super(String.join("; ", problems));
            this.problems = new ArrayList<>(problems);
        }

        List<String> problems() {
            return List.copyOf(problems);
        }
    }

    /** Whether the first line is the header of such a file; false if it cannot be read. */
    static boolean isTrial(Path file) {
        try (BufferedReader lines = open(file)) {
            String header = lines.readLine();
            return header != null
                    && Arrays.asList(header.strip().split(",", -1)).containsAll(List.of("t", "ax", "gx"));
        } catch (IOException e) {
            return false;
        }
    }

    static Trial read(Path file) throws Refused {
        int line = 0;
        try (BufferedReader lines = open(file)) {
            line = 1;
            String header = lines.readLine();
            if (header == null) throw new Refused(List.of(file + ":1: is empty"));
            Rows rows = new Rows(file, header);
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                if (!text.isBlank()) rows.add(text, line);
            }
            return rows.finish();
        } catch (NoSuchFileException e) {
            throw new Refused(List.of(file + ": no such file"));
        } catch (EOFException e) {
            throw new Refused(List.of(file + ":" + line + ": is cut off"));
        } catch (ZipException e) {
            throw new Refused(List.of(file + ":" + line + ": is not gzip, or damaged"));
        } catch (CharacterCodingException e) {
            throw new Refused(List.of(file + ":" + line + ": is not text"));
        } catch (IOException e) {
            throw new Refused(List.of(file + ":" + line + ": cannot be read"));
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            InputStream text = file.getFileName().toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
            return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder()));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static final class Rows {
        private final Path file;
        private final Map<String, Integer> columns = new HashMap<>();
        private final int fields;
        private final boolean hasField;
        private final boolean hasReference;
        private final List<String> problems = new ArrayList<>();
        private double[] times = new double[4096];
        private double[] values = new double[9 * 4096];
        private double[] reference = new double[4 * 4096];
        private boolean[] counted = new boolean[4096];
        private int count;
        private int leftOut;

        Rows(Path file, String header) throws Refused {
            this.file = file;
            String[] names = header.replace("\uFEFF", "").strip().split(",", -1);
            fields = names.length;
            for (int i = 0; i < names.length; i++)
                if (columns.put(names[i].strip(), i) != null)
                    problems.add(file + ":1: column " + names[i].strip() + " twice");
            require("t");
            for (String name : SENSOR) require(name);
            hasField = group(FIELD);
            hasReference = group(REFERENCE);
            if (!problems.isEmpty()) throw new Refused(problems);
        }

        private void require(String name) {
            if (!columns.containsKey(name)) problems.add(file + ":1: column " + name + " is missing");
        }

        private boolean group(String[] names) {
            boolean any = Arrays.stream(names).anyMatch(columns::containsKey);
            if (any) for (String name : names) require(name);
            return any;
        }

        void add(String text, int line) throws Refused {
            String[] cells = text.split(",", -1);
            if (cells.length != fields) {
                problem(line, "has " + cells.length + " fields instead of " + fields);
                return;
            }
            int before = problems.size();
            double time = number(cells, "t", line, false);
            grow();
            int at = 9 * count;
            boolean finite = true;
            for (int i = 0; i < SENSOR.length; i++) {
                values[at + i] = number(cells, SENSOR[i], line, true);
                finite &= Math.abs(values[at + i]) < 1e4;
            }
            for (int i = 0; i < FIELD.length; i++) {
                double value = hasField ? number(cells, FIELD[i], line, true) : Double.NaN;
                values[at + 6 + i] = Math.abs(value) < 1e4 ? value : Double.NaN;
            }
            for (int i = 0; i < REFERENCE.length; i++)
                reference[4 * count + i] = hasReference ? number(cells, REFERENCE[i], line, true) : Double.NaN;
            boolean moving = !columns.containsKey("moving") || number(cells, "moving", line, false) == 1;
            if (problems.size() > before) return;
            if (!Double.isFinite(time)) {
                problem(line, "column t is not finite");
            } else if (!finite) {
                leftOut++;
            } else if (count > 0 && time <= times[count - 1]) {
                problem(line, "time does not rise");
            } else {
                times[count] = time;
                counted[count] = moving && hasReference && usable(4 * count);
                count++;
            }
        }

        private boolean usable(int at) {
            double squared = 0;
            for (int i = 0; i < 4; i++) squared += reference[at + i] * reference[at + i];
            return squared > 0.25 && squared < 4;
        }

        private void grow() throws Refused {
            if (count < times.length) return;
            if (count >= MOST_SAMPLES)
                throw new Refused(List.of(file + ": has more than " + MOST_SAMPLES + " samples"));
            times = Arrays.copyOf(times, 2 * count);
            values = Arrays.copyOf(values, 18 * count);
            reference = Arrays.copyOf(reference, 8 * count);
            counted = Arrays.copyOf(counted, 2 * count);
        }

        private double number(String[] cells, String name, int line, boolean mayBeEmpty) throws Refused {
            String cell = cells[columns.getOrDefault(name, 0)].strip();
            if (mayBeEmpty && cell.isEmpty()) return Double.NaN;
            try {
                return Double.parseDouble(cell);
            } catch (NumberFormatException e) {
                problem(line, "column " + name + " is not a number");
                return Double.NaN;
            }
        }

        private void problem(int line, String what) throws Refused {
            problems.add(file + ":" + line + ": " + what);
            if (problems.size() < MOST_PROBLEMS) return;
            problems.add(file + ": and perhaps more; stopped reading");
            throw new Refused(problems);
        }

        Trial finish() throws Refused {
            if (problems.isEmpty() && count < 2)
                problems.add(file + ": holds " + count + " usable samples, 2 are needed");
            if (!problems.isEmpty()) throw new Refused(problems);
            ImuRecording recording = ImuRecording.of(Arrays.copyOf(times, count), Arrays.copyOf(values, 9 * count));
            return new Trial(
                    recording,
                    hasReference ? Optional.of(Arrays.copyOf(reference, 4 * count)) : Optional.empty(),
                    Arrays.copyOf(counted, count),
                    leftOut);
        }
    }
}
