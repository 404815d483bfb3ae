package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.local.demo.Clinic.Person;
import health.carryover.platform.records.Task;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** SAFETY.md: the therapist at once, after 30 minutes of clinic hours the covering therapist, after 60 the owner. */
class SafetyTaskTest extends SafetyCloud {
    private static DescribeExecutionResponse execution(Task task) {
        String machine = STEP_FUNCTIONS.listStateMachines().stateMachines().stream()
                .filter(found -> found.name().endsWith("safety-task"))
                .findFirst()
                .orElseThrow()
                .stateMachineArn();
        return STEP_FUNCTIONS.describeExecution(
                describe -> describe.executionArn(machine.replace(":stateMachine:", ":execution:") + ":" + task.id()));
    }

    private static Task again(Small small, Task task) {
        return task(small.clinic(), task.id());
    }

    @Test
    void a_task_that_nobody_takes_climbs_each_is_told_and_it_is_never_closed() {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        Person owner = small.clinic().administrator();
        String therapist = withPhone(small.therapist());
        String covering = withPhone(small.covering());
        String ownersPhone = withPhone(owner);
        Task task = reported(small, "CALF");
        assertThat(task)
                .returns(small.therapist().id(), Task::assignee)
                .returns(next(DayOfWeek.MONDAY, "10:30"), Task::dueAt);
        assertThat(told(therapist)).hasSize(1);
        assertThat(told(therapist).getFirst().body())
                .contains("A safety task waits for you.", task.id())
                .doesNotContain("Pat Example", "calf", "CALF", small.patient().id());

        advance(Duration.ofMinutes(30).minusSeconds(1));
        assertThat(again(small, task).assignee()).isEqualTo(small.therapist().id());
        assertThat(told(covering)).isEmpty();
        advance(Duration.ofSeconds(1));
        assertThat(again(small, task))
                .returns(small.covering().id(), Task::assignee)
                .returns(Task.Status.OPEN, Task::status);
        assertThat(told(covering)).hasSize(1);

        advance(Duration.ofMinutes(30).minusSeconds(1));
        assertThat(told(ownersPhone)).isEmpty();
        assertThat(listed(owner)).isEmpty();
        advance(Duration.ofSeconds(1));
        assertThat(again(small, task).assignee()).isEqualTo(owner.id());
        assertThat(told(ownersPhone)).hasSize(1);
        assertThat(listed(owner)).hasSize(1);

        advance(Duration.ofDays(7));
        assertThat(again(small, task)).returns(Task.Status.OPEN, Task::status).returns(owner.id(), Task::assignee);
        assertThat(told(ownersPhone)).hasSizeGreaterThan(20);
        assertThat(told(therapist)).hasSize(1);
        assertThat(audit(small))
                .containsOnlyOnce("TellTherapist PUSHED", "TellCovering PUSHED")
                .contains("TellOwner PUSHED");

        assertThat(claim(owner, task).status()).as("only a therapist clears it").isEqualTo(403);
        clear(small.therapist(), task);
        int before = told(ownersPhone).size();
        advance(Duration.ofDays(3));
        assertThat(told(ownersPhone)).hasSize(before);
        assertThat(execution(task).statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(execution(task).input() + execution(task).output())
                .doesNotContainIgnoringCase("calf", "Pat Example");
    }

    @Test
    void clinic_hours_alone_count_and_the_therapist_is_told_at_whatever_hour() {
        Small small = clinicOn(DayOfWeek.FRIDAY, "17:45");
        String therapist = withPhone(small.therapist());
        Task task = reported(small, "INFECTION");
        assertThat(told(therapist)).hasSize(1);
        assertThat(task.dueAt()).isEqualTo(next(DayOfWeek.MONDAY, "08:15"));
        advanceTo(next(DayOfWeek.MONDAY, "08:14"));
        assertThat(again(small, task).assignee()).isEqualTo(small.therapist().id());
        advanceTo(next(DayOfWeek.MONDAY, "08:15"));
        assertThat(again(small, task).assignee()).isEqualTo(small.covering().id());
        advanceTo(next(DayOfWeek.MONDAY, "08:45"));
        assertThat(again(small, task).assignee())
                .isEqualTo(small.clinic().administrator().id());
        clear(small.covering(), task);

        Small night = clinicOn(DayOfWeek.SATURDAY, "03:00");
        String phone = withPhone(night.therapist());
        Task atNight = reported(night, "SELF_HARM");
        assertThat(told(phone)).hasSize(1);
        assertThat(atNight.dueAt()).isEqualTo(next(DayOfWeek.MONDAY, "08:30"));
        clear(night.therapist(), atNight);
    }

    @Test
    void whoever_takes_it_is_left_to_it_for_half_an_hour_and_then_it_goes_on() {
        Small small = clinicOn(DayOfWeek.TUESDAY, "10:00");
        String covering = withPhone(small.covering());
        Task task = reported(small, "FALL");
        advance(Duration.ofMinutes(20));
        claim(small.therapist(), task).ok();
        advance(Duration.ofMinutes(39));
        assertThat(again(small, task))
                .returns(Task.Status.CLAIMED, Task::status)
                .returns(small.therapist().id(), Task::claimedBy);
        assertThat(told(covering)).isEmpty();
        advance(Duration.ofMinutes(1));
        assertThat(again(small, task))
                .as("claimed and left lying")
                .returns(Task.Status.OPEN, Task::status)
                .returns(small.covering().id(), Task::assignee);
        assertThat(told(covering)).hasSize(1);
        clear(small.covering(), task);
        advance(Duration.ofHours(2));
        assertThat(again(small, task).status()).isEqualTo(Task.Status.DONE);
        assertThat(audit(small)).doesNotContain("TellOwner NO_DEVICE", "TellOwner PUSHED");
    }

    @Test
    void without_phones_and_without_anybody_who_covers_it_climbs_all_the_same() {
        Small first = clinicOn(DayOfWeek.WEDNESDAY, "10:00");
        Small small = with(first, first.covering(), "uncovered", "en", "OTHER");
        Task task = reported(small, "FALL_WITH_INJURY");
        advance(Duration.ofMinutes(30));
        assertThat(again(small, task).assignee())
                .isEqualTo(small.clinic().administrator().id());
        assertThat(audit(small)).contains("TellTherapist NO_DEVICE", "TellCovering NO_DEVICE");
        clear(first.therapist(), task);
    }

    @Test
    void an_aborted_machine_hands_the_task_to_the_owner_at_once() {
        Small small = clinicOn(DayOfWeek.THURSDAY, "10:00");
        String ownersPhone = withPhone(small.clinic().administrator());
        Task task = reported(small, "CALF");
        STEP_FUNCTIONS.stopExecution(stop -> stop.executionArn(execution(task).executionArn()));
        CLOUD.waitUntilQuiet();
        assertThat(again(small, task))
                .returns(Task.Status.OPEN, Task::status)
                .returns(small.clinic().administrator().id(), Task::assignee);
        assertThat(told(ownersPhone)).hasSize(1);
        clear(small.therapist(), task);
    }

    @Test
    void the_owner_of_a_clinic_sees_the_tasks_that_came_to_them_and_no_others() {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        Person owner = small.clinic().administrator();
        Person second = small.clinic().addStaff("second", "Ada Second", "ADMINISTRATOR", Map.of());
        Task task = reported(small, "CALF");
        assertThat(listed(owner)).isEmpty();
        advance(Duration.ofMinutes(60));
        assertThat(listed(owner)).hasSize(1);
        assertThat(listed(owner).get(0).path("assignee").asText()).isEqualTo(owner.id());
        assertThat(listed(second)).isEmpty();
        assertThat(listed(small.frontDesk())).isEmpty();
        clear(small.therapist(), task);
    }

    @Test
    void a_late_review_is_announced_to_whom_it_is_given() {
        Small small = toBeReviewed("BARRIER_TIME");
        String therapist = withPhone(small.therapist());
        String covering = withPhone(small.covering());
        String owner = withPhone(small.clinic().administrator());
        advanceTo(review(small).dueAt());
        assertThat(told(therapist)).hasSize(1);
        advanceTo(review(small).dueAt());
        assertThat(told(covering)).hasSize(1);
        assertThat(told(covering).getFirst().body())
                .contains("A task waits for you.")
                .doesNotContain("Pat Example", "BARRIER");
        advanceTo(review(small).dueAt());
        assertThat(told(owner)).hasSize(1);
        assertThat(told(therapist)).hasSize(1);
    }

    @Test
    void a_call_that_nobody_makes_and_an_outreach_that_broke_are_announced_to_the_owner_who_may_finish_them() {
        Small small = toBeCalled();
        Person owner = small.clinic().administrator();
        String phone = withPhone(owner);
        for (int i = 0; i < 5 && task(small, "-owner").isEmpty(); i++) advance(Duration.ofDays(3));
        Task alert = task(small, "-owner").orElseThrow();
        assertThat(told(phone)).hasSize(1);
        claim(owner, alert).ok();
        finish(owner, alert, "CLEARED").ok();

        Small broken = encouraged();
        String other = withPhone(broken.clinic().administrator());
        String execution = executions(broken).getFirst();
        STEP_FUNCTIONS.stopExecution(stop -> stop.executionArn(execution));
        CLOUD.waitUntilQuiet();
        assertThat(told(other)).hasSize(1);
    }
}
