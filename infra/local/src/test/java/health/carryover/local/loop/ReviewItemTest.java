package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.demo.Clinic;
import health.carryover.local.demo.Clinic.Person;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Measurement;
import health.carryover.platform.records.Measurements;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.ReviewMarks;
import health.carryover.platform.records.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a therapist should look at although nobody asked: found where sessions and measurements arrive. */
class ReviewItemTest extends MeasuredCloud {
    private static final Records MEASURING = records("MotionAnalysisFunction");

    private static Instant daysAgo(int days) {
        return now().minus(Duration.ofDays(days));
    }

    /** A patient of this clinic whose plan began so many days ago. */
    private static Small since(int days, String diagnosis) {
        Small small = small();
        Person patient = small.clinic()
                .enrol(
                        small.frontDesk(),
                        small.therapist(),
                        new Clinic.NewPatient(
                                "other",
                                "Pat Example",
                                "+12125550142",
                                ZONE.getId(),
                                "en",
                                diagnosis,
                                LocalDate.ofInstant(daysAgo(days), ZONE),
                                List.of("MONDAY", "WEDNESDAY", "FRIDAY"),
                                List.of(Map.of("code", "heel_slide", "sets", 3, "repetitions", 10))));
        return new Small(small.clinic(), small.frontDesk(), small.therapist(), small.covering(), patient);
    }

    private static void hurting(Small small, int daysAgo, int before) {
        Map<String, Object> session = session(small.clinic(), daysAgo(daysAgo));
        session.put("pain", Map.of("before", before, "after", before));
        upload(small.patient(), session).ok();
    }

    /** A filmed session, its recording measured as the cloud measures it; degrees of the left and the right leg. */
    private static void slid(Small small, int daysAgo, String view, double left, double right) {
        Instant at = daysAgo(daysAgo);
        Map<String, Object> session = session(small.clinic(), at);
        session.put("exercises", List.of(Map.of("code", "heel_slide", "completion", "DONE", "repetitions", 20)));
        String sessionId = Objects.requireNonNull(session.get("sessionId")).toString();
        Measurement measurement = new Measurement(
                small.clinic().sessionId(at),
                "heel_slide",
                "a test",
                now(),
                new Measurement.Movement(
                        20,
                        0,
                        List.of(left),
                        view,
                        0.9,
                        List.of(),
                        new Measurement.Excursions((left + right) / 2, left, right)),
                List.of(),
                null,
                null);
        MEASURING.commit(List.of(Measurements.store(small.ref(), sessionId, measurement)));
        upload(small.patient(), session).ok();
    }

    private static List<JsonNode> items(Small small) {
        return small.therapist()
                .api()
                .get("/v1/tasks")
                .ok()
                .path("tasks")
                .valueStream()
                .filter(task -> task.path("work").asText().equals("REVIEW_ITEM")
                        && task.path("patientId")
                                .asText()
                                .equals(small.patient().id()))
                .toList();
    }

    private static List<String> reasons(Small small) {
        return items(small).stream()
                .map(task -> task.path("reasons").path(0).asText())
                .toList();
    }

    private static void close(Small small, JsonNode item) {
        String path = "/v1/tasks/" + item.path("taskId").asText();
        small.therapist().api().post(path + "/claim", "").ok();
        small.therapist()
                .api()
                .post(path + "/outcome", Map.of("outcome", "CLEARED"))
                .ok();
    }

    /** As if the therapist had closed all items so long ago: four weeks of nights would cost minutes. */
    private static void closedBefore(Small small, Duration ago) {
        Entry<ReviewMarks> marks =
                records().get(Key.reviewMarks(small.ref()), Kind.REVIEW_MARKS).orElseThrow();
        Map<String, ReviewMarks.Mark> earlier = new HashMap<>();
        marks.content()
                .last()
                .forEach((subject, mark) -> earlier.put(subject, new ReviewMarks.Mark(mark.task(), now().minus(ago))));
        records().commit(List.of(new Write.Replace(marks.next(new ReviewMarks(earlier), marks.clear()))));
    }

    @Test
    void pain_that_stays_until_the_fourth_week_is_one_item_however_many_sessions_follow() {
        Small small = since(22, "KNEE_ARTHROPLASTY");
        hurting(small, 22, 6);
        hurting(small, 20, 6);
        hurting(small, 3, 6);
        assertThat(items(small))
                .as("one session in the latest week says nothing")
                .isEmpty();
        hurting(small, 2, 5);
        assertThat(reasons(small)).singleElement().asString().startsWith("No progress since the plan began");
        assertThat(Instant.parse(items(small).getFirst().path("dueAt").asText()))
                .isAfter(now());
        assertThat(items(small).getFirst().path("assignee").asText())
                .isEqualTo(small.therapist().id());
        hurting(small, 1, 6);
        assertThat(items(small)).hasSize(1);
        assertThat(records().openCount(small.clinic().id()))
                .as("no place of the outreach")
                .isZero();
        assertThat(new Tables(CLOUD).audit(Key.patientPk(small.ref()))).containsOnlyOnce("OpenReviewItem DONE");

        close(small, items(small).getFirst());
        hurting(small, 0, 6);
        assertThat(items(small))
                .as("in peace for four weeks after it was closed")
                .isEmpty();
    }

    @ParameterizedTest(name = "plan since {0} days, pain {1} then {2}")
    @CsvSource({"22,6,4", "20,6,6", "36,6,6", "22,1,1"})
    void progress_the_wrong_time_or_pain_that_cannot_fall_are_no_item(int days, int first, int latest) {
        Small small = since(days, "KNEE_ARTHROPLASTY");
        hurting(small, days, first);
        hurting(small, days - 2, first);
        hurting(small, 3, latest);
        hurting(small, 1, latest);
        assertThat(items(small)).isEmpty();
    }

    @Test
    void a_range_that_falls_beyond_its_error_is_an_item_of_that_exercise_and_side_and_comes_again_after_the_peace() {
        Small small = since(12, "KNEE_ARTHROPLASTY");
        for (int day = 12; day > 9; day--) slid(small, day, "LATERAL", 100, 100);
        slid(small, 8, "LATERAL", 80, 99);
        slid(small, 7, "LATERAL", 79, 100);
        assertThat(items(small)).isEmpty();
        slid(small, 6, "LATERAL", 82, 101);
        assertThat(reasons(small))
                .singleElement()
                .asString()
                .contains("fallen", "left", "from 100 to 80 degrees")
                .doesNotContain("right");
        slid(small, 5, "LATERAL", 80, 101);
        assertThat(items(small)).hasSize(1);

        close(small, items(small).getFirst());
        slid(small, 4, "LATERAL", 80, 100);
        assertThat(items(small)).isEmpty();
        closedBefore(small, Duration.ofDays(28).minusMinutes(1));
        slid(small, 3, "LATERAL", 80, 100);
        assertThat(items(small)).as("a minute before the end of the peace").isEmpty();
        closedBefore(small, Duration.ofDays(28));
        slid(small, 2, "LATERAL", 80, 100);
        assertThat(reasons(small)).singleElement().asString().contains("fallen");
    }

    @Test
    void a_smaller_fall_or_one_seen_from_where_the_angle_is_not_measured_is_no_item() {
        Small small = since(12, "KNEE_ARTHROPLASTY");
        for (int day = 12; day > 9; day--) slid(small, day, "LATERAL", 100, 100);
        for (int day = 9; day > 6; day--) slid(small, day, "LATERAL", 83, 83);
        assertThat(items(small)).isEmpty();
        Small frontal = since(12, "KNEE_ARTHROPLASTY");
        for (int day = 12; day > 9; day--) slid(frontal, day, "FRONTAL", 100, 100);
        for (int day = 9; day > 6; day--) slid(frontal, day, "FRONTAL", 50, 50);
        assertThat(items(frontal)).isEmpty();
    }

    @Test
    void one_leg_behind_in_three_of_five_sessions_after_the_sixth_week_is_an_item() {
        Small small = since(50, "KNEE_ARTHROPLASTY");
        slid(small, 6, "LATERAL", 100, 85);
        slid(small, 5, "LATERAL", 100, 95);
        slid(small, 4, "LATERAL", 100, 85);
        assertThat(items(small)).isEmpty();
        slid(small, 3, "LATERAL", 100, 85);
        assertThat(reasons(small))
                .singleElement()
                .asString()
                .contains("right side stays behind", "15 degrees", "3 of the latest");
        slid(small, 2, "LATERAL", 100, 84);
        assertThat(items(small)).hasSize(1);
    }

    @ParameterizedTest(name = "plan since {0} days after {1}, {2} degrees less, seen {3}")
    @CsvSource({
        "40,KNEE_ARTHROPLASTY,15,LATERAL", // before the sixth week
        "50,KNEE_ARTHROPLASTY,9,LATERAL", // never under ten degrees
        "50,KNEE_ARTHROPLASTY,30,OBLIQUE", // legs in different planes are not compared
        "50,ROTATOR_CUFF_REPAIR,30,LATERAL" // never before clearance
    })
    void too_early_too_little_or_not_cleared_is_no_asymmetry(int days, String diagnosis, int less, String view) {
        Small small = since(days, diagnosis);
        for (int day = 5; day > 0; day--) slid(small, day, view, 100, 100 - less);
        assertThat(items(small)).isEmpty();
    }

    @Test
    void weeks_count_from_the_operation_where_it_is_known() {
        Small small = small();
        Map<String, Object> enrolment = new HashMap<>(Map.of(
                "name", "Pat Example",
                "phone", "+12125550142",
                "birthDate", "1970-04-17",
                "zone", ZONE.getId(),
                "language", "en",
                "therapist", small.therapist().id(),
                "diagnosis", "ACL_RECONSTRUCTION",
                "planStart", LocalDate.ofInstant(daysAgo(10), ZONE).toString(),
                "consents", List.of("BODY_TRACKING", "SHARE_WITH_THERAPIST")));
        enrolment.put("surgeryOn", LocalDate.ofInstant(daysAgo(60), ZONE).toString());
        enrolment.put(
                "program",
                Map.of(
                        "days", List.of("MONDAY"),
                        "sessionsPerDay", 1,
                        "exercises", List.of(Map.of("code", "heel_slide", "sets", 3, "repetitions", 10))));
        String id = small.frontDesk()
                .api()
                .post("/v1/patients", enrolment)
                .ok()
                .path("personId")
                .asText();
        assertThat(records()
                        .get(Key.patient(new PatientRef(small.clinic().id(), id)), Kind.PATIENT)
                        .orElseThrow()
                        .content()
                        .surgeryOn())
                .isEqualTo(LocalDate.ofInstant(daysAgo(60), ZONE));
        enrolment.put(
                "surgeryOn",
                LocalDate.ofInstant(now().plus(Duration.ofDays(3)), ZONE).toString());
        assertThat(small.frontDesk().api().post("/v1/patients", enrolment).status())
                .isEqualTo(422);
    }

    @Test
    void what_a_real_recording_reached_is_kept_for_it() {
        Done done = done(Order.SESSION_FIRST, TEN, 10);
        Measurement.Excursions excursions = records()
                .prefix(Key.patientPk(done.small().ref()), "MEASURE#" + done.sessionId(), Kind.MEASUREMENT)
                .getFirst()
                .content()
                .movement()
                .excursions();
        assertThat(excursions.all()).isBetween(30.0, 120.0);
        assertThat(excursions.left()).as("both legs bend in a squat").isNull();
    }

    @ParameterizedTest(name = "before {0}, after {1}, next morning {2}, sudden {3}: {4}")
    @CsvSource({
        "2,3,,,",
        "6,7,,,",
        "4,5,,,",
        "0,2,,,",
        "4,6,,,was high",
        "2,5,,,rose clearly",
        "2,2,4,,not back to usual",
        "8,8,,true,Severe pain came suddenly",
        "8,8,,false,"
    })
    void each_row_of_the_pain_rule_that_asks_for_a_review_is_due_the_next_business_day(
            int before, int after, Integer morning, Boolean sudden, String reason) {
        Small small = since(3, "LOW_BACK_PAIN");
        Map<String, Object> pain = new HashMap<>(Map.of("before", before, "after", after));
        if (morning != null) pain.put("nextMorning", morning);
        if (sudden != null) pain.put("suddenOnset", sudden);
        Map<String, Object> session = session(small.clinic(), now());
        session.put("pain", pain);
        upload(small.patient(), session).ok();
        upload(small.patient(), session).ok();
        if (reason == null) {
            assertThat(items(small)).isEmpty();
            return;
        }
        assertThat(reasons(small)).singleElement().asString().contains(reason, "(rule v1)");
        var due = Instant.parse(items(small).getFirst().path("dueAt").asText()).atZone(ZONE);
        LocalDate day = now().atZone(ZONE).toLocalDate().plusDays(1);
        while (day.getDayOfWeek().getValue() > 5) day = day.plusDays(1);
        assertThat(due.toLocalDate()).isEqualTo(day);
    }
}
