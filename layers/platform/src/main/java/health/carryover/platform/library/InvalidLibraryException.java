package health.carryover.platform.library;

import java.util.List;
import java.util.stream.Collectors;

/** Library files that make no sense, with all that is wrong with them. Its message names each, one a line. */
public final class InvalidLibraryException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    /**
     * @param row of the file, counted from 1 with the heading; 0: the file as a whole
     * @param column empty: the row as a whole
     * @param message what is wanted, never the value found
     */
    public record Problem(String file, int row, String column, String message) {
        @Override
        public String toString() {
            return file + (row == 0 ? "" : " row " + row) + (column.isEmpty() ? "" : " column " + column) + ": "
                    + message;
        }
    }

    InvalidLibraryException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** At least one. */
    public List<Problem> problems() {
        return problems;
    }
}
