package health.carryover.clinical.risk;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was prescribed and arranged for one episode of care: the dose over time, planned breaks, visits, and messages
 * sent to bring the patient back. Each part says since when it is known, so {@link #asOf} can leave out the rest.
 *
 * @param zone the patient's zone: decides which days a break covers and what time of day it is
 * @param doses in the order of their beginning; the first begins the plan; each holds until the next
 */
public record CarePlan(
        ZoneId zone, List<Dose> doses, List<PlannedBreak> breaks, List<Visit> visits, List<Outreach> outreach) {

    private static final double DAYS_PER_WEEK = 7;
    private static final double SECONDS_PER_DAY = 86_400;

    /**
     * A program version's dose.
     *
     * @param from the moment it came into force, included
     * @param sessionsPerWeek 0..28; 0 = nothing prescribed for now
     */
    public record Dose(Instant from, int sessionsPerWeek) {
        public Dose {
            if (sessionsPerWeek < 0 || sessionsPerWeek > 28)
                throw new IllegalArgumentException("sessions per week outside [0, 28]");
        }
    }

    /**
     * Days on which nothing is expected: holiday, illness announced beforehand.
     *
     * @param first first day, included, in the patient's zone
     * @param last last day, included
     * @param announcedAt when the break was entered
     */
    public record PlannedBreak(LocalDate first, LocalDate last, Instant announcedAt) {
        public PlannedBreak {
            if (last.isBefore(first)) throw new IllegalArgumentException("a break ends before it begins");
        }
    }

    /**
     * An appointment at the clinic or by video.
     *
     * @param bookedAt when it was made
     * @param at when it takes place
     * @param state what became of it
     * @param stateSince when that became known; before that moment the visit counts as booked
     */
    public record Visit(Instant bookedAt, Instant at, State state, Instant stateSince) {
        public enum State {
            BOOKED,
            ATTENDED,
            CANCELLED,
            MISSED
        }

        public static Visit booked(Instant bookedAt, Instant at) {
            return new Visit(bookedAt, at, State.BOOKED, bookedAt);
        }

        public Visit becomes(State newState, Instant since) {
            return new Visit(bookedAt, at, newState, since);
        }
    }

    /**
     * A message or call that asked the patient to come back.
     *
     * @param answeredAt when the patient answered by whatever means, null = not so far
     */
    public record Outreach(Instant sentAt, @Nullable Instant answeredAt) {}

    private record Span(Instant from, Instant to) {
        /** Seconds that both have in common. */
        long overlap(Instant otherFrom, Instant otherTo) {
            Instant start = from.isAfter(otherFrom) ? from : otherFrom;
            Instant end = to.isBefore(otherTo) ? to : otherTo;
            return end.isAfter(start) ? Duration.between(start, end).toSeconds() : 0;
        }
    }

    public CarePlan {
        if (doses.isEmpty()) throw new IllegalArgumentException("a plan begins with a dose");
        doses = List.copyOf(doses);
        for (int i = 1; i < doses.size(); i++)
            if (!doses.get(i).from().isAfter(doses.get(i - 1).from()))
                throw new IllegalArgumentException("doses are not in the order of their beginning");
        breaks = breaks.stream()
                .sorted(comparing(PlannedBreak::first).thenComparing(PlannedBreak::last))
                .toList();
        visits = visits.stream()
                .sorted(comparing(Visit::at).thenComparing(Visit::bookedAt))
                .toList();
        outreach = outreach.stream().sorted(comparing(Outreach::sentAt)).toList();
    }

    /** A plan of one dose without breaks, visits or messages. */
    public static CarePlan of(ZoneId zone, Instant start, int sessionsPerWeek) {
        return new CarePlan(zone, List.of(new Dose(start, sessionsPerWeek)), List.of(), List.of(), List.of());
    }

    /** When the program was first prescribed. */
    public Instant start() {
        return doses.getFirst().from();
    }

    /**
     * What was known at the cut-off (that moment included): later doses, breaks, visits and messages are gone, later
     * answers and states of visits are taken back. Empty when the plan had not begun.
     */
    public Optional<CarePlan> asOf(Instant cutOff) {
        if (start().isAfter(cutOff)) return Optional.empty();
        List<Visit> knownVisits = visits.stream()
                .filter(visit -> !visit.bookedAt().isAfter(cutOff))
                .map(visit -> visit.stateSince().isAfter(cutOff)
                        ? visit.becomes(Visit.State.BOOKED, visit.bookedAt())
                        : visit)
                .toList();
        List<Outreach> knownOutreach = outreach.stream()
                .filter(message -> !message.sentAt().isAfter(cutOff))
                .map(message ->
                        message.answeredAt() != null && message.answeredAt().isAfter(cutOff)
                                ? new Outreach(message.sentAt(), null)
                                : message)
                .toList();
        return Optional.of(new CarePlan(
                zone,
                doses.stream().filter(dose -> !dose.from().isAfter(cutOff)).toList(),
                breaks.stream()
                        .filter(pause -> !pause.announcedAt().isAfter(cutOff))
                        .toList(),
                knownVisits,
                knownOutreach));
    }

    /** The dose in force at a moment, sessions a week; 0 before the plan begins. */
    public int sessionsPerWeek(Instant at) {
        int inForce = 0;
        for (Dose dose : doses) if (!dose.from().isAfter(at)) inForce = dose.sessionsPerWeek();
        return inForce;
    }

    /**
     * Sessions prescribed between two moments, as a number with decimals: the dose in force, spread evenly over time,
     * planned breaks removed. Example: 7 a week over 14 days with a break of 4 days gives 10.0.
     */
    public double prescribed(Instant from, Instant to) {
        List<Span> pauses = pauses();
        double sessions = 0;
        for (int i = 0; i < doses.size(); i++) {
            Instant end = i + 1 < doses.size() ? doses.get(i + 1).from() : to;
            Instant segmentFrom =
                    doses.get(i).from().isAfter(from) ? doses.get(i).from() : from;
            Instant segmentTo = end.isBefore(to) ? end : to;
            sessions += doses.get(i).sessionsPerWeek()
                    * activeSeconds(segmentFrom, segmentTo, pauses)
                    / (SECONDS_PER_DAY * DAYS_PER_WEEK);
        }
        return sessions;
    }

    /** Days (with decimals) between two moments that lie in no planned break. */
    public double activeDays(Instant from, Instant to) {
        return activeSeconds(from, to, pauses()) / SECONDS_PER_DAY;
    }

    private static double activeSeconds(Instant from, Instant to, List<Span> pauses) {
        if (!to.isAfter(from)) return 0;
        long seconds = Duration.between(from, to).toSeconds();
        for (Span pause : pauses) seconds -= pause.overlap(from, to);
        return seconds;
    }

    /** The breaks as stretches of time that do not overlap. */
    private List<Span> pauses() {
        if (breaks.isEmpty()) return List.of();
        List<Span> merged = new ArrayList<>();
        for (PlannedBreak pause : breaks) {
            Instant from = pause.first().atStartOfDay(zone).toInstant();
            Instant to = pause.last().plusDays(1).atStartOfDay(zone).toInstant();
            if (!merged.isEmpty() && !from.isAfter(merged.getLast().to())) {
                Span last = merged.removeLast();
                merged.add(new Span(last.from(), to.isAfter(last.to()) ? to : last.to()));
            } else {
                merged.add(new Span(from, to));
            }
        }
        return merged;
    }
}
