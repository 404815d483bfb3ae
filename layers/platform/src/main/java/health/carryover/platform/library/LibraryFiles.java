package health.carryover.platform.library;

/**
 * The text of the three CSV files that a set of exercises is written in; README.md beside the built-in ones describes
 * them.
 * @param exercises what moves, how far and how to look at it
 * @param checks what should stay still; may be empty
 * @param cues what the coach says; may be empty if the library added to says it all
 */
public record LibraryFiles(String exercises, String checks, String cues) {
    static LibraryFiles builtIn() {
        return new LibraryFiles(
                CsvTable.builtIn(ExerciseReader.EXERCISES),
                CsvTable.builtIn(ExerciseReader.CHECKS),
                CsvTable.builtIn(ExerciseReader.CUES));
    }
}
