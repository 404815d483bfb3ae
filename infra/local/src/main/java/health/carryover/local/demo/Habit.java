package health.carryover.local.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How a made-up patient exercises: chance of keeping a prescribed session, week by week, and how steady the hour is.
 *
 * @param keeps week of the plan, 0 = the first, to the share of sessions kept
 * @param hour usual hour of the day
 * @param wanders standard deviation of the hour
 * @param pain usual rating before a session
 */
record Habit(Function<Integer, Double> keeps, int hour, double wanders, int pain) {
    static Habit steady(Random random) {
        double share = 0.8 + 0.2 * random.nextDouble();
        return new Habit(week -> share, 7 + random.nextInt(12), 0.7, 1 + random.nextInt(3));
    }

    static Habit irregular(Random random) {
        double share = 0.45 + 0.2 * random.nextDouble();
        return new Habit(week -> share, 9 + random.nextInt(8), 3, 2 + random.nextInt(3));
    }

    /** Keeps going for some weeks and then less and less. */
    static Habit fading(Random random) {
        int from = 4 + random.nextInt(3);
        return new Habit(week -> Math.max(0.05, 0.9 - 0.3 * Math.max(0, week - from)), 8 + random.nextInt(9), 1.5, 3);
    }

    /** The sessions from {@code start} until {@code now}, oldest first, as a phone would upload them. */
    List<Map<String, Object>> sessions(
            LocalDate start,
            List<String> days,
            ZoneId zone,
            Instant now,
            Function<Instant, String> ids,
            Random random,
            List<String> exercises) {
        List<Map<String, Object>> sessions = new ArrayList<>();
        for (LocalDate day = start; !day.isAfter(now.atZone(zone).toLocalDate()); day = day.plusDays(1)) {
            int week = (int) ChronoUnit.WEEKS.between(start, day);
            if (!days.contains(day.getDayOfWeek().name()) || random.nextDouble() >= keeps.apply(week)) continue;
            double at = Math.clamp(hour + wanders * random.nextGaussian(), 6, 21.5);
            Instant started = day.atTime(LocalTime.ofSecondOfDay((long) (at * 3600)))
                    .atZone(zone)
                    .toInstant();
            Instant ended = started.plus(14 + random.nextInt(12), ChronoUnit.MINUTES);
            if (ended.isAfter(now)) continue;
            sessions.add(session(ids.apply(started), started, ended, zone, exercises, random));
        }
        return sessions;
    }

    private Map<String, Object> session(
            String id, Instant started, Instant ended, ZoneId zone, List<String> exercises, Random random) {
        Map<String, Object> session = new TreeMap<>();
        session.put("sessionId", id);
        session.put("programVersion", 1);
        session.put("startedAt", started.toString());
        session.put("endedAt", ended.toString());
        session.put("zone", zone.getId());
        session.put("recordedBy", random.nextDouble() < 0.7 ? "CAMERA" : "MANUAL");
        session.put(
                "exercises",
                exercises.stream()
                        .map(code -> random.nextDouble() < 0.93
                                ? Map.of("code", code, "completion", "DONE", "repetitions", 20 + random.nextInt(11))
                                : Map.of("code", code, "completion", "SKIPPED"))
                        .toList());
        int before = Math.clamp(pain + random.nextInt(2), 0, 10);
        session.put("pain", Map.of("before", before, "after", Math.clamp(before + random.nextInt(2), 0, 10)));
        session.put("formScore", 65 + random.nextInt(30));
        return session;
    }
}
