package health.carryover.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.local.template.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.sqs.SqsClient;

class EventsTest extends TestCloud {
    @Test
    void a_night_at_two_follows_the_clock_on_the_wall_and_is_left_out_when_summer_time_skips_it() {
        // Chicago: 2026-03-08, 02:00 standard time becomes 03:00 summer time.
        ScheduleExpression night =
                ScheduleExpression.of("cron(0 2 * * ? *)", ZoneId.of("America/Chicago"), Instant.EPOCH);
        Instant saturday = Instant.parse("2026-03-07T08:00:00Z");
        assertThat(night.next(Instant.parse("2026-03-07T07:59:59Z"))).contains(saturday);
        assertThat(night.next(saturday)).contains(Instant.parse("2026-03-09T07:00:00Z"));
        // 2026-11-01 has 01:30 twice; it fires the first time.
        ScheduleExpression early =
                ScheduleExpression.of("cron(30 1 * * ? *)", ZoneId.of("America/Chicago"), Instant.EPOCH);
        Instant first = Instant.parse("2026-11-01T06:30:00Z");
        assertThat(early.next(Instant.parse("2026-11-01T00:00:00Z"))).contains(first);
        assertThat(early.next(first)).contains(Instant.parse("2026-11-02T07:30:00Z"));
    }

    @Test
    void cron_knows_weekdays_steps_lists_and_last_days_and_says_what_it_does_not_know() {
        ZoneId utc = ZoneId.of("UTC");
        Instant start = Instant.parse("2026-02-27T23:50:00Z");
        assertThat(ScheduleExpression.of("cron(0/20 9-10 ? * MON-FRI *)", utc, start)
                        .next(start))
                .contains(Instant.parse("2026-03-02T09:00:00Z"));
        assertThat(ScheduleExpression.of("cron(15 12 L * ? *)", utc, start).next(start))
                .contains(Instant.parse("2026-02-28T12:15:00Z"));
        assertThat(ScheduleExpression.of("rate(2 hours)", utc, start).next(start))
                .contains(start.plus(Duration.ofHours(2)));
        assertThat(ScheduleExpression.of("at(2026-03-01T00:00:00)", utc, start)
                        .next(Instant.parse("2026-03-01T00:00:00Z")))
                .isEmpty();
        assertThatThrownBy(() -> ScheduleExpression.of("cron(0 2 * * * *)", utc, start))
                .hasMessageContaining("question mark");
        assertThatThrownBy(() -> ScheduleExpression.of("cron(0 25 * * ? *)", utc, start))
                .hasMessageContaining("25");
        assertThatThrownBy(() -> ScheduleExpression.of("daily", utc, start)).hasMessageContaining("daily");
    }

    @Test
    void the_templates_schedule_fires_its_function_at_its_own_time() {
        Instant start = CLOUD.clock().instant();
        int before = notes("night").size();
        CLOUD.clock().advance(Duration.ofDays(10));
        List<Instant> expected = new ArrayList<>();
        ScheduleExpression night = ScheduleExpression.of("cron(0 2 * * ? *)", ZoneId.of("America/Chicago"), start);
        Instant end = start.plus(Duration.ofDays(10));
        Instant next = night.next(start).orElseThrow();
        while (!next.isAfter(end)) {
            expected.add(next);
            next = night.next(next).orElseThrow();
        }
        assertThat(expected).hasSizeBetween(9, 10);
        assertThat(notes("night").stream().skip(before).map(Instant::parse)).isEqualTo(expected);
        assertThat(seen("night").stream().skip(before).map(item -> Instant.parse(text(item, "at"))))
                .isEqualTo(expected);
    }

    @Test
    void a_schedule_made_at_run_time_fires_once_and_a_deleted_one_never() {
        try (SchedulerClient scheduler = CLOUD.client(SchedulerClient.builder())) {
            Instant due = CLOUD.clock().instant().plus(Duration.ofHours(3));
            for (String name : List.of("reminder", "withdrawn"))
                scheduler.createSchedule(create -> create.name(name)
                        .scheduleExpression("at(" + due.toString().substring(0, 19) + ")")
                        .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                        .target(target -> target.arn(arn("Night"))
                                .roleArn("arn:aws:iam::000000000000:role/Scheduled")
                                .input("{\"subject\":\"" + name + "\",\"note\":\"now\"}")));
            assertThatThrownBy(() -> scheduler.createSchedule(create -> create.name("reminder")
                            .scheduleExpression("rate(1 day)")
                            .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                            .target(target -> target.arn(arn("Night")).roleArn("arn:aws:iam::000000000000:role/x"))))
                    .isInstanceOf(ConflictException.class);
            scheduler.deleteSchedule(delete -> delete.name("withdrawn"));
            assertThat(scheduler.listSchedules(list -> {}).schedules())
                    .extracting(one -> one.name())
                    .contains("reminder")
                    .doesNotContain("withdrawn");
        }
        CLOUD.clock().advance(Duration.ofHours(6));
        assertThat(notes("reminder")).containsExactly("now");
        assertThat(notes("withdrawn")).isEmpty();
    }

    @Test
    void an_asynchronous_invocation_is_tried_three_times_then_lands_in_the_failure_destination() {
        Instant start = CLOUD.clock().instant();
        try (LambdaClient lambda = CLOUD.client(LambdaClient.builder());
                SqsClient sqs = CLOUD.client(SqsClient.builder())) {
            lambda.invoke(invoke -> invoke.functionName("carryover-Stumbler")
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromUtf8String("{\"subject\":\"twice\",\"failures\":\"2\"}")));
            lambda.invoke(invoke -> invoke.functionName("carryover-Stumbler")
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromUtf8String("{\"subject\":\"always\",\"failures\":\"9\"}")));
            CLOUD.clock().advance(Duration.ofMinutes(30));
            assertThat(seen("twice"))
                    .extracting(item -> Instant.parse(text(item, "at")))
                    .containsExactly(start, start.plus(Duration.ofMinutes(1)), start.plus(Duration.ofMinutes(3)));
            assertThat(notes("always")).hasSize(3);
            String record = sqs.receiveMessage(receive -> receive.queueUrl(ref("Lost")))
                    .messages()
                    .getFirst()
                    .body();
            assertThat(Json.parse(record).at("/requestPayload/subject").asText())
                    .isEqualTo("always");
            assertThat(Json.parse(record).at("/responsePayload/errorMessage").asText())
                    .isEqualTo("stumbled");
        }
    }

    @Test
    void patterns_match_as_eventbridge_documents_them() {
        String event =
                "{\"source\":\"a.b\",\"detail\":{\"n\":5,\"list\":[\"x\",\"y\"],\"text\":\"Hello\",\"nothing\":null}}";
        assertMatches("{\"source\":[\"a.b\"]}", event, true);
        assertMatches(
                "{\"source\":[{\"prefix\":\"a.\"}],\"detail\":{\"n\":[{\"numeric\":[\">\",0,\"<=\",5]}]}}",
                event,
                true);
        assertMatches("{\"detail\":{\"n\":[{\"numeric\":[\"<\",5]}]}}", event, false);
        assertMatches("{\"detail\":{\"list\":[\"y\"]}}", event, true);
        assertMatches("{\"detail\":{\"text\":[{\"suffix\":\"lo\"}]}}", event, true);
        assertMatches("{\"detail\":{\"text\":[{\"anything-but\":[\"Hello\"]}]}}", event, false);
        assertMatches("{\"detail\":{\"text\":[{\"anything-but\":{\"prefix\":\"X\"}}]}}", event, true);
        assertMatches("{\"detail\":{\"other\":[{\"exists\":false}],\"text\":[{\"exists\":true}]}}", event, true);
        assertMatches("{\"detail\":{\"nothing\":[null]}}", event, true);
        assertMatches("{\"$or\":[{\"source\":[\"z\"]},{\"detail\":{\"n\":[5]}}]}", event, true);
        assertThatThrownBy(() -> new EventPattern(Json.parse("{\"a\":[{\"wildcard\":\"*\"}]}")))
                .hasMessageContaining("wildcard");
    }

    @Test
    void rules_are_listed_with_their_targets() {
        try (EventBridgeClient events = CLOUD.client(EventBridgeClient.builder())) {
            assertThat(events.listRules(list -> {}).rules())
                    .extracting(rule -> rule.name())
                    .contains("carryover-ArrivalArrived");
            assertThat(events.listTargetsByRule(list -> list.rule("carryover-ArrivalArrived"))
                            .targets()
                            .getFirst()
                            .arn())
                    .isEqualTo(arn("Arrival") + ":live");
        }
    }

    private static void assertMatches(String pattern, String event, boolean expected) {
        assertThat(new EventPattern(Json.parse(pattern)).matches(Json.parse(event)))
                .as(pattern)
                .isEqualTo(expected);
    }

    private static String arn(String function) {
        Resource resource = CLOUD.template().resource(function);
        if (resource == null) throw new IllegalArgumentException(function);
        return resource.arn();
    }
}
