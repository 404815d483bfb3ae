package health.carryover.platform.library;

import health.carryover.clinical.exercise.Cue;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.exercise.Exercise.BodyRegion;
import health.carryover.clinical.exercise.Exercise.Fallback;
import health.carryover.clinical.exercise.Exercise.Grade;
import health.carryover.clinical.exercise.Gate;
import health.carryover.clinical.exercise.Phrase;
import health.carryover.clinical.motion.Compensation;
import health.carryover.clinical.motion.Hold;
import health.carryover.clinical.motion.Joint;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Measurement;
import health.carryover.clinical.motion.Movement;
import health.carryover.clinical.motion.Posture;
import health.carryover.clinical.motion.StabilityCheck;
import health.carryover.clinical.motion.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A row of {@code exercises.csv}, which becomes an exercise once its checks and phrases are known. */
final class ExerciseRow {
    static final List<String> COLUMNS = List.of(
            "code",
            "name",
            "region",
            "measurement",
            "joint",
            "direction",
            "sides",
            "usual_range_deg",
            "shortest_s",
            "travels",
            "depth",
            "leave",
            "back",
            "bands",
            "phases",
            "views",
            "landmarks",
            "posture",
            "camera",
            "sensor",
            "otherwise",
            "symmetry",
            "gate_week",
            "clearance",
            "ceiling",
            "gate_note",
            "source");
    private static final Measurement NOT_BY_CAMERA = new Measurement.NotByCamera();

    private final CsvRow row;
    private final Measurement measurement;
    private final List<View> views;
    private final Set<Landmark> landmarks;
    private final BodyRegion region;
    private final Posture posture;
    private final Grade camera;
    private final Grade sensor;
    private final Fallback otherwise;
    private final boolean symmetry;
    private final Gate gate;

    ExerciseRow(CsvRow row) {
        this.row = row;
        region = row.one("region", BodyRegion.class);
        posture = row.one("posture", Posture.class);
        measurement = measurement();
        views = row.several("views", View.class);
        landmarks = bothSides();
        camera = row.one("camera", Grade.class);
        sensor = row.one("sensor", Grade.class);
        otherwise = row.one("otherwise", Fallback.class);
        symmetry = row.yes("symmetry");
        gate = gate();
    }

    String code() {
        return row.text("code");
    }

    CsvRow row() {
        return row;
    }

    boolean isCounted() {
        return measurement instanceof Movement;
    }

    /** What the coach says at some time: of degrees only where a camera gives them, of holding only where it is held. */
    Set<Cue> cues() {
        if (isCounted()) return EnumSet.allOf(Cue.class);
        return otherwise == Fallback.HOLD_TIMER ? EnumSet.of(Cue.HOLD, Cue.GOOD) : EnumSet.of(Cue.GOOD);
    }

    /** Empty when something is wrong with it, which is then noted. */
    Optional<Exercise> exercise(
            List<StabilityCheck> checks, Map<Cue, Phrase> cues, Map<Compensation, Phrase> corrections) {
        if (!row.isGood()) return Optional.empty();
        try {
            return Optional.of(new Exercise(
                    code(),
                    row.text("name"),
                    region,
                    measurement,
                    row.words("phases"),
                    views,
                    landmarks,
                    posture,
                    camera,
                    sensor,
                    otherwise,
                    checks,
                    symmetry,
                    gate,
                    cues,
                    corrections,
                    row.text("source")));
        } catch (IllegalArgumentException e) { // its message begins with the column
            row.wrong(e, "");
            return Optional.empty();
        }
    }

    private Measurement measurement() {
        return switch (row.text("measurement")) {
            case "movement" -> movement();
            case "hold" -> hold();
            case "none" -> {
                noMovement("nothing is measured by camera");
                row.mustBeEmpty("nothing is measured by camera", "shortest_s", "bands");
                yield NOT_BY_CAMERA;
            }
            default -> {
                row.wrong("measurement", "movement, hold or none");
                yield NOT_BY_CAMERA;
            }
        };
    }

    private Measurement movement() {
        row.mustBeEmpty("repetitions are counted", "bands");
        Joint joint = row.one("joint", Joint.class);
        Movement.Direction direction = row.one("direction", Movement.Direction.class);
        Movement.Sides sides = row.one("sides", Movement.Sides.class);
        double range = row.number("usual_range_deg");
        Duration shortest = row.seconds("shortest_s");
        boolean travels = row.yes("travels");
        boolean depth = row.yes("depth");
        double leave = row.isEmpty("leave") ? Movement.USUAL_LEAVE : row.number("leave");
        double back = row.isEmpty("back") ? Movement.USUAL_BACK : row.number("back");
        try {
            return new Movement(joint, direction, sides, range, shortest, travels, depth, posture, leave, back);
        } catch (IllegalArgumentException e) {
            row.wrong(e, columnOf(e));
            return NOT_BY_CAMERA;
        }
    }

    /** Movement and Hold know no columns: their messages begin with what the column holds. */
    private static String columnOf(IllegalArgumentException refusal) {
        String message = String.valueOf(refusal.getMessage());
        if (message.startsWith("shortest")) return "shortest_s";
        if (message.startsWith("leave")) return "leave";
        if (message.startsWith("back")) return "back";
        return message.startsWith("usual range") ? "usual_range_deg" : "bands";
    }

    private Measurement hold() {
        noMovement("a position is held");
        List<Hold.Band> bands = new ArrayList<>();
        for (String part :
                row.isEmpty("bands") ? new String[0] : row.text("bands").split(";")) {
            String[] words = part.strip().split(" +");
            if (words.length != 3) {
                row.wrong("bands", "each is a joint and two numbers, with ; between them");
                continue;
            }
            Joint joint = row.constant("bands", words[0], Joint.class);
            try {
                bands.add(new Hold.Band(joint, row.number("bands", words[1]), row.number("bands", words[2])));
            } catch (IllegalArgumentException e) {
                row.wrong(e, "bands");
            }
        }
        Duration shortest = row.seconds("shortest_s");
        try {
            return new Hold(bands, shortest);
        } catch (IllegalArgumentException e) {
            row.wrong(e, columnOf(e));
            return NOT_BY_CAMERA;
        }
    }

    private void noMovement(String why) {
        row.mustBeEmpty(why, "joint", "direction", "sides", "usual_range_deg", "travels", "depth", "leave", "back");
    }

    private Gate gate() {
        OptionalInt week = OptionalInt.empty();
        if (!row.isEmpty("gate_week")) {
            double number = row.number("gate_week");
            if (number != Math.rint(number)) row.wrong("gate_week", "a whole number");
            week = OptionalInt.of((int) number);
        }
        boolean clearance = row.yes("clearance");
        boolean ceiling = row.yes("ceiling");
        try {
            return new Gate(week, clearance, ceiling, row.text("gate_note"));
        } catch (IllegalArgumentException e) {
            row.wrong(e, "gate_week");
            return new Gate(OptionalInt.empty(), clearance, ceiling, "");
        }
    }

    /** HIP stands for the left and the right hip. */
    private Set<Landmark> bothSides() {
        Set<Landmark> landmarks = EnumSet.noneOf(Landmark.class);
        for (String word : row.words("landmarks"))
            for (String side : List.of("LEFT_", "RIGHT_"))
                landmarks.add(row.constant("landmarks", side + word, Landmark.class));
        return landmarks;
    }
}
