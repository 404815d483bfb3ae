package health.carryover.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.cloud.LocalCloud;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;

/** The clinic of the demonstration: four therapists, sixty made-up patients, eight weeks of sessions, all by the API. */
public final class DemoClinic {
    public static final int PATIENTS = 60;
    private static final int WEEKS = 8;
    private static final int BATCH = 25;
    private static final List<String> DAYS = List.of("MONDAY", "TUESDAY", "WEDNESDAY", "FRIDAY", "SATURDAY");
    private static final List<String> FIRST =
            List.of("Ada", "Ben", "Carla", "Dev", "Elif", "Femi", "Grace", "Hugo", "Ines", "Jonas", "Kim", "Lena");
    private static final List<String> LAST = List.of("Example", "Sample", "Fictus", "Imagined", "Madeup");
    private static final List<String> EXERCISES = List.of("squat", "knee_extension", "heel_slide");

    /** @param patients the first is the one whose story is told */
    public record Filled(
            Clinic clinic,
            List<Clinic.Person> therapists,
            Clinic.Person frontDesk,
            List<Clinic.Person> patients,
            int sessions,
            int stored) {}

    private final LocalCloud cloud;
    private final Random random;

    public DemoClinic(LocalCloud cloud, long seed) {
        this.cloud = cloud;
        random = new Random(seed);
    }

    /** @param progress is told how many of how many patients are enrolled */
    public Filled fill(Clinic clinic, BiConsumer<Integer, Integer> progress) {
        Instant now = cloud.clock().instant();
        ZoneId zone = ZoneId.of("America/New_York");
        LocalDate start = now.atZone(zone).toLocalDate().minusWeeks(WEEKS);
        List<Clinic.Person> therapists = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            Map<String, Object> covering =
                    i == 1 ? Map.of() : Map.of("covering", therapists.getFirst().id());
            therapists.add(clinic.addStaff(
                    "therapist" + i,
                    List.of("Noor Haddad", "Sam Rivers", "Mika Laine", "Tess Okafor")
                            .get(i - 1),
                    "THERAPIST",
                    covering));
        }
        Clinic.Person frontDesk = clinic.addStaff("frontdesk", "Robin Vale", "STAFF", Map.of());
        List<Clinic.Person> patients = new ArrayList<>();
        int sent = 0;
        int stored = 0;
        for (int i = 0; i < PATIENTS; i++) {
            Clinic.Person patient = clinic.enrol(frontDesk, therapists.get(i % 4), newPatient(i, zone, start));
            patients.add(patient);
            Habit habit = habit(i);
            List<Map<String, Object>> sessions =
                    habit.sessions(start, DAYS, zone, now, clinic::sessionId, random, EXERCISES);
            sent += sessions.size();
            stored += upload(patient, sessions, now);
            progress.accept(i + 1, PATIENTS);
        }
        cloud.waitUntilQuiet();
        return new Filled(clinic, therapists, frontDesk, patients, sent, stored);
    }

    private Clinic.NewPatient newPatient(int i, ZoneId zone, LocalDate start) {
        String name = i == 0 ? "Rosa Example" : FIRST.get(i % FIRST.size()) + " " + LAST.get(i / FIRST.size());
        return new Clinic.NewPatient(
                i == 0 ? "rosa" : "patient%02d".formatted(i),
                name,
                // 555-0100 to 555-0199 belong to nobody.
                "+1212555%04d".formatted(100 + i),
                zone.getId(),
                i % 9 == 4 ? "es" : "en",
                "KNEE_ARTHROPLASTY",
                start,
                DAYS,
                EXERCISES.stream()
                        .<Map<String, Object>>map(code -> Map.of("code", code, "sets", 3, "repetitions", 10))
                        .toList());
    }

    /** Of ten patients seven keep going, two are irregular and one fades; Rosa, the first, fades. */
    private Habit habit(int i) {
        if (i == 0) return new Habit(week -> week < 6 ? 0.95 : week == 6 ? 0.1 : 0, 18, 0.6, 3);
        return switch (i % 10) {
            case 3 -> Habit.fading(random);
            case 5, 8 -> Habit.irregular(random);
            default -> Habit.steady(random);
        };
    }

    private static int upload(Clinic.Person patient, List<Map<String, Object>> sessions, Instant now) {
        int stored = 0;
        for (int from = 0; from < sessions.size(); from += BATCH) {
            JsonNode results = patient.api()
                    .call(
                            "POST",
                            "/v1/sessions/batch",
                            Map.of("sessions", sessions.subList(from, Math.min(from + BATCH, sessions.size()))),
                            Map.of(
                                    "Carryover-Sent-At",
                                    now.truncatedTo(ChronoUnit.MILLIS).toString()))
                    .ok()
                    .path("results");
            for (JsonNode result : results) if (result.path("status").asInt() == 201) stored++;
        }
        return stored;
    }
}
