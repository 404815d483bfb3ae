package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.engagement.ContactCap;
import health.carryover.clinical.engagement.Encouragement.Place;
import health.carryover.clinical.engagement.Encouragement.Reason;
import health.carryover.clinical.engagement.Encouragement.Text;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.clinical.setup.Language;
import health.carryover.local.cloud.Inbox;
import health.carryover.local.cloud.Invocation;
import health.carryover.local.demo.ApiClient;
import health.carryover.local.demo.Clinic.Person;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.json.Json;
import health.carryover.platform.library.ContactCaps;
import health.carryover.platform.library.Encouragements;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.SentContact;
import health.carryover.platform.records.SentContacts;
import health.carryover.platform.records.Task;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Words for tests of the outreach. After each, a clinic's count of open outreaches is the number of them. */
abstract class OutreachCloud extends LoopCloud {
    static final Records RECORDS = records();
    static final SfnClient STEP_FUNCTIONS = CLOUD.client(SfnClient.builder());
    private static final SchedulerClient SCHEDULER = CLOUD.client(SchedulerClient.builder());
    private static final List<GetScheduleResponse> SILENCED = new ArrayList<>();
    private final List<Small> opened = new ArrayList<>();

    /** These tests flag patients themselves; the nights and hours of the weeks that they pass through would cost minutes. */
    @BeforeAll
    static void no_night_runs() {
        SILENCED.clear();
        for (ScheduleSummary schedule : SCHEDULER.listSchedules(list -> {}).schedules()) {
            SILENCED.add(SCHEDULER.getSchedule(get -> get.name(schedule.name())));
            SCHEDULER.deleteSchedule(delete -> delete.name(schedule.name()));
        }
        // Nor shall the outreaches that other tests left behind be reminded of day by day. All are listed before the
        // first
        // is stopped: a page goes on after an execution that must still be running.
        for (var machine : STEP_FUNCTIONS.listStateMachines().stateMachines())
            STEP_FUNCTIONS
                    .listExecutionsPaginator(list ->
                            list.stateMachineArn(machine.stateMachineArn()).statusFilter(ExecutionStatus.RUNNING))
                    .executions()
                    .stream()
                    .toList()
                    .forEach(left -> STEP_FUNCTIONS.stopExecution(stop -> stop.executionArn(left.executionArn())));
        CLOUD.waitUntilQuiet();
    }

    @AfterAll
    static void night_runs_again() {
        SILENCED.forEach(OutreachCloud::create);
    }

    private static void create(GetScheduleResponse schedule) {
        SCHEDULER.createSchedule(create -> create.name(schedule.name())
                .scheduleExpression(schedule.scheduleExpression())
                .scheduleExpressionTimezone(schedule.scheduleExpressionTimezone())
                .flexibleTimeWindow(schedule.flexibleTimeWindow())
                .target(schedule.target()));
    }

    /** One schedule that runs again for a while. */
    record Resumed(String name) implements AutoCloseable {
        @Override
        public void close() {
            SCHEDULER.deleteSchedule(delete -> delete.name(name));
        }
    }

    /** @param part of the schedule's name */
    static Resumed resume(String part) {
        GetScheduleResponse schedule = SILENCED.stream()
                .filter(found -> found.name().contains(part))
                .findFirst()
                .orElseThrow();
        create(schedule);
        return new Resumed(schedule.name());
    }

    /** A clinic opened at the next such hour of clinic time. */
    Small clinicOn(DayOfWeek day, String time) {
        advanceTo(next(day, time));
        return clinicNow();
    }

    Small clinicNow() {
        Small small = small();
        opened.add(small);
        return small;
    }

    /** A flagged patient who has had the push, on a Monday at 10. */
    Small encouraged() {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        flag(small);
        assertThat(phase(small)).isEqualTo(Escalation.Phase.WAITING);
        return small;
    }

    /** A patient whose 48 hours have passed, on a Wednesday at 10. */
    Small toBeCalled() {
        Small small = encouraged();
        advance(Duration.ofHours(48));
        assertThat(call(small).status()).isEqualTo(Task.Status.OPEN);
        return small;
    }

    /** A patient whom a therapist is to look at, on a Wednesday at 10. */
    Small toBeReviewed(String callOutcome) {
        Small small = toBeCalled();
        claim(small.frontDesk(), call(small)).ok();
        finish(small.frontDesk(), call(small), callOutcome).ok();
        assertThat(phase(small)).isEqualTo(Escalation.Phase.REVIEW);
        return small;
    }

    @AfterEach
    void the_count_is_the_number_of_open_outreaches_and_the_clinic_is_left_in_peace() {
        CLOUD.waitUntilQuiet();
        for (Small small : opened) {
            assertThat(RECORDS.openCount(small.clinic().id()))
                    .as("count of open outreaches")
                    .isEqualTo(open(small).isPresent() ? 1 : 0);
            small.patient()
                    .api()
                    .put("/v1/me/consents", Map.of("granted", List.of("BODY_TRACKING")))
                    .ok();
            for (String execution : executions(small))
                STEP_FUNCTIONS.stopExecution(stop -> stop.executionArn(execution));
            CLOUD.waitUntilQuiet();
            assertThat(RECORDS.openCount(small.clinic().id()))
                    .as("count at the end")
                    .isZero();
        }
    }

    static Instant next(DayOfWeek day, String time) {
        ZonedDateTime now = now().atZone(ZONE);
        ZonedDateTime then = now.with(TemporalAdjusters.nextOrSame(day)).with(LocalTime.parse(time));
        return (then.isAfter(now) ? then : then.plusWeeks(1)).toInstant();
    }

    static void advanceTo(Instant then) {
        CLOUD.clock().advanceTo(then);
        CLOUD.waitUntilQuiet();
    }

    static Optional<Escalation> open(Small small) {
        return RECORDS.get(Key.openEscalation(small.ref()), Kind.ESCALATION).map(Entry::content);
    }

    static Escalation.Phase phase(Small small) {
        return open(small).map(Escalation::phase).orElse(Escalation.Phase.CLOSED);
    }

    /** Why the outreaches to this patient ended, in order. */
    static List<String> ended(Small small) {
        return RECORDS.prefix(Key.patientPk(small.ref()), "ESCALATION#", Kind.ESCALATION).stream()
                .map(Entry::content)
                .filter(escalation -> escalation.phase() == Escalation.Phase.CLOSED)
                .map(Escalation::closedBecause)
                .toList();
    }

    static Escalation last(Small small) {
        return RECORDS.prefix(Key.patientPk(small.ref()), "ESCALATION#", Kind.ESCALATION)
                .getLast()
                .content();
    }

    static Optional<Task> task(Small small, String suffix) {
        return RECORDS.get(Key.task(small.clinic().id(), last(small).id() + suffix), Kind.TASK)
                .map(Entry::content);
    }

    static Task call(Small small) {
        return task(small, "-call").orElseThrow();
    }

    static Task review(Small small) {
        return task(small, "-review").orElseThrow();
    }

    static ApiClient.Response claim(Person person, Task task) {
        return person.api().post("/v1/tasks/" + task.id() + "/claim", "");
    }

    static ApiClient.Response finish(Person person, Task task, String outcome) {
        return finish(person, task, outcome, Map.of());
    }

    static ApiClient.Response finish(Person person, Task task, String outcome, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("outcome", outcome);
        ApiClient.Response response = person.api().post("/v1/tasks/" + task.id() + "/outcome", body);
        CLOUD.waitUntilQuiet();
        return response;
    }

    static void reply(Small small, String answer) {
        small.patient().api().post("/v1/me/replies", Map.of("answer", answer)).ok();
        CLOUD.waitUntilQuiet();
    }

    static void prefer(Small small, String from, String to, String... optedOut) {
        small.patient()
                .api()
                .put(
                        "/v1/me/preferences",
                        Map.of("contactFrom", from, "contactTo", to, "zone", ZONE.getId(), "optedOut", optedOut))
                .ok();
    }

    static Patient stored(Small small) {
        return RECORDS.get(Key.patient(small.ref()), Kind.PATIENT).orElseThrow().content();
    }

    static List<Inbox.Message> pushes(Small small) {
        String phone = stored(small).pushTarget();
        return CLOUD.inbox().messages().stream()
                .filter(message -> message.to().equals(phone))
                .toList();
    }

    /** A night's flags, as the night run hands them over. */
    static JsonNode night(Small small, String run, String... patients) {
        JsonNode payload = Json.MAPPER.valueToTree(Map.of(
                "run",
                run,
                "clinics",
                List.of(Map.of("clinic", small.clinic().id(), "flagged", Arrays.asList(patients)))));
        Invocation answer = CLOUD.invoke("StartEscalationsFunction", payload);
        CLOUD.waitUntilQuiet();
        return ((Invocation.Answered) answer).payload();
    }

    static Outreach outreach() {
        Environment environment = CLOUD.environment("ClinicApiFunction");
        return new Outreach(environment, RECORDS);
    }

    static JsonNode listed(Person person) {
        return person.api().get("/v1/tasks").ok().path("tasks");
    }

    /** What stands on the locked screen. */
    static String words(Inbox.Message push) {
        try {
            JsonNode message = Json.MAPPER.readTree(push.body());
            JsonNode fcm = Json.MAPPER.readTree(message.path("GCM").asText());
            String shown = fcm.at("/fcmV1Message/message/notification/body").asText();
            assertThat(message.path("default").asText()).isEqualTo(shown);
            return shown;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static List<String> pushTexts(Reason reason, Language language) {
        return Encouragements.inForce().all().stream()
                .filter(text -> text.reason() == reason && text.language() == language && text.place() == Place.PUSH)
                .map(Text::text)
                .toList();
    }

    static SentContacts sentContacts() {
        return new SentContacts(CLOUD.environment("EncourageFunction"), RECORDS, ContactCaps.inForce());
    }

    /** All that was ever sent, the oldest first. */
    static List<SentContact> sent(Small small) {
        return RECORDS.prefix(Key.patientPk(small.ref()), "SENT#", Kind.SENT).stream()
                .map(Entry::content)
                .toList();
    }

    /** Something else of the clinic's that reached the patient just now. */
    static void reached(Small small, ContactCap.Kind kind) {
        RECORDS.commit(sentContacts()
                .madeByPerson(small.ref(), small.clinic().sessionId(now()), kind, Patient.Channel.PUSH, "test", now()));
    }
}
