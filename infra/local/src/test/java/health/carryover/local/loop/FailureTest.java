package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.escalation.Escalation;
import health.carryover.platform.outreach.Step;
import health.carryover.platform.records.Task;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Safety events, machines that break, callbacks that come twice, and what the histories tell. */
class FailureTest extends OutreachCloud {
    private static void report(Small small, String symptom) {
        small.patient().api().post("/v1/me/safety", Map.of("symptom", symptom)).ok();
        CLOUD.waitUntilQuiet();
    }

    @Test
    void a_safety_event_ends_the_outreach_and_silences_it_until_a_therapist_has_cleared_it() {
        Small small = toBeCalled();
        claim(small.frontDesk(), call(small)).ok();
        report(small, "CALF");
        assertThat(ended(small)).containsExactly("SAFETY_EVENT");
        assertThat(call(small).status()).isEqualTo(Task.Status.WITHDRAWN);
        var task = listed(small.therapist()).get(0);
        assertThat(task.path("work").asText()).isEqualTo("SAFETY");

        advance(Duration.ofDays(15));
        night(small, "silent", small.patient().id());
        assertThat(open(small)).isEmpty();
        assertThat(pushes(small)).hasSize(1);

        String path = "/v1/tasks/" + task.path("taskId").asText();
        assertThat(small.frontDesk().api().post(path + "/claim", "").status()).isEqualTo(403);
        small.therapist().api().post(path + "/claim", "").ok();
        assertThat(small.therapist()
                        .api()
                        .post(path + "/outcome", Map.of("outcome", "KEEP"))
                        .status())
                .isEqualTo(422);
        small.therapist()
                .api()
                .post(path + "/outcome", Map.of("outcome", "CLEARED"))
                .ok();
        night(small, "again", small.patient().id());
        assertThat(open(small)).isPresent();
    }

    @Test
    void a_safety_event_before_the_message_keeps_it_from_going_out() {
        Small small = clinicOn(DayOfWeek.TUESDAY, "02:00");
        flag(small);
        report(small, "CHEST_PAIN_OR_BREATHLESSNESS");
        advance(Duration.ofHours(8));
        assertThat(ended(small)).containsExactly("SAFETY_EVENT");
        assertThat(pushes(small)).isEmpty();
    }

    @Test
    void a_safety_event_that_was_cleared_before_the_message_was_due_has_ended_the_outreach_all_the_same() {
        Small small = clinicOn(DayOfWeek.TUESDAY, "02:00");
        prefer(small, "12:00", "14:00");
        flag(small);
        report(small, "CALF");
        advance(Duration.ofHours(8));
        String path =
                "/v1/tasks/" + listed(small.therapist()).get(0).path("taskId").asText();
        small.therapist().api().post(path + "/claim", "").ok();
        small.therapist()
                .api()
                .post(path + "/outcome", Map.of("outcome", "CLEARED"))
                .ok();
        advance(Duration.ofHours(2));
        assertThat(ended(small)).containsExactly("SAFETY_EVENT");
        assertThat(pushes(small)).isEmpty();
    }

    @Test
    void a_safety_event_during_the_window_or_the_review_ends_the_outreach() {
        Small small = encouraged();
        report(small, "FALL");
        assertThat(ended(small)).containsExactly("SAFETY_EVENT");

        Small reviewed = toBeReviewed("BARRIER_PAIN");
        report(reviewed, "POP_OR_WEAKNESS");
        assertThat(ended(reviewed)).containsExactly("SAFETY_EVENT");
        assertThat(review(reviewed).status()).isEqualTo(Task.Status.WITHDRAWN);
    }

    @Test
    void an_aborted_machine_leaves_nobody_behind() {
        Small small = toBeCalled();
        String execution = executions(small).getFirst();
        STEP_FUNCTIONS.stopExecution(stop -> stop.executionArn(execution));
        CLOUD.waitUntilQuiet();
        assertThat(ended(small)).containsExactly("ABORTED");
        assertThat(call(small).status()).isEqualTo(Task.Status.WITHDRAWN);
        assertThat(task(small, "-failed").orElseThrow())
                .returns(Task.Work.FOLLOW_UP, Task::work)
                .returns(small.clinic().administrator().id(), Task::assignee)
                .returns(now().plus(Duration.ofHours(4)), Task::dueAt);
        assertThat(RECORDS.openCount(small.clinic().id())).isZero();
        // Still looked after by hand: the front desk sees it.
        assertThat(listed(small.frontDesk())).hasSize(1);
    }

    @Test
    void a_failing_machine_leaves_nobody_behind() {
        Small small = encouraged();
        String token = open(small).orElseThrow().token().value();
        STEP_FUNCTIONS.sendTaskFailure(fail -> fail.taskToken(token).error("Broken"));
        CLOUD.waitUntilQuiet();
        assertThat(ended(small)).containsExactly("FAILED");
        assertThat(task(small, "-failed")).isPresent();
        assertThat(audited(small)).contains("CompensateEscalation");
    }

    @Test
    void a_machine_that_failed_before_it_opened_anything_has_nothing_to_close() {
        Small small = encouraged();
        Escalation mine = open(small).orElseThrow();
        String machine = STEP_FUNCTIONS.listStateMachines().stateMachines().stream()
                .filter(found -> found.name().endsWith("escalation"))
                .findFirst()
                .orElseThrow()
                .stateMachineArn();
        // Nobody of this id is a patient here, so opening fails.
        String input = "{\"clinic\":\"%s\",\"patient\":\"nobody\",\"run\":\"x\"}"
                .formatted(small.clinic().id());
        String failed = STEP_FUNCTIONS
                .startExecution(start -> start.stateMachineArn(machine).input(input))
                .executionArn();
        CLOUD.waitUntilQuiet();
        assertThat(STEP_FUNCTIONS
                        .describeExecution(describe -> describe.executionArn(failed))
                        .statusAsString())
                .isEqualTo("FAILED");
        assertThat(open(small)).contains(mine);
        assertThat(RECORDS.openCount(small.clinic().id())).isEqualTo(1);
    }

    @Test
    void callbacks_that_come_twice_or_late_change_nothing() {
        Small small = encouraged();
        String window = open(small).orElseThrow().token().value();
        advance(Duration.ofHours(48));
        assertThat(outreach().complete(window, Step.close("ENGAGED")))
                .as("the window is over")
                .isFalse();
        CLOUD.waitUntilQuiet();
        assertThat(phase(small)).isEqualTo(Escalation.Phase.CALL);

        String call = open(small).orElseThrow().token().value();
        assertThat(outreach().complete(call, Step.close("ENGAGED"))).isTrue();
        assertThat(outreach().complete(call, Step.close("RESUMED"))).isFalse();
        CLOUD.waitUntilQuiet();
        assertThat(outreach().complete(call, Step.close("RESUMED"))).isFalse();
        assertThat(ended(small)).containsExactly("ENGAGED");
    }

    private static List<String> audited(Small small) {
        String table = CLOUD.environment("ClinicApiFunction").variable("AUDIT_TABLE");
        return CLOUD
                .client(DynamoDbClient.builder())
                .query(query -> query.tableName(table)
                        .keyConditionExpression("PK = :pk")
                        .expressionAttributeValues(Map.of(
                                ":pk",
                                AttributeValue.fromS("C#" + small.clinic().id() + "#P#"
                                        + small.patient().id()))))
                .items()
                .stream()
                .map(item -> item.get("operation").s())
                .toList();
    }

    @Test
    void every_step_is_audited_and_the_machines_history_knows_no_person() {
        Small small = toBeCalled();
        String execution = executions(small).getFirst();
        claim(small.frontDesk(), call(small)).ok();
        finish(small.frontDesk(), call(small), "BARRIER_PAIN", Map.of("note", "The heel slides hurt."))
                .ok();
        claim(small.therapist(), review(small)).ok();
        finish(small.therapist(), review(small), "KEEP").ok();
        assertThat(audited(small))
                .contains(
                        "OpenEscalation",
                        "Encourage",
                        "ArmEngagement",
                        "CreateCallTask",
                        "ArmCall",
                        "CreateReview",
                        "ArmReview",
                        "CloseEscalation");

        var described = STEP_FUNCTIONS.describeExecution(describe -> describe.executionArn(execution));
        assertThat(described.statusAsString()).isEqualTo("SUCCEEDED");
        String told = described.input()
                + described.output()
                + described.name()
                + STEP_FUNCTIONS.getExecutionHistoryPaginator(get -> get.executionArn(execution)).events().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining());
        assertThat(told)
                .contains(small.patient().id())
                .doesNotContainIgnoringCase("Pat Example", "2125550142", "heel", "hurt", "Therapist", "Frontdesk")
                .doesNotContainIgnoringCase("Reached; something", "squat", "KNEE");
        assertThat(described.name()).doesNotContain(small.patient().id());
    }
}
