package health.carryover.platform.library;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.exercise.Exercise.Posture;
import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Movement;
import health.carryover.clinical.motion.View;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The exercises that Carryover knows, from {@code exercises.csv} beside this class. */
public final class ExerciseLibrary {
    static final List<String> COLUMNS = List.of(
            "code",
            "name",
            "joint",
            "direction",
            "sides",
            "usual_range_deg",
            "shortest_s",
            "travels",
            "depth",
            "phases",
            "views",
            "landmarks",
            "posture",
            "source");
    private static final String FILE = "exercises.csv";

    private final Map<String, Exercise> byCode;

    private ExerciseLibrary(Map<String, Exercise> byCode) {
        this.byCode = Collections.unmodifiableMap(byCode);
    }

    /** The built-in library. */
    public static ExerciseLibrary builtIn() {
        try (InputStream file = ExerciseLibrary.class.getResourceAsStream(FILE)) {
            if (file == null) throw new IllegalStateException(FILE + " is not on the class path");
            return read(new InputStreamReader(file, StandardCharsets.UTF_8), FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }

    /**
     * Reads a library.
     * @param name of the file, for messages
     * @throws IllegalArgumentException naming file, row and column of the first thing that is wrong
     */
    public static ExerciseLibrary read(Reader csv, String name) {
        Map<String, Exercise> exercises = new LinkedHashMap<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(csv)) {
            for (NamedCsvRecord row : rows) {
                String place = name + " row " + row.getStartingLineNumber();
                if (!row.getHeader().equals(COLUMNS))
                    throw new IllegalArgumentException(name + ": the columns are not " + String.join(",", COLUMNS));
                Exercise exercise = exercise(row, place);
                if (exercises.put(exercise.code(), exercise) != null)
                    throw new IllegalArgumentException(place + " column code: stands there twice");
            }
        } catch (CsvParseException e) {
            throw new IllegalArgumentException(name + ": not a CSV file", e);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
        if (exercises.isEmpty()) throw new IllegalArgumentException(name + ": no exercises");
        return new ExerciseLibrary(exercises);
    }

    public Optional<Exercise> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** In the order of the file. */
    public Collection<Exercise> all() {
        return byCode.values();
    }

    public Set<String> codes() {
        return byCode.keySet();
    }

    private static Exercise exercise(NamedCsvRecord row, String place) {
        var joint = field(row, "joint", place, Joint::valueOf);
        var direction = field(row, "direction", place, Movement.Direction::valueOf);
        var sides = field(row, "sides", place, Movement.Sides::valueOf);
        double range = field(row, "usual_range_deg", place, Double::valueOf);
        Duration shortest = field(row, "shortest_s", place, ExerciseLibrary::seconds);
        boolean travels = field(row, "travels", place, ExerciseLibrary::yesOrNo);
        boolean depth = field(row, "depth", place, ExerciseLibrary::yesOrNo);
        Movement movement = field(
                row,
                "usual_range_deg",
                place,
                _ -> new Movement(joint, direction, sides, range, shortest, travels, depth));
        List<String> phases = field(row, "phases", place, ExerciseLibrary::words);
        List<View> views = field(
                row, "views", place, s -> words(s).stream().map(View::valueOf).toList());
        Set<Landmark> landmarks = field(row, "landmarks", place, ExerciseLibrary::bothSides);
        Posture posture = field(row, "posture", place, Posture::valueOf);
        try {
            return new Exercise(
                    row.getField("code"),
                    row.getField("name"),
                    movement,
                    phases,
                    views,
                    landmarks,
                    posture,
                    row.getField("source"));
        } catch (IllegalArgumentException e) { // its message begins with the column
            throw new IllegalArgumentException(place + " column " + e.getMessage(), e);
        }
    }

    private static <T> T field(NamedCsvRecord row, String column, String place, Function<String, T> parse) {
        if (row.getFieldCount() != COLUMNS.size())
            throw new IllegalArgumentException(
                    place + ": has " + row.getFieldCount() + " fields instead of " + COLUMNS.size());
        try {
            return parse.apply(row.getField(column));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + " column " + column + ": " + e.getMessage(), e);
        }
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : Arrays.asList(text.trim().split(" +"));
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
    }

    private static boolean yesOrNo(String text) {
        return switch (text) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new IllegalArgumentException("yes or no");
        };
    }

    /** HIP stands for the left and the right hip. */
    private static Set<Landmark> bothSides(String text) {
        Set<Landmark> landmarks = EnumSet.noneOf(Landmark.class);
        for (String word : words(text)) {
            landmarks.add(Landmark.valueOf("LEFT_" + word));
            landmarks.add(Landmark.valueOf("RIGHT_" + word));
        }
        return landmarks;
    }
}
