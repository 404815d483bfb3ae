package health.carryover.platform.records;

import health.carryover.clinical.adherence.PlannedBreak;
import health.carryover.clinical.adherence.Program;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** What the night run needs of a patient, in one item: recent sessions without words, and the plan around them. */
public record History(
        ZoneId zone,
        LocalDate planStart,
        List<StoredSession> sessions,
        List<Program> programs,
        List<PlannedBreak> breaks,
        List<Appointment> appointments,
        List<Instant> encouragedAt,
        Instant rebuiltAt) {}
