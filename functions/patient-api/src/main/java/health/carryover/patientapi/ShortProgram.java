package health.carryover.patientapi;

import static java.util.stream.Collectors.toMap;

import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.engagement.Effort;
import health.carryover.clinical.engagement.HardDay;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.platform.http.Answer;
import health.carryover.platform.http.Refused;
import health.carryover.platform.http.Request;
import health.carryover.platform.library.Efforts;
import health.carryover.platform.library.ExerciseLibrary;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The program of a hard day: a few gentle exercises out of the program in force. A session of it counts as any other. */
final class ShortProgram {
    private static final String HARD_DAY = "hard-day";

    private static final Set<String> OPERATIONS =
            Set.of("KNEE_ARTHROPLASTY", "ACL_RECONSTRUCTION", "ROTATOR_CUFF_REPAIR");

    /**
     * @param version of the program it is taken from, to be named by the session
     * @param variant {@value #HARD_DAY}
     * @param exercises gentlest first; none when today is better a rest day
     */
    record Shortened(int version, String variant, List<Program.Exercise> exercises) {}

    private final Records records;
    private final Outreach outreach;
    private final ExerciseLibrary library = ExerciseLibrary.builtIn();
    private final Map<String, Effort> efforts = Efforts.inForce();

    ShortProgram(Records records, Outreach outreach) {
        this.records = records;
        this.outreach = outreach;
    }

    Answer answer(Request request) {
        if (!request.query("version").filter(HARD_DAY::equals).isPresent()) throw Refused.malformed("enum", "/version");
        PatientRef ref = request.caller().self();
        Patient patient = records.get(Key.patient(ref), Kind.PATIENT)
                .orElseThrow(Refused::notFound)
                .content();
        Program program = records.latest(Key.patientPk(ref), "PROGRAM#", Kind.PROGRAM)
                .orElseThrow(Refused::notFound)
                .content();
        LocalDate today = request.now().atZone(patient.zone()).toLocalDate();
        List<Program.Exercise> exercises =
                HardDay.of(program, known(program), efforts, today(patient, today, outreach.openSafetyEvent(ref)));
        return Answer.ok(new Shortened(program.version(), HARD_DAY, exercises)).withVersion(program.version());
    }

    private Map<String, Exercise> known(Program program) {
        return program.exercises().stream()
                .map(Program.Exercise::code)
                .distinct()
                .flatMap(code -> library.find(code).stream())
                .collect(toMap(Exercise::code, exercise -> exercise));
    }

    /**
     * The operation's date is not on record; the plan begins after it, so that counting from there opens an exercise
     * later rather than sooner. Nor are clearances: what needs one is left out.
     */
    private static HardDay.Today today(Patient patient, LocalDate today, boolean locked) {
        int weeks = OPERATIONS.contains(patient.diagnosis())
                ? (int) Math.max(0, ChronoUnit.WEEKS.between(patient.planStart(), today))
                : Integer.MAX_VALUE;
        return new HardDay.Today(weeks, Set.of(), Set.of(), locked);
    }
}
