package health.carryover.clinical.adherence;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The share of prescribed sessions that were done, as a therapist reads it before the visit.
 *
 * @param prescribed in the last {@code days} days, planned breaks removed
 * @param done by any means, at most as many as prescribed on each day plus catching up within the week
 * @param percent {@code 100 x min(done, prescribed) / prescribed}; absent when nothing was prescribed
 * @param lastSession day of the last session that counts
 */
public record Adherence(
        int days,
        int prescribed,
        int done,
        @Nullable Integer percent,
        @Nullable LocalDate lastSession) {

    /** @param sessions any order, any number of days; doubled ids count once */
    public static Adherence over(
            int days, LocalDate today, List<Session> sessions, List<Program> programs, List<PlannedBreak> breaks) {
        LocalDate from = today.minusDays(days - 1L);
        int prescribed = 0;
        for (LocalDate day = from; !day.isAfter(today); day = day.plusDays(1)) {
            LocalDate date = day;
            if (breaks.stream().noneMatch(pause -> pause.covers(date))) prescribed += prescribedOn(date, programs);
        }
        List<LocalDate> doneDays = sessions.stream()
                .filter(Session::counts)
                .collect(java.util.stream.Collectors.toMap(
                        Session::sessionId,
                        session -> session.endedAt().atZone(session.zone()).toLocalDate(),
                        (first, _) -> first))
                .values()
                .stream()
                .filter(day -> !day.isAfter(today))
                .sorted()
                .toList();
        int done = (int) doneDays.stream().filter(day -> !day.isBefore(from)).count();
        Integer percent =
                prescribed == 0 ? null : Math.toIntExact(Math.round(100.0 * Math.min(done, prescribed) / prescribed));
        return new Adherence(days, prescribed, done, percent, doneDays.isEmpty() ? null : doneDays.getLast());
    }

    /** Sessions that the program in force prescribes on a day. */
    public static int prescribedOn(LocalDate day, List<Program> programs) {
        Program inForce = null;
        for (Program program : programs)
            if (!program.validFrom().isAfter(day) && (inForce == null || program.version() > inForce.version()))
                inForce = program;
        return inForce == null ? 0 : inForce.sessionsOn(day);
    }
}
