package health.carryover.platform.records;

import health.carryover.clinical.escalation.ContactHours;
import health.carryover.clinical.setup.Language;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A patient of a clinic.
 *
 * @param contactFrom first time of day for messages, in the patient's zone; this minute is included
 * @param contactTo end of the day for messages, not included
 * @param optedOut channels by which this person does not want to be reached
 * @param pushTarget address of the phone's push endpoint, absent until a phone registered
 * @param surgeryOn day of the operation that the plan follows; absent when there was none or nobody said
 */
public record Patient(
        String name,
        String phone,
        LocalDate birthDate,
        ZoneId zone,
        String language,
        String therapist,
        String diagnosis,
        LocalDate planStart,
        Status status,
        @Nullable LocalTime contactFrom,
        @Nullable LocalTime contactTo,
        Set<Channel> optedOut,
        @Nullable String pushTarget,
        Instant enrolledAt,
        @Nullable LocalDate surgeryOn) {
    public enum Status {
        ACTIVE,
        PAUSED,
        MAINTENANCE,
        DISCHARGED
    }

    public enum Channel {
        PUSH,
        TEXT,
        CALL
    }

    /** The language in which this person is spoken to. */
    public Language spoken() {
        return language.equals("es") ? Language.SPANISH : Language.ENGLISH;
    }

    public ContactHours contactHours() {
        return new ContactHours(
                contactFrom == null ? ContactHours.DEFAULT_FROM : contactFrom,
                contactTo == null ? ContactHours.DEFAULT_TO : contactTo,
                zone);
    }

    public Patient withStatus(Status newStatus) {
        return new Patient(
                name,
                phone,
                birthDate,
                zone,
                language,
                therapist,
                diagnosis,
                planStart,
                newStatus,
                contactFrom,
                contactTo,
                optedOut,
                pushTarget,
                enrolledAt,
                surgeryOn);
    }

    public Patient withPreferences(
            @Nullable LocalTime from, @Nullable LocalTime to, ZoneId newZone, Set<Channel> newOptedOut) {
        return new Patient(
                name,
                phone,
                birthDate,
                newZone,
                language,
                therapist,
                diagnosis,
                planStart,
                status,
                from,
                to,
                Set.copyOf(newOptedOut),
                pushTarget,
                enrolledAt,
                surgeryOn);
    }

    public Patient withPushTarget(String target) {
        return new Patient(
                name,
                phone,
                birthDate,
                zone,
                language,
                therapist,
                diagnosis,
                planStart,
                status,
                contactFrom,
                contactTo,
                optedOut,
                target,
                enrolledAt,
                surgeryOn);
    }
}
