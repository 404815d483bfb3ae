package health.carryover.platform.library;

import health.carryover.clinical.engagement.Effort;
import health.carryover.platform.library.InvalidLibraryException.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each exercise asks of a tired person, from {@code exercise-effort.csv} beside this class. */
public final class Efforts {
    static final String FILE = "exercise-effort.csv";
    static final List<String> COLUMNS = List.of("exercise", "kind", "load", "source");

    private Efforts() {}

    /** By code, of the built-in library. */
    public static Map<String, Effort> inForce() {
        return read(CsvTable.builtIn(FILE), ExerciseLibrary.builtIn().codes());
    }

    /**
     * By code.
     * @param known codes of the library
     * @throws InvalidLibraryException naming row and column of all that is wrong
     */
    static Map<String, Effort> read(String text, Set<String> known) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Effort> efforts = new LinkedHashMap<>();
        for (CsvRow row : CsvTable.read(FILE, text, COLUMNS, problems)) {
            String code = row.text("exercise");
            if (!known.contains(code)) row.wrong("exercise", "no such exercise in the library");
            Effort.Kind kind = row.one("kind", Effort.Kind.class);
            double load = row.number("load");
            if (load != Math.rint(load)) row.wrong("load", "not a whole number");
            if (row.isEmpty("source")) row.wrong("source", "missing");
            if (!row.isGood()) continue;
            try {
                if (efforts.put(code, new Effort(code, kind, (int) load)) != null)
                    row.wrong("exercise", "stands there twice");
            } catch (IllegalArgumentException e) { // its message begins with the column
                row.wrong(e, "load");
            }
        }
        CsvTable.refuse(problems);
        return Map.copyOf(efforts);
    }
}
