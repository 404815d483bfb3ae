package health.carryover.clinical.engagement;

import health.carryover.clinical.adherence.PlannedBreak;
import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.adherence.Session;
import health.carryover.clinical.adherence.Session.Completion;
import health.carryover.clinical.adherence.Session.ExerciseDone;
import health.carryover.clinical.adherence.Session.RecordedBy;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Programs, sessions and breaks of somebody in New York. */
final class Exercising {
    static final ZoneId ZONE = ZoneId.of("America/New_York");

    private Exercising() {}

    static Program program(String from, List<Program.Exercise> exercises, DayOfWeek... days) {
        return new Program(1, LocalDate.parse(from), Set.of(days), 1, exercises, false, "t", Instant.EPOCH, null);
    }

    static Session session(String id, LocalDate day, String... done) {
        Instant end = day.atTime(LocalTime.of(18, 0)).atZone(ZONE).toInstant();
        List<ExerciseDone> exercises = Arrays.stream(done)
                .map(code -> new ExerciseDone(code, Completion.DONE, 10, null, null, null, null))
                .toList();
        return new Session(
                id,
                1,
                end.minus(Duration.ofMinutes(10)),
                end,
                ZONE,
                RecordedBy.MANUAL,
                exercises,
                null,
                null,
                null,
                null,
                null);
    }

    static Session on(LocalDate day) {
        return session("on " + day, day, "squat");
    }

    static PlannedBreak away(String from, String to) {
        return new PlannedBreak(LocalDate.parse(from), LocalDate.parse(to), PlannedBreak.Reason.TRAVEL);
    }
}
