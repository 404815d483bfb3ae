package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.escalation.Assignment;
import health.carryover.clinical.escalation.Assignment.Arm;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.local.HoldOutRows;
import health.carryover.local.demo.ApiClient;
import health.carryover.local.demo.Clinic.Person;
import health.carryover.local.demo.SimulatedCaseload;
import health.carryover.platform.records.Key;
import health.carryover.training.HoldOutTrial;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The call of some outreaches comes later, by lot, where the clinic decided so; nothing else does. */
class HoldOutTest extends OutreachCloud {
    private static ApiClient.Response decide(Small small, boolean takesPart) {
        return small.clinic().administrator().api().put("/v1/clinic/hold-out", Map.of("takesPart", takesPart));
    }

    private static Small other(Small small, String persona) {
        Person person =
                patient(small.clinic(), small.frontDesk(), small.therapist(), persona, LocalDate.parse("2025-11-03"));
        return new Small(small.clinic(), small.frontDesk(), small.therapist(), small.covering(), person);
    }

    /** A clinic that takes part, and two of its patients who were flagged, one in each arm. */
    private record Arms(Small usual, Small later) {}

    private Arms arms() {
        Small clinic = clinicOn(DayOfWeek.MONDAY, "10:00");
        decide(clinic, true).ok();
        // Patients of whom nothing is heard, so that a fifth of all is more than two.
        new SimulatedCaseload(RECORDS)
                .fill(clinic.clinic().id(), List.of(clinic.therapist().id()), 5, 15, 70, now());
        Small usual = null;
        Small later = null;
        // Whose lot it is nobody can choose: patients are flagged until either arm has one.
        for (int i = 0; i < 30 && (usual == null || later == null); i++) {
            Small small = i == 0 ? clinic : other(clinic, "p" + i);
            flag(small);
            boolean held = open(small).orElseThrow().assignment().arm() == Arm.LATER;
            if (held && later == null) later = small;
            else if (!held && usual == null) usual = small;
            else end(small);
        }
        return new Arms(usual, later);
    }

    private static void end(Small small) {
        upload(small.patient(), session(small.clinic(), now())).ok();
    }

    @Test
    void the_decision_says_who_and_when_is_kept_with_those_before_and_stands_in_the_audit() {
        Small small = clinicNow();
        ApiClient administrator = small.clinic().administrator().api();
        assertThat(administrator.get("/v1/clinic/hold-out").status()).isEqualTo(404);
        decide(small, true).ok();
        var decision = administrator.get("/v1/clinic/hold-out").ok();
        assertThat(decision.path("takesPart").asBoolean()).isTrue();
        assertThat(decision.path("decidedBy").asText())
                .isEqualTo(small.clinic().administrator().id());
        assertThat(decision.path("decidedAt").asText()).isEqualTo(now().toString());
        decide(small, false).ok();
        assertThat(administrator.get("/v1/clinic/hold-out").ok().path("version").asInt())
                .isEqualTo(2);
        Tables tables = new Tables(CLOUD);
        String pk = Key.clinicPk(small.clinic().id());
        assertThat(tables.items("Records", pk, "HOLDOUT#")).hasSize(2);
        assertThat(tables.items("Audit")).anySatisfy(event -> {
            assertThat(event.get("operation").s()).isEqualTo("DecideHoldOut");
            assertThat(event.get("PK").s()).startsWith(pk);
            assertThat(event.get("actor").s())
                    .isEqualTo(small.clinic().administrator().id());
        });
        assertThat(small.therapist()
                        .api()
                        .put("/v1/clinic/hold-out", Map.of("takesPart", true))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void where_no_clinic_decided_nothing_is_drawn_and_every_action_still_has_its_propensity() {
        Small small = encouraged();
        assertThat(open(small).orElseThrow().assignment()).isEqualTo(Assignment.NOT_RANDOMISED);
        assertThat(open(small).orElseThrow().deadline()).isEqualTo(now().plus(Duration.ofHours(48)));
    }

    @Test
    void the_call_comes_after_48_hours_in_one_arm_and_after_96_in_the_other_and_the_push_at_once_in_both() {
        Arms arms = arms();
        Escalation usual = open(arms.usual()).orElseThrow();
        Escalation later = open(arms.later()).orElseThrow();
        assertThat(usual.assignment()).isEqualTo(new Assignment(Arm.USUAL, 0.5));
        assertThat(later.assignment()).isEqualTo(new Assignment(Arm.LATER, 0.5));
        assertThat(List.of(usual, later))
                .allSatisfy(one -> assertThat(one.encouragedAt()).isNotNull());
        assertThat(pushes(arms.later())).hasSize(1);
        assertThat(later.deadline()).isEqualTo(later.encouragedAt().plus(Duration.ofHours(96)));
        advanceTo(later.encouragedAt().plus(Duration.ofHours(48)).plusSeconds(1));
        assertThat(phase(arms.usual())).isEqualTo(Escalation.Phase.CALL);
        assertThat(phase(arms.later())).isEqualTo(Escalation.Phase.WAITING);
        advanceTo(later.deadline().minusSeconds(1));
        assertThat(phase(arms.later())).isEqualTo(Escalation.Phase.WAITING);
        advance(Duration.ofSeconds(2));
        assertThat(phase(arms.later())).isEqualTo(Escalation.Phase.CALL);
        assertThat(open(arms.later()).orElseThrow().deadline())
                .as("assigned once")
                .isEqualTo(later.deadline());
        end(arms.usual());
        end(arms.later());
    }

    @Test
    void no_arm_stands_in_clear_and_no_staff_is_told() {
        Arms arms = arms();
        new Tables(CLOUD)
                .items("Records", Key.patientPk(arms.later().ref()), "ESCALATION#")
                .forEach(item -> assertThat(item.toString()).doesNotContain("LATER", "propensity"));
        assertThat(arms.later()
                        .therapist()
                        .api()
                        .get("/v1/patients/" + arms.later().patient().id() + "/escalations")
                        .ok()
                        .toString())
                .doesNotContain("LATER", "propensity", "assignment");
        end(arms.usual());
        end(arms.later());
    }

    @Test
    void in_the_later_arm_too_pain_reaches_the_therapist_and_a_safety_event_ends_everything_at_once() {
        Arms first = arms();
        reply(first.later(), "IN_PAIN");
        assertThat(phase(first.later())).isEqualTo(Escalation.Phase.REVIEW);
        end(first.usual());
        Arms second = arms();
        second.later()
                .patient()
                .api()
                .post("/v1/me/safety", Map.of("symptom", "FALL"))
                .ok();
        CLOUD.waitUntilQuiet();
        assertThat(ended(second.later())).containsExactly("SAFETY_EVENT");
        end(second.usual());
        STEP_FUNCTIONS.stopExecution(
                stop -> stop.executionArn(executions(first.later()).getFirst()));
        CLOUD.waitUntilQuiet();
    }

    @Test
    void the_lot_is_the_same_whenever_it_is_drawn_and_half_are_held_back() {
        List<Assignment> lots = new ArrayList<>();
        java.util.SplittableRandom random = new java.util.SplittableRandom(4);
        for (int i = 0; i < 4000; i++) {
            byte[] digest = new byte[32];
            random.nextBytes(digest);
            // As the clinic's digests begin: with the name of its key.
            for (int j = 0; j < 5; j++) digest[j] = 1;
            lots.add(Assignment.draw(digest));
            assertThat(Assignment.draw(digest)).isEqualTo(lots.getLast());
        }
        assertThat(lots.stream().filter(lot -> lot.arm() == Arm.LATER).count()).isBetween(1874L, 2126L);
    }

    @Test
    void the_report_counts_who_was_silent_at_48_hours_and_who_came_back_by_96() {
        Arms arms = arms();
        Escalation usual = open(arms.usual()).orElseThrow();
        advanceTo(usual.deadline().plus(Duration.ofHours(3)));
        end(arms.usual());
        advanceTo(open(arms.later()).orElseThrow().deadline().plusSeconds(1));
        List<HoldOutTrial.Flag> flags = HoldOutRows.stored(
                CLOUD.environment("RiskScoringFunction"),
                List.of(arms.usual().clinic().id()));
        // Whoever came back at once, to make room, is not in it.
        assertThat(flags)
                .extracting(HoldOutTrial.Flag::patient, HoldOutTrial.Flag::later, HoldOutTrial.Flag::cameBack)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                arms.usual().patient().id(), false, true),
                        org.assertj.core.groups.Tuple.tuple(
                                arms.later().patient().id(), true, false));
        assertThat(flags).allMatch(flag -> flag.propensity() == 0.5);
        assertThat(HoldOutTrial.of(flags, 0.1).text()).contains("TOO FEW TO SAY ANYTHING");
        end(arms.later());
    }
}
