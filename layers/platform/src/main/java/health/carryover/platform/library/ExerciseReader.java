package health.carryover.platform.library;

import health.carryover.clinical.exercise.Cue;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.exercise.Phrase;
import health.carryover.clinical.motion.Compensation;
import health.carryover.clinical.motion.StabilityCheck;
import health.carryover.platform.library.InvalidLibraryException.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one set of library files and joins them. */
final class ExerciseReader {
    static final String EXERCISES = "exercises.csv";
    static final String CHECKS = "exercise-checks.csv";
    static final String CUES = "cues.csv";
    static final List<String> CHECK_COLUMNS = List.of("exercise", "compensation", "limit", "on", "source");
    static final List<String> CUE_COLUMNS = List.of("scope", "cue", "english", "spanish");
    /** The scope of phrases for every exercise of the files. */
    static final String GENERAL = "*";

    /** Phrases of one scope. */
    record Phrases(Map<Cue, Phrase> cues, Map<Compensation, Phrase> corrections) {
        Phrases() {
            this(new EnumMap<>(Cue.class), new EnumMap<>(Compensation.class));
        }

        /** These, and others for what these do not say. */
        Phrases or(Phrases others) {
            var both = new Phrases();
            both.cues.putAll(others.cues);
            both.cues.putAll(cues);
            both.corrections.putAll(others.corrections);
            both.corrections.putAll(corrections);
            return both;
        }
    }

    private final Set<String> taken;
    private final Phrases inherited;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, ExerciseRow> rows = new LinkedHashMap<>();
    private final Map<String, List<StabilityCheck>> checks = new HashMap<>();
    private final Map<String, Phrases> phrases = new HashMap<>();

    /**
     * @param taken codes that the files must not use
     * @param inherited general phrases for what the files do not say
     */
    ExerciseReader(Set<String> taken, Phrases inherited) {
        this.taken = taken;
        this.inherited = inherited;
    }

    /**
     * The exercises, in the order of the file.
     * @throws InvalidLibraryException with all that is wrong
     */
    Map<String, Exercise> read(LibraryFiles files) {
        exercises(files.exercises());
        checks(files.checks());
        cues(files.cues());
        Map<String, Exercise> exercises = new LinkedHashMap<>();
        for (ExerciseRow row : rows.values()) join(row, exercises);
        CsvTable.refuse(problems);
        return exercises;
    }

    /** What is said for every exercise. */
    Phrases general() {
        return phrases.getOrDefault(GENERAL, new Phrases()).or(inherited);
    }

    private void exercises(String text) {
        List<CsvRow> table = CsvTable.read(EXERCISES, text, ExerciseRow.COLUMNS, problems);
        if (table.isEmpty() && problems.isEmpty()) problems.add(new Problem(EXERCISES, 0, "", "no exercises"));
        for (CsvRow each : table) {
            ExerciseRow row = new ExerciseRow(each);
            if (taken.contains(row.code())) each.wrong("code", "belongs to an exercise of the library already");
            if (rows.putIfAbsent(row.code(), row) != null) each.wrong("code", "stands there twice");
        }
    }

    private void checks(String text) {
        for (CsvRow row : CsvTable.read(CHECKS, text, CHECK_COLUMNS, problems)) {
            String code = row.text("exercise");
            ExerciseRow exercise = rows.get(code);
            if (exercise == null) row.wrong("exercise", unknown(code));
            else if (!exercise.isCounted() && exercise.row().isGood())
                row.wrong("exercise", "only where a camera counts repetitions is anything watched");
            Compensation compensation = row.one("compensation", Compensation.class);
            double limit = row.number("limit");
            boolean on = row.yes("on");
            if (!row.isGood()) continue;
            List<StabilityCheck> others = checks.computeIfAbsent(code, _ -> new ArrayList<>());
            if (others.stream().anyMatch(other -> other.compensation() == compensation))
                row.wrong("compensation", "stands there twice for this exercise");
            try {
                others.add(new StabilityCheck(compensation, limit, on, row.text("source")));
            } catch (IllegalArgumentException e) {
                row.wrong(e, "limit");
            }
        }
    }

    private void cues(String text) {
        for (CsvRow row : CsvTable.read(CUES, text, CUE_COLUMNS, problems)) {
            String scope = row.text("scope");
            ExerciseRow exercise = rows.get(scope);
            if (exercise == null && !scope.equals(GENERAL)) row.wrong("scope", unknown(scope));
            Phrases said = phrases.computeIfAbsent(scope, _ -> new Phrases());
            Phrase phrase;
            try {
                phrase = new Phrase(row.text("english"), row.text("spanish"));
            } catch (IllegalArgumentException e) {
                row.wrong(e, "english"); // its message begins with the column
                continue;
            }
            put(row, exercise, said, phrase);
        }
    }

    private static void put(CsvRow row, @Nullable ExerciseRow exercise, Phrases said, Phrase phrase) {
        String name = row.text("cue");
        boolean twice = false;
        boolean known = false;
        for (Cue cue : Cue.values()) {
            if (!cue.name().equals(name)) continue;
            known = true;
            twice = said.cues.put(cue, phrase) != null;
            if (exercise != null && exercise.row().isGood() && !exercise.cues().contains(cue))
                row.wrong("cue", "never said in this exercise");
        }
        for (Compensation compensation : Compensation.values()) {
            if (!compensation.name().equals(name)) continue;
            known = true;
            twice = said.corrections.put(compensation, phrase) != null;
        }
        if (twice) row.wrong("cue", "stands there twice for this scope");
        if (!known) row.wrong("cue", "neither a cue nor a compensation");
    }

    private void join(ExerciseRow row, Map<String, Exercise> exercises) {
        Phrases said = phrases.getOrDefault(row.code(), new Phrases()).or(general());
        List<StabilityCheck> watched = checks.getOrDefault(row.code(), List.of());
        Map<Cue, Phrase> cues = new EnumMap<>(Cue.class);
        Map<Compensation, Phrase> corrections = new EnumMap<>(Compensation.class);
        if (row.row().isGood()) { // otherwise it is not known what can be said
            for (Cue cue : row.cues()) {
                Phrase phrase = said.cues.get(cue);
                if (phrase == null) row.row().wrong("code", "no words for " + cue + " in " + CUES);
                else cues.put(cue, phrase);
            }
            for (StabilityCheck check : watched) {
                Phrase phrase = said.corrections.get(check.compensation());
                if (phrase == null) row.row().wrong("code", "no words for " + check.compensation() + " in " + CUES);
                else corrections.put(check.compensation(), phrase);
            }
        }
        row.exercise(watched, cues, corrections).ifPresent(exercise -> exercises.put(exercise.code(), exercise));
    }

    private String unknown(String code) {
        return taken.contains(code)
                ? "belongs to the library, which is not changed here"
                : "no such exercise in " + EXERCISES;
    }
}
