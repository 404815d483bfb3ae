package health.carryover.clinical.exercise;

import health.carryover.clinical.motion.Compensation;
import health.carryover.clinical.motion.Movement;
import health.carryover.clinical.motion.Rep;
import health.carryover.clinical.motion.StabilityCheck;
import health.carryover.clinical.motion.View;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to say while a person exercises: the most important thing, at most one every few seconds, and no degrees
 * inside the measurement error. Only "stop there" does not wait. Works on the phone; not for use by two threads at once.
 */
public final class Coach {
    /** Between two things said. Own choice: a sentence takes two seconds, and as long to act upon. */
    static final long QUIET_MS = 4_000;
    /** "Stop there" comes so many degrees before the protocol's limit, for the time it takes to react. Own choice. */
    static final double AHEAD_DEG = 5;
    /** Below this share of the wanted times the tempo is mentioned. Own choice. */
    static final double TOO_FAST = 0.7;
    /** Praise after so many good repetitions in a row, not after each. Own choice. */
    static final int PRAISE_EVERY = 3;

    /**
     * @param what name of the cue or compensation
     * @param degrees still missing, rounded to 5; only where that is more than the camera errs
     */
    public record Said(String what, Phrase phrase, OptionalDouble degrees) {}

    private final Exercise exercise;
    private final Dose dose;
    private final double errorDeg;
    private final boolean grows;
    private long lastSaidMs = Long.MIN_VALUE / 2;
    private boolean warned; // of the limit, and not gone back since
    private boolean ended; // a repetition since the warning
    private int good;

    /** @param errorDeg minimal detectable change of the primary angle from the views wanted, degrees */
    public Coach(Exercise exercise, Dose dose, double errorDeg) {
        this.exercise = exercise;
        this.dose = dose;
        this.errorDeg = errorDeg;
        grows = exercise.movement()
                .map(movement -> movement.direction() == Movement.Direction.GROWS)
                .orElse(true);
    }

    /**
     * While moving: "stop there" at the protocol's limit, whatever was said just before. Who wobbles there hears it once;
     * who goes back by more than the measurement error, or ends the repetition, and comes again hears it again.
     * @param degrees the primary angle now; NaN while nobody is seen
     */
    public Optional<Said> moving(long timeMs, double degrees) {
        if (dose.limitDeg().isEmpty() || Double.isNaN(degrees)) return Optional.empty();
        double left = grows
                ? dose.limitDeg().getAsDouble() - degrees
                : degrees - dose.limitDeg().getAsDouble();
        if (left > AHEAD_DEG) {
            if (ended || left > AHEAD_DEG + errorDeg) warned = false;
            return Optional.empty();
        }
        if (warned) return Optional.empty();
        warned = true;
        ended = false;
        return say(Cue.STOP_THERE, OptionalDouble.empty(), timeMs);
    }

    /** After a repetition. One that was not wholly seen is neither criticised nor praised. */
    public Optional<Said> after(Rep rep, View view, long timeMs) {
        ended = true;
        if (rep.cut() || rep.kind() == Rep.Kind.NOT_SEEN) return Optional.empty();
        Optional<StabilityCheck> strayed = exercise.checks().stream()
                .filter(check -> check.on() && check.compensation().views().contains(view) && check.isExceededBy(rep))
                .max(Comparator.comparingDouble(check -> check.shareIn(rep)));
        Optional<Cue> cue = strayed.isPresent() ? Optional.empty() : cue(rep, view);
        good = strayed.isEmpty() && cue.isEmpty() ? good + 1 : 0;
        if (timeMs - lastSaidMs < QUIET_MS) return Optional.empty();
        if (strayed.isPresent()) {
            Compensation compensation = strayed.get().compensation();
            return say(compensation.name(), exercise.corrections().get(compensation), OptionalDouble.empty(), timeMs);
        }
        if (cue.isPresent()) {
            boolean further = cue.get() == Cue.FURTHER;
            OptionalDouble missing =
                    further ? OptionalDouble.of(5 * Math.round(missing(rep) / 5)) : OptionalDouble.empty();
            return say(cue.get(), missing, timeMs);
        }
        if (good == 0 || good % PRAISE_EVERY != 0) return Optional.empty();
        return say(Cue.GOOD, OptionalDouble.empty(), timeMs);
    }

    private Optional<Cue> cue(Rep rep, View view) {
        if (dose.mayGoFurther() && dose.goal().prescribedDeg().isPresent() && rep.kind() == Rep.Kind.PARTIAL)
            return Optional.of(
                    missing(rep) > errorDeg && exercise.views().contains(view) ? Cue.FURTHER : Cue.A_LITTLE_FURTHER);
        TempoGoal tempo = dose.tempo();
        if (!tempo.hold().isZero()
                && rep.tempo().hold().toMillis() < TOO_FAST * tempo.hold().toMillis()) return Optional.of(Cue.HOLD);
        return tempo.share(rep.tempo()) < TOO_FAST ? Optional.of(Cue.SLOWER) : Optional.empty();
    }

    private double missing(Rep rep) {
        return dose.goal().prescribedDeg().orElse(0) - rep.excursionDeg();
    }

    private Optional<Said> say(Cue cue, OptionalDouble degrees, long timeMs) {
        return say(cue.name(), exercise.cues().get(cue), degrees, timeMs);
    }

    /** What there are no words for is not said and starts no quiet. */
    private Optional<Said> say(String what, @Nullable Phrase phrase, OptionalDouble degrees, long timeMs) {
        if (phrase == null) return Optional.empty();
        lastSaidMs = timeMs;
        return Optional.of(new Said(what, phrase, degrees));
    }
}
