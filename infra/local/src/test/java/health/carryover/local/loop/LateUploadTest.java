package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.demo.Clinic.Person;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LateUploadTest extends LoopCloud {
    private static LocalDate today() {
        return now().atZone(ZONE).toLocalDate();
    }

    private static Instant at(LocalDate day, int hour) {
        return day.atTime(hour, 0).atZone(ZONE).toInstant();
    }

    private static JsonNode adherence(Person patient) {
        return patient.api().get("/v1/me").ok().path("adherence");
    }

    @Test
    void late_sessions_count_for_the_days_on_which_they_were_done_in_whatever_order_they_come() {
        Small small = small();
        LocalDate today = today();
        upload(small.patient(), session(small.clinic(), at(today.minusDays(2), 10)))
                .ok();
        assertThat(adherence(small.patient()).path("lastSession").asText())
                .isEqualTo(today.minusDays(2).toString());
        JsonNode before = adherence(small.patient());

        // Uploaded last, done first: the day of the last session stays, one more is done.
        upload(small.patient(), session(small.clinic(), at(today.minusDays(5), 10)))
                .ok();
        JsonNode after = adherence(small.patient());
        assertThat(after.path("lastSession")).isEqualTo(before.path("lastSession"));
        assertThat(after.path("done").asInt()).isEqualTo(before.path("done").asInt() + 1);
        assertThat(after.path("prescribed")).isEqualTo(before.path("prescribed"));

        // Before the window: stored, but the days that are counted do not change.
        upload(small.patient(), session(small.clinic(), at(today.minusDays(60), 10)))
                .ok();
        assertThat(adherence(small.patient())).isEqualTo(after);
        assertThat(small.patient().api().get("/v1/me/sessions").ok().path("sessions"))
                .extracting(one -> one.path("session").path("endedAt").asText())
                .containsExactly(
                        at(today.minusDays(2), 10).toString(),
                        at(today.minusDays(5), 10).toString(),
                        at(today.minusDays(60), 10).toString());
    }

    @Test
    void the_therapist_reads_a_score_with_its_parts_and_the_patient_no_mark() {
        Small small = small();
        LocalDate today = today();
        upload(small.patient(), session(small.clinic(), at(today.minusDays(1), 10)))
                .ok();
        JsonNode shown = small.therapist()
                .api()
                .get("/v1/patients/" + small.patient().id())
                .ok()
                .path("adherence");
        assertThat(shown.path("score").asInt()).isBetween(1, 100);
        assertThat(shown.path("line").asText()).startsWith(shown.path("score").asText() + " of 100: 1 of ");
        assertThat(adherence(small.patient()).has("score")).isFalse();
        assertThat(adherence(small.patient()).has("line")).isFalse();
    }

    private static String parts(Small small) {
        String line = small.therapist()
                .api()
                .get("/v1/patients/" + small.patient().id())
                .ok()
                .at("/adherence/line")
                .asText();
        return line.substring(line.indexOf('(') + 1, line.indexOf(')'));
    }

    @Test
    void a_late_upload_changes_the_week_it_was_done_in_and_no_other() {
        Small small = small();
        LocalDate monday =
                today().with(java.time.temporal.TemporalAdjusters.previousOrSame(java.time.DayOfWeek.MONDAY));
        for (int week = 1; week <= 4; week++)
            upload(
                            small.patient(),
                            session(small.clinic(), at(monday.minusWeeks(week).plusDays(1), 10)))
                    .ok();
        String[] before = parts(small).split(" ");
        upload(small.patient(), session(small.clinic(), at(monday.minusWeeks(3).plusDays(3), 10)))
                .ok();
        String[] after = parts(small).split(" ");
        assertThat(before[1]).isEqualTo("1/7");
        assertThat(after[1]).isEqualTo("2/7");
        for (int week : new int[] {0, 2, 3}) assertThat(after[week]).isEqualTo(before[week]);
        assertThat(after[4].split("/")[0])
                .as("the running week")
                .isEqualTo(before[4].split("/")[0]);
    }

    @Test
    void a_session_in_which_everything_was_skipped_is_stored_but_not_done() {
        Small small = small();
        Map<String, Object> session = session(small.clinic(), now());
        session.put("exercises", List.of(Map.of("code", "squat", "completion", "SKIPPED")));
        upload(small.patient(), session).ok();
        assertThat(adherence(small.patient()).path("done").asInt()).isZero();
        assertThat(small.patient().api().get("/v1/me/sessions").ok().path("sessions"))
                .hasSize(1);
    }

    /** AdherenceTest has the days on which clocks change; here the day is the one of the zone that the phone sent. */
    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "23:59:59, America/New_York",
        "00:00:00, America/New_York",
        "23:30:00, Pacific/Honolulu",
        "00:30:00, Pacific/Auckland",
        "12:00:00, Asia/Kathmandu",
    })
    void a_session_counts_for_the_local_day_on_which_it_ended(String time, String zone) {
        Small small = small();
        LocalDate day = today().minusDays(3);
        Map<String, Object> session = session(
                small.clinic(),
                day.atTime(LocalTime.parse(time)).atZone(ZoneId.of(zone)).toInstant());
        session.put("zone", zone);
        upload(small.patient(), session).ok();
        assertThat(adherence(small.patient()).path("lastSession").asText()).isEqualTo(day.toString());
    }

    @Test
    void a_session_done_on_a_journey_counts_for_the_day_of_the_place_where_it_was_done() {
        Small small = small();
        ZoneId tokyo = ZoneId.of("Asia/Tokyo");
        LocalDate day = today().minusDays(3);
        Instant ended = LocalDateTime.of(day, LocalTime.of(8, 0)).atZone(tokyo).toInstant();
        assertThat(ended.atZone(ZONE).toLocalDate()).isEqualTo(day.minusDays(1));
        Map<String, Object> session = session(small.clinic(), ended);
        session.put("zone", tokyo.getId());
        upload(small.patient(), session).ok();
        assertThat(adherence(small.patient()).path("lastSession").asText()).isEqualTo(day.toString());
    }

    @Test
    void a_session_of_a_year_ago_is_kept_and_one_a_day_older_is_refused() {
        Small small = small();
        assertThat(upload(
                                small.patient(),
                                session(
                                        small.clinic(),
                                        now().minus(Duration.ofDays(366)).plus(Duration.ofMinutes(15))))
                        .status())
                .isEqualTo(201);
        assertThat(upload(small.patient(), session(small.clinic(), now().minus(Duration.ofDays(367))))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void a_long_history_is_read_page_by_page_without_gap_or_repeat() {
        Small small = small();
        List<String> sent = new ArrayList<>();
        for (int day = 1; day <= 7; day++) {
            Map<String, Object> session = session(small.clinic(), at(today().minusDays(day), 10));
            upload(small.patient(), session).ok();
            sent.add(String.valueOf(session.get("sessionId")));
        }
        List<String> read = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = small.patient()
                    .api()
                    .get("/v1/me/sessions?limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .ok();
            page.path("sessions")
                    .forEach(one ->
                            read.add(one.path("session").path("sessionId").asText()));
            cursor = page.path("nextCursor").asText("");
            pages++;
        } while (!cursor.isEmpty());
        assertThat(read).isEqualTo(sent);
        assertThat(pages).isEqualTo(3);
    }
}
