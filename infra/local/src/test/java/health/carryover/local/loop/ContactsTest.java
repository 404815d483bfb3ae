package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.engagement.ContactCap;
import health.carryover.clinical.engagement.Encouragement.Reason;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.clinical.risk.FeatureGroup;
import health.carryover.clinical.setup.Language;
import health.carryover.local.demo.Clinic;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.RiskScore;
import health.carryover.platform.records.SentContact;
import health.carryover.platform.records.SentContacts;
import health.carryover.platform.records.SentContacts.Draft;
import health.carryover.platform.records.SentContacts.Result;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What reaches a patient: in which words, how often at most, and that all of it is on record. */
class ContactsTest extends OutreachCloud {
    private static void risk(Small small, FeatureGroup... groups) {
        RECORDS.commit(List.of(new Write.Overwrite(new Entry<>(
                Key.risk(small.ref(), LocalDate.ofInstant(now(), ZONE)),
                Kind.RISK,
                now().toEpochMilli(),
                new RiskScore(now(), null, "HIGH", List.of(), "a model", null, true, 0, List.of(groups)),
                Map.of()))));
    }

    private static String pushed(Small small) {
        flag(small);
        assertThat(pushes(small)).hasSize(1);
        return words(pushes(small).getFirst());
    }

    @Test
    void the_words_of_the_push_go_by_the_first_reason_of_the_risk() {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        risk(small, FeatureGroup.VISITS, FeatureGroup.TIME_OF_DAY, FeatureGroup.RECENCY);
        assertThat(pushed(small)).isIn(pushTexts(Reason.TIME_OF_DAY, Language.ENGLISH));
    }

    @Test
    void a_patient_who_speaks_spanish_reads_spanish() {
        Small other = clinicOn(DayOfWeek.MONDAY, "10:00");
        Clinic.Person lucia = other.clinic()
                .enrol(
                        other.frontDesk(),
                        other.therapist(),
                        new Clinic.NewPatient(
                                "lucia",
                                "Lucia Example",
                                "+12125550144",
                                ZONE.getId(),
                                "es",
                                "KNEE_ARTHROPLASTY",
                                LocalDate.parse("2025-11-03"),
                                List.of("MONDAY", "WEDNESDAY", "FRIDAY"),
                                List.of(Map.of("code", "squat", "sets", 3, "repetitions", 10))));
        Small small = new Small(other.clinic(), other.frontDesk(), other.therapist(), other.covering(), lucia);
        risk(small, FeatureGroup.RECENCY);
        assertThat(pushed(small)).isIn(pushTexts(Reason.NO_SESSION, Language.SPANISH));
        upload(lucia, session(small.clinic(), now())).ok();
    }

    @Test
    void pain_is_never_what_a_push_is_about() {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        risk(small, FeatureGroup.PAIN);
        assertThat(pushed(small))
                .isIn(pushTexts(Reason.NO_SESSION, Language.ENGLISH))
                .isNotIn(pushTexts(Reason.PAIN, Language.ENGLISH));
    }

    @Test
    void a_push_and_a_call_are_on_record_and_in_the_audit() {
        Small small = toBeCalled();
        claim(small.frontDesk(), call(small)).ok();
        finish(small.frontDesk(), call(small), "NO_ANSWER").ok();
        assertThat(sent(small))
                .extracting(SentContact::kind)
                .containsExactly(ContactCap.Kind.ENCOURAGEMENT, ContactCap.Kind.CALL);
        assertThat(sent(small).getFirst())
                .returns(last(small).id(), SentContact::id)
                .returns(Patient.Channel.PUSH, SentContact::channel)
                .returns(last(small).encouragedAt(), SentContact::at);
        assertThat(sent(small).getLast().sender()).isEqualTo(small.frontDesk().id());
        assertThat(new Tables(CLOUD).audit(Key.patientPk(small.ref())))
                .contains("ContactENCOURAGEMENT STORED", "ContactCALL STORED");
    }

    @Test
    void a_patient_who_wants_no_pushes_gets_none_and_none_is_counted() {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        prefer(small, "08:00", "20:00", "PUSH");
        flag(small);
        assertThat(pushes(small)).isEmpty();
        assertThat(sent(small)).isEmpty();
    }

    @Test
    void after_another_contact_of_the_day_the_push_waits_until_a_day_has_passed() {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        reached(small, ContactCap.Kind.STAFF_MESSAGE);
        advance(Duration.ofMinutes(30));
        flag(small);
        advance(Duration.ofHours(23));
        assertThat(pushes(small)).isEmpty();
        assertThat(phase(small)).isEqualTo(Escalation.Phase.OPENED);
        advance(Duration.ofMinutes(30));
        assertThat(pushes(small)).hasSize(1);
        assertThat(last(small).deadline()).as("48 hours from the push").isEqualTo(now().plus(Duration.ofHours(48)));
    }

    @Test
    void with_the_week_full_there_is_no_push_and_the_48_hours_count_without_one() {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        for (int day = 0; day < 4; day++) {
            reached(small, ContactCap.Kind.STAFF_MESSAGE);
            advance(Duration.ofDays(1));
        }
        flag(small);
        assertThat(pushes(small)).isEmpty();
        assertThat(phase(small)).isEqualTo(Escalation.Phase.WAITING);
        assertThat(last(small).deadline()).isEqualTo(now().plus(Duration.ofHours(48)));
        assertThat(sent(small)).hasSize(4);
    }

    @Test
    void a_call_waits_for_room_and_says_from_when() {
        Small small = encouraged();
        advance(Duration.ofHours(47));
        reached(small, ContactCap.Kind.STAFF_MESSAGE);
        advance(Duration.ofHours(1));
        // Contacted on Wednesday at 9, so there is room on Thursday at 9, and the call is due four hours of work later.
        assertThat(call(small))
                .returns(Task.Work.CALL, Task::work)
                .returns(next(DayOfWeek.THURSDAY, "13:00"), Task::dueAt);
        assertThat(call(small).reasons())
                .last()
                .asString()
                .startsWith("Was contacted enough for now: call from Thursday");
        // A person who calls all the same is not held up, and it counts.
        claim(small.frontDesk(), call(small)).ok();
        finish(small.frontDesk(), call(small), "RESUMED").ok();
        assertThat(sent(small)).hasSize(3);
    }

    @Test
    void a_safety_report_is_heard_however_full_the_week_is() {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        for (int i = 0; i < 4; i++) reached(small, ContactCap.Kind.STAFF_MESSAGE);
        small.patient().api().post("/v1/me/safety", Map.of("symptom", "CALF")).ok();
        JsonNode task = listed(small.therapist()).get(0);
        assertThat(task.path("work").asText()).isEqualTo("SAFETY");
        assertThat(task.path("dueAt").asText())
                .isEqualTo(now().plus(Duration.ofMinutes(30)).toString());
    }

    @Test
    void a_step_that_fell_over_between_storing_and_sending_sends_at_its_next_try_and_counts_once() {
        Small small = clinicOn(DayOfWeek.TUESDAY, "02:00");
        flag(small);
        // What a try that fell over at 8 would have left behind.
        SentContacts contacts = sentContacts();
        Result first = contacts.store(small.ref(), draft(last(small).id()), false, now());
        assertThat(first).isInstanceOf(Result.Stored.class);
        advance(Duration.ofHours(6));
        assertThat(pushes(small)).hasSize(1);
        assertThat(words(pushes(small).getFirst()))
                .isEqualTo(pushTexts(Reason.NO_SESSION, Language.ENGLISH).getFirst());
        assertThat(pushes(small).getFirst().body()).contains(last(small).id());
        assertThat(sent(small)).hasSize(1);
    }

    private static Draft draft(String id) {
        return Draft.push(id, ContactCap.Kind.ENCOURAGEMENT, "test", previous -> "no_session_1");
    }

    @Test
    void of_many_senders_at_the_same_moment_one_finds_room() throws Exception {
        Small small = clinicOn(DayOfWeek.MONDAY, "10:00");
        int senders = 6;
        int rounds = 4;
        try (ExecutorService threads = Executors.newFixedThreadPool(senders)) {
            for (int round = 0; round < rounds; round++) {
                CyclicBarrier together = new CyclicBarrier(senders);
                Instant now = now();
                List<Callable<Result>> sending = new ArrayList<>();
                for (int sender = 0; sender < senders; sender++) {
                    SentContacts contacts = sentContacts();
                    ContactCap.Kind kind = sender % 2 == 0 ? ContactCap.Kind.REMINDER : ContactCap.Kind.STREAK;
                    Draft draft = Draft.push("r" + round + "-" + sender, kind, "test", UnaryOperator.identity());
                    sending.add(() -> {
                        together.await();
                        return contacts.store(small.ref(), draft, false, now);
                    });
                }
                int stored = 0;
                for (Future<Result> one : threads.invokeAll(sending)) if (one.get() instanceof Result.Stored) stored++;
                assertThat(stored).as("one contact a day").isEqualTo(1);
                assertThat(sent(small)).hasSize(round + 1);
                advance(Duration.ofDays(1));
            }
        }
        // Four in the week: the fifth day has room for nobody.
        assertThat(sentContacts().store(small.ref(), draft("fifth"), false, now()))
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo(ContactCap.Why.WEEK_FULL));
    }
}
