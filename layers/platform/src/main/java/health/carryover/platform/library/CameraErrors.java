package health.carryover.platform.library;

import health.carryover.clinical.exercise.Exercise.Grade;
import health.carryover.clinical.exercise.MeasurementError;
import health.carryover.clinical.exercise.MeasurementErrors;
import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.View;
import health.carryover.platform.library.InvalidLibraryException.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** How far a camera errs, from {@code measurement-error.csv} beside this class. */
public final class CameraErrors {
    static final List<String> COLUMNS =
            List.of("joint", "view", "suitability", "progress_mdc_deg", "left_right_mdc_deg", "source");
    private static final String FILE = "measurement-error.csv";

    private CameraErrors() {}

    public static MeasurementErrors inForce() {
        return read(CsvTable.builtIn(FILE));
    }

    /**
     * @throws InvalidLibraryException naming row and column of all that is wrong
     */
    static MeasurementErrors read(String text) {
        List<Problem> problems = new ArrayList<>();
        List<MeasurementError> errors = new ArrayList<>();
        Set<List<Enum<?>>> seen = new HashSet<>();
        for (CsvRow row : CsvTable.read(FILE, text, COLUMNS, problems)) {
            Joint joint = row.one("joint", Joint.class);
            View view = row.one("view", View.class);
            Grade suitability = row.one("suitability", Grade.class);
            OptionalDouble progress = degrees(row, "progress_mdc_deg");
            OptionalDouble leftRight = degrees(row, "left_right_mdc_deg");
            if (!row.isGood()) continue;
            if (!seen.add(List.of(joint, view))) row.wrong("view", "stands there twice for this joint");
            else
                try {
                    errors.add(new MeasurementError(joint, view, suitability, progress, leftRight, row.text("source")));
                } catch (IllegalArgumentException e) { // its message begins with the column
                    row.wrong(e, "");
                }
        }
        CsvTable.refuse(problems);
        return new MeasurementErrors(errors);
    }

    private static OptionalDouble degrees(CsvRow row, String column) {
        return row.isEmpty(column) ? OptionalDouble.empty() : OptionalDouble.of(row.number(column));
    }
}
