package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.engagement.Encouragement.Reason;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.clinical.setup.Language;
import health.carryover.local.demo.Clinic;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When the encouraging message goes out, and from when 48 hours count. */
class PushTest extends OutreachCloud {
    @Test
    void flagged_in_the_daytime_the_message_goes_out_at_once_and_says_nothing_about_the_person() {
        Small small = encouraged();
        assertThat(pushes(small)).singleElement().satisfies(push -> {
            assertThat(push.at()).isEqualTo(now());
            assertThat(words(push)).isIn(pushTexts(Reason.NO_SESSION, Language.ENGLISH));
            assertThat(push.body()).doesNotContain("Pat", "exercise");
        });
        assertThat(last(small).deadline()).isEqualTo(now().plus(Duration.ofHours(48)));
    }

    @Test
    void flagged_at_night_the_message_waits_for_eight_and_48_hours_count_from_there() {
        Small small = clinicOn(DayOfWeek.TUESDAY, "02:00");
        flag(small);
        Instant eight = now().plus(Duration.ofHours(6));
        advanceTo(eight.minusSeconds(1));
        assertThat(pushes(small)).isEmpty();
        assertThat(phase(small)).isEqualTo(Escalation.Phase.OPENED);
        advanceTo(eight);
        assertThat(pushes(small)).hasSize(1);
        Instant deadline = eight.plus(Duration.ofHours(48));
        advanceTo(deadline.minusSeconds(1));
        assertThat(phase(small)).isEqualTo(Escalation.Phase.WAITING);
        advanceTo(deadline);
        assertThat(phase(small)).isEqualTo(Escalation.Phase.CALL);
        assertThat(pushes(small)).as("one message, no nagging").hasSize(1);
    }

    @Test
    void a_patient_who_exercised_before_the_message_went_out_gets_none() {
        Small small = clinicOn(DayOfWeek.TUESDAY, "02:00");
        flag(small);
        advance(Duration.ofHours(4));
        upload(small.patient(), session(small.clinic(), now())).ok();
        advance(Duration.ofHours(2));
        assertThat(ended(small)).containsExactly("ENGAGED");
        assertThat(pushes(small)).isEmpty();
    }

    @Test
    void the_patients_own_hours_are_kept_even_if_changed_while_the_message_waits() {
        Small small = clinicOn(DayOfWeek.TUESDAY, "02:00");
        prefer(small, "10:30", "14:00");
        flag(small);
        advance(Duration.ofHours(8));
        assertThat(pushes(small)).isEmpty();
        prefer(small, "12:00", "14:00");
        advance(Duration.ofMinutes(30));
        assertThat(pushes(small)).isEmpty();
        advance(Duration.ofMinutes(90));
        assertThat(pushes(small))
                .singleElement()
                .satisfies(
                        push -> assertThat(push.at().atZone(ZONE).toLocalTime()).isEqualTo(LocalTime.NOON));
    }

    @Test
    void in_the_night_in_which_the_clocks_change_the_message_still_comes_at_eight() {
        var change = ZONE.getRules().nextTransition(now());
        Instant evening = change.getDateTimeBefore()
                .toLocalDate()
                .minusDays(1)
                .atTime(21, 0)
                .atZone(ZONE)
                .toInstant();
        advanceTo(evening);
        Small small = clinicNow();
        flag(small);
        // From 21:00 to 8:00 are eleven hours, but ten in March and twelve in November.
        int hours = change.isGap() ? 10 : 12;
        advanceTo(evening.plus(Duration.ofHours(hours)).minusSeconds(1));
        assertThat(pushes(small)).isEmpty();
        advance(Duration.ofSeconds(1));
        assertThat(pushes(small)).hasSize(1);
        if (change.getDateTimeBefore().toLocalDate().equals(LocalDate.parse("2026-03-08")))
            assertThat(now()).isEqualTo("2026-03-08T12:00:00Z");
        assertThat(last(small).deadline()).isEqualTo(now().plus(Duration.ofHours(48)));
    }

    @Test
    void a_patient_who_wants_no_messages_gets_none_but_still_48_hours_before_a_call() {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        prefer(small, "08:00", "20:00", "PUSH");
        flag(small);
        advance(Duration.ofHours(48).minusSeconds(1));
        assertThat(phase(small)).isEqualTo(Escalation.Phase.WAITING);
        advance(Duration.ofSeconds(1));
        assertThat(phase(small)).isEqualTo(Escalation.Phase.CALL);
        assertThat(pushes(small)).isEmpty();
    }

    @Test
    void a_patient_with_a_session_a_week_has_until_a_day_after_the_next_one() {
        Small other = clinicOn(DayOfWeek.MONDAY, "10:00");
        Clinic.Person weekly = other.clinic()
                .enrol(
                        other.frontDesk(),
                        other.therapist(),
                        new Clinic.NewPatient(
                                "weekly",
                                "Wim Weekly",
                                "+12125550143",
                                ZONE.getId(),
                                "en",
                                "KNEE_ARTHROPLASTY",
                                LocalDate.parse("2025-11-03"),
                                List.of("FRIDAY"),
                                List.of(Map.of("code", "squat", "sets", 3, "repetitions", 10))));
        Small small = new Small(other.clinic(), other.frontDesk(), other.therapist(), other.covering(), weekly);
        flag(small);
        // Friday's session may be done all Friday; a day later it is Saturday's end.
        Instant deadline = next(DayOfWeek.SUNDAY, "00:00");
        assertThat(last(small).deadline()).isEqualTo(deadline);
        advanceTo(deadline.minusSeconds(1));
        assertThat(phase(small)).isEqualTo(Escalation.Phase.WAITING);
        advanceTo(deadline);
        assertThat(phase(small)).isEqualTo(Escalation.Phase.CALL);
        claim(small.frontDesk(), call(small)).ok();
        finish(small.frontDesk(), call(small), "RESUMED").ok();
    }
}
