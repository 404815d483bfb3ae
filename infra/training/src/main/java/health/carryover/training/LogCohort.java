package health.carryover.training;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import health.carryover.clinical.risk.CarePlan;
import health.carryover.clinical.risk.DailyHistory;
import health.carryover.clinical.risk.Feature;
import health.carryover.clinical.risk.RiskFeatures;
import health.carryover.clinical.risk.SessionFact;
import health.carryover.clinical.risk.SessionFact.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Activity logs in the neutral layout ({@code sessions.csv}, {@code persons.csv}, {@code landmarks.csv}), turned into
 * the features that exist there. Nobody prescribed anything to these people, so a person's own habit stands for the
 * dose: session days a week over the last twelve weeks, rounded, 1 to 7. A session day is one session.
 */
public final class LogCohort {
    /** No session in the 14 days after the landmark. */
    public static final String LABEL = "y14";

    private static final int HABIT_DAYS = 84;
    private static final long DAY_SECONDS = 86_400;
    private static final double NOON = 12;

    /** What the logs say nothing of, whatever the set. */
    private static final Set<Feature> NEVER_RECORDED = EnumSet.of(
            Feature.SKIPPED_REPEATEDLY,
            Feature.FLARE_SHARE,
            Feature.FORM_RECENT,
            Feature.FORM_CHANGE,
            Feature.MANUAL_SHARE,
            Feature.DAYS_TO_VISIT);

    /** Optional columns of {@code persons.csv}; of a team all stand in one fold. Never an input of a model. */
    static final List<String> TRAITS =
            List.of("team", "age_band", "sex", "language", "payer", "diagnosis", "phone", "recording");

    private static final String[] UNLABELLED = {"dataset", "person_id", "day"};
    private static final String[] LABELLED = {"dataset", "person_id", "day", LABEL};
    /** The years 1970 to 2500. */
    private static final long LAST_DAY = 193_600;

    private LogCohort() {}

    private static final Comparator<SessionDay> BEGAN_FIRST = Comparator.comparing(
                    SessionDay::hour, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(SessionDay::completed, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(SessionDay::pain, Comparator.nullsLast(Comparator.reverseOrder()));

    /** A session day of a person; times and values empty where the set does not record them. */
    private record SessionDay(
            long day,
            @Nullable Double hour,
            @Nullable Double completed,
            @Nullable Double pain) {}

    /**
     * One example per row of {@code landmarks.csv}, in its order.
     *
     * @throws IllegalArgumentException naming file and line, when a file is not what it should be, or no person or several
     *     of them cannot be learned from
     */
    public static List<Example> read(Path folder) throws IOException {
        return read(folder, true);
    }

    /** The same where nobody knows yet what came of it: the column {@code y14} may be missing or empty, and is not read. */
    public static List<Example> unlabelled(Path folder) throws IOException {
        return read(folder, false);
    }

    private static List<Example> read(Path folder, boolean labelled) throws IOException {
        Map<String, TreeMap<Long, SessionDay>> sessions = sessions(folder.resolve("sessions.csv"));
        Map<String, Map<String, String>> persons = persons(folder.resolve("persons.csv"));
        Path file = folder.resolve("landmarks.csv");
        List<Example> examples = new ArrayList<>();
        Map<String, List<SessionFact>> facts = new HashMap<>();
        for (NamedCsvRecord row : rows(file, labelled ? LABELLED : UNLABELLED)) {
            String key = key(row);
            TreeMap<Long, SessionDay> days = sessions.get(key);
            Map<String, String> traits = persons.get(key);
            if (days == null || traits == null)
                throw new IllegalArgumentException(
                        place(file, row) + "a person without a row in sessions.csv or persons.csv");
            long day = whole(file, row, "day");
            if (days.headMap(day, true).isEmpty())
                throw new IllegalArgumentException(place(file, row) + "no session up to the landmark");
            List<SessionFact> all = facts.computeIfAbsent(
                    key, _ -> days.values().stream().map(LogCohort::fact).toList());
            examples.add(example(row, days, all, day, labelled && label(file, row), traits));
        }
        if (examples.isEmpty()) throw new IllegalArgumentException(file + " has no rows");
        return examples;
    }

    private static boolean label(Path file, NamedCsvRecord row) {
        return switch (row.getField(LABEL)) {
            case "0" -> false;
            case "1" -> true;
            default -> throw new IllegalArgumentException(place(file, row) + LABEL + " is neither 0 nor 1");
        };
    }

    private static Example example(
            NamedCsvRecord row,
            TreeMap<Long, SessionDay> days,
            List<SessionFact> allFacts,
            long day,
            boolean lapsed,
            Map<String, String> traits) {
        // The landmark is the end of its day: a second before the next begins.
        Instant cutOff = Instant.ofEpochSecond((day + 1) * DAY_SECONDS - 1);
        long first = days.firstKey();
        double weeks = Math.min(HABIT_DAYS, day - first + 1) / 7.0;
        int habit = (int) Math.clamp(
                Math.round(days.subMap(day - HABIT_DAYS + 1, true, day, true).size() / Math.max(1, weeks)), 1, 7);
        CarePlan plan = CarePlan.of(ZoneOffset.UTC, Instant.ofEpochSecond(first * DAY_SECONDS), habit);
        List<SessionDay> known = List.copyOf(days.headMap(day, true).values());
        List<SessionFact> facts = allFacts.subList(0, known.size());
        RiskFeatures all = RiskFeatures.of(plan, facts, cutOff);
        EnumMap<Feature, Double> values = new EnumMap<>(all.values());
        values.keySet().removeAll(NEVER_RECORDED);
        if (known.stream().anyMatch(s -> s.hour() == null)) {
            values.remove(Feature.TIME_OF_DAY_CONSISTENCY);
            values.remove(Feature.TIME_OF_DAY_LOSS);
        }
        if (known.stream().allMatch(s -> s.completed() == null)) {
            values.remove(Feature.COMPLETION_RECENT);
            values.remove(Feature.COMPLETION_CHANGE);
        }
        return new Example(
                row.getField("dataset"),
                row.getField("person_id"),
                day,
                RiskFeatures.of(values),
                DailyHistory.of(plan, facts, cutOff),
                lapsed,
                days.subMap(day - 27, true, day, true).size(),
                traits);
    }

    private static SessionFact fact(SessionDay session) {
        double hour = session.hour() == null ? NOON : session.hour();
        Instant at = Instant.ofEpochSecond(session.day() * DAY_SECONDS + Math.round(Math.min(hour, 23.99) * 3600));
        return new SessionFact(
                Long.toString(session.day()),
                at,
                at,
                session.completed() == null ? 1 : Math.max(session.completed(), 0.01),
                session.pain() == null ? null : Math.toIntExact(Math.round(session.pain())),
                null,
                null,
                Set.of(),
                Recording.SENSOR);
    }

    private static Map<String, TreeMap<Long, SessionDay>> sessions(Path file) throws IOException {
        Map<String, TreeMap<Long, SessionDay>> byPerson = new HashMap<>();
        for (NamedCsvRecord row :
                rows(file, "dataset", "person_id", "day", "time_of_day_h", "completed_fraction", "pain_0_10")) {
            SessionDay session = new SessionDay(
                    whole(file, row, "day"),
                    number(file, row, "time_of_day_h", 0, 24),
                    number(file, row, "completed_fraction", 0, 1),
                    number(file, row, "pain_0_10", 0, 10));
            byPerson.computeIfAbsent(key(row), _ -> new TreeMap<>()).merge(session.day(), session, LogCohort::earlier);
        }
        return byPerson;
    }

    /** Of two sessions of a day the one that began first; without times the fuller one, so that their order is nothing. */
    private static SessionDay earlier(SessionDay one, SessionDay other) {
        return BEGAN_FIRST.compare(one, other) <= 0 ? one : other;
    }

    /** What is known of each person, for reporting by subgroup; columns that a file does not have are left out. */
    private static Map<String, Map<String, String>> persons(Path file) throws IOException {
        Map<String, Map<String, String>> persons = new HashMap<>();
        for (NamedCsvRecord row : rows(file, "dataset", "person_id")) {
            Map<String, String> traits = new TreeMap<>();
            for (String trait : TRAITS)
                row.findField(trait).filter(value -> !value.isBlank()).ifPresent(value -> traits.put(trait, value));
            persons.put(key(row), traits);
        }
        return persons;
    }

    private static String key(NamedCsvRecord row) {
        return row.getField("dataset") + "/" + row.getField("person_id");
    }

    private static List<NamedCsvRecord> rows(Path file, String... columns) throws IOException {
        if (!Files.isRegularFile(file)) throw new IllegalArgumentException(file + " does not exist");
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(file)) {
            List<NamedCsvRecord> rows = reader.stream().toList();
            if (!rows.isEmpty())
                for (String column : columns)
                    if (rows.getFirst().findField(column).isEmpty())
                        throw new IllegalArgumentException(file + " has no column " + column);
            return rows;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            throw new IllegalArgumentException(file + " is not such a CSV file: " + e.getMessage(), e);
        }
    }

    private static String place(Path file, NamedCsvRecord row) {
        return file + " line " + row.getStartingLineNumber() + ": ";
    }

    private static long whole(Path file, NamedCsvRecord row, String column) {
        try {
            long day = Long.parseLong(row.getField(column));
            if (day >= 0 && day <= LAST_DAY) return day;
            throw new IllegalArgumentException(place(file, row) + column + " is outside [0, " + LAST_DAY + "]");
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(place(file, row) + column + " is not a whole number", e);
        }
    }

    private static @Nullable Double number(Path file, NamedCsvRecord row, String column, double min, double max) {
        String text = row.getField(column);
        if (text.isEmpty()) return null;
        try {
            double value = Double.parseDouble(text);
            if (value >= min && value <= max) return value;
            throw new IllegalArgumentException(place(file, row) + column + " is outside [" + min + ", " + max + "]");
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(place(file, row) + column + " is not a number", e);
        }
    }
}
