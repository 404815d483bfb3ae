package health.carryover.clinical.adherence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One home-exercise session as the patient's phone, a sensor, a form or the clinic recorded it.
 *
 * @param sessionId UUIDv7, given by the phone before it is online
 * @param programVersion the version of the program that was followed, 1 or more
 * @param endedAt after {@code startedAt}, at most {@link #LONGEST} later
 * @param zone the patient's time zone during the session: decides which day it counts for
 * @param formScore 0-100, absent when nothing measured it
 * @param notes the patient's own words
 * @param recordings upload ids of landmark or sensor streams
 */
public record Session(
        String sessionId,
        int programVersion,
        Instant startedAt,
        Instant endedAt,
        ZoneId zone,
        RecordedBy recordedBy,
        List<ExerciseDone> exercises,
        @Nullable Pain pain,
        @Nullable Integer formScore,
        @Nullable String notes,
        @Nullable Device device,
        @Nullable List<String> recordings) {
    /** Our own bound: a phone left running is not a session. */
    public static final Duration LONGEST = Duration.ofHours(6);

    /** How a session came to be known; each counts the same. */
    public enum RecordedBy {
        CAMERA,
        SENSOR,
        MANUAL,
        CLINIC,
        PAPER;

        /** True when the body was tracked, which needs the patient's consent. */
        public boolean tracksBody() {
            return this == CAMERA || this == SENSOR;
        }
    }

    /** One exercise of a session; repetitions count whole repetitions over all sets. */
    public record ExerciseDone(
            String code,
            Completion completion,
            @Nullable Integer repetitions,
            @Nullable Integer partialRepetitions,
            @Nullable Integer seconds,
            @Nullable Double peakAngleDegrees,
            @Nullable Integer formScore) {}

    public enum Completion {
        DONE,
        PARTLY,
        SKIPPED
    }

    /**
     * Numeric rating 0-10, each absent when not asked.
     * @param suddenOnset whether the pain after it came suddenly; absent when not asked
     */
    public record Pain(
            @Nullable Integer before,
            @Nullable Integer after,
            @Nullable Integer nextMorning,
            @Nullable Boolean suddenOnset) {
        public Pain(@Nullable Integer before, @Nullable Integer after, @Nullable Integer nextMorning) {
            this(before, after, nextMorning, null);
        }
    }

    /** The phone and the algorithm that measured. */
    public record Device(
            String model, String appVersion, @Nullable String algorithmVersion) {}

    public Session {
        exercises = List.copyOf(exercises);
        recordings = recordings == null ? List.of() : List.copyOf(recordings);
    }

    /** Share of the session's exercises that were done, partly counting half; 0..1. */
    public double completedFraction() {
        double done = exercises.stream()
                .mapToDouble(exercise -> switch (exercise.completion()) {
                    case DONE -> 1;
                    case PARTLY -> 0.5;
                    case SKIPPED -> 0;
                })
                .sum();
        return done / exercises.size();
    }

    /** True unless every exercise was skipped: such a record tells about barriers but is no session done. */
    public boolean counts() {
        return exercises.stream().anyMatch(exercise -> exercise.completion() != Completion.SKIPPED);
    }

    /** The same session with its times moved by the error of the phone's clock. */
    public Session shifted(Duration correction) {
        return new Session(
                sessionId,
                programVersion,
                startedAt.plus(correction),
                endedAt.plus(correction),
                zone,
                recordedBy,
                exercises,
                pain,
                formScore,
                notes,
                device,
                recordings);
    }
}
