package health.carryover.clinical.adherence;

import static java.util.stream.Collectors.joining;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The compliance score, 0-100, with what it is made of: {@code 100 x credited / prescribed} over whole calendar weeks,
 * Monday to Sunday, the running one up to today. Within a week a session may be done on another day; extra sessions of
 * one week do not stand in for another, since four sessions on one Sunday are not a month's exercise. How a session was
 * recorded and how good its form was play no part. A session uploaded late changes its own day and week only: weeks do
 * not move with the day on which one looks.
 * Example: 3, 2 and 5 sessions done in weeks of 3 prescribed give 100 x (3 + 2 + 3) / 9 = 89.
 *
 * @param weeks oldest first; at least one
 */
public record Compliance(List<Week> weeks) {
    /** Weeks that are usually looked at, the running one included; our own choice. */
    public static final int USUAL_WEEKS = 5;

    /**
     * One calendar week; the running one ends today.
     * @param days Monday first, 1 to 7
     */
    public record Week(List<ExerciseDay> days) {
        public Week {
            days = List.copyOf(days);
            if (days.isEmpty() || days.size() > 7) throw new IllegalArgumentException("days: a week has 1 to 7");
        }

        public LocalDate from() {
            return days.getFirst().date();
        }

        public int prescribed() {
            return days.stream().mapToInt(ExerciseDay::prescribed).sum();
        }

        public int done() {
            return days.stream().mapToInt(ExerciseDay::done).sum();
        }

        /** Sessions that the score counts: those done, at most the week's dose. */
        public int credited() {
            return Math.min(prescribed(), done());
        }

        /** Days of planned breaks. */
        public int breakDays() {
            return (int) days.stream().filter(ExerciseDay::inBreak).count();
        }
    }

    public Compliance {
        weeks = List.copyOf(weeks);
        if (weeks.isEmpty()) throw new IllegalArgumentException("weeks: at least one");
    }

    /**
     * The running week and those before it.
     * @param weeks how many, the running one included, 1 or more
     * @param today in the patient's zone; its sessions are asked for only once they are done, since the day is not over
     * @param sessions any order; doubled ids count once
     */
    public static Compliance over(
            int weeks, LocalDate today, List<Session> sessions, List<Program> programs, List<PlannedBreak> breaks) {
        if (weeks < 1) throw new IllegalArgumentException("weeks: at least one");
        LocalDate monday = monday(today);
        List<Week> each = new ArrayList<>();
        for (LocalDate from = monday.minusWeeks(weeks - 1L); !from.isAfter(monday); from = from.plusWeeks(1)) {
            LocalDate last = from.equals(monday) ? today : from.plusDays(6);
            List<ExerciseDay> days = new ArrayList<>(ExerciseDay.between(from, last, sessions, programs, breaks));
            if (last.equals(today)) days.add(unfinished(days.removeLast()));
            each.add(new Week(days));
        }
        return new Compliance(each);
    }

    private static ExerciseDay unfinished(ExerciseDay today) {
        return new ExerciseDay(today.date(), Math.min(today.prescribed(), today.done()), today.done(), today.inBreak());
    }

    /** The first day of the week that a day lies in. */
    public static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    /** 0-100, rounded half up; empty when nothing was prescribed. */
    public OptionalInt score() {
        int prescribed = prescribed();
        return prescribed == 0
                ? OptionalInt.empty()
                : OptionalInt.of(Math.toIntExact(Math.round(100.0 * credited() / prescribed)));
    }

    public int prescribed() {
        return weeks.stream().mapToInt(Week::prescribed).sum();
    }

    public int credited() {
        return weeks.stream().mapToInt(Week::credited).sum();
    }

    /**
     * The score and its parts for the therapist. Example: {@code 89 of 100: 8 of 9 prescribed sessions since 2026-01-05
     * (3/3 2/3 3/3 by week); 2 more done, 4 days of planned break left out}.
     */
    public String line() {
        LocalDate since = weeks.getFirst().from();
        OptionalInt score = score();
        if (score.isEmpty()) return "No score: nothing was prescribed since " + since + notes(", ");
        String parts = weeks.stream()
                .map(week -> week.credited() + "/" + week.prescribed())
                .collect(joining(" "));
        return score.getAsInt() + " of 100: " + credited() + " of " + prescribed() + " prescribed sessions since "
                + since + " (" + parts + " by week)" + notes("; ");
    }

    private String notes(String before) {
        List<String> notes = new ArrayList<>();
        int more = weeks.stream().mapToInt(Week::done).sum() - credited();
        int paused = weeks.stream().mapToInt(Week::breakDays).sum();
        if (more > 0) notes.add(more + " more done");
        if (paused > 0) notes.add(paused + (paused == 1 ? " day" : " days") + " of planned break left out");
        return notes.isEmpty() ? "" : before + String.join(", ", notes);
    }
}
