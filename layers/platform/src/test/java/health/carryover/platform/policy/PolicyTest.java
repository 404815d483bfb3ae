package health.carryover.platform.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import health.carryover.platform.identity.Caller;
import health.carryover.platform.identity.Caller.Role;
import health.carryover.platform.policy.Policy.Resource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may what. The resource belongs to clinic {@code c}, patient {@code p}, treated by {@code t}. */
class PolicyTest {
    private static final Policy POLICY = new Policy();

    /** Action, resource, and everybody who may; nobody else. */
    private static final String TABLE = """
            UploadSession      patient p
            UploadRecording    patient p
            ReadOwnRecord      patient p
            ReadOwnProgram     patient p
            ReadOwnProgress    patient p
            ReadOwnSessions    patient p
            ChangeConsent      patient p
            ChangePreferences  patient p
            PlanBreak          patient p
            ReplyToMessage     patient p
            ReadSafetyQuestions patient p
            ReportSafety       patient p
            RegisterDevice     patient p
            ReadOwnVideos      patient p
            UploadVideo        patient p
            CompleteVideo      patient p
            DeleteVideo        patient p
            ReadPatient        patient t
            ReadSessions       patient t
            ReadProgram        patient t
            WriteProgram       patient t
            ReadRisk           patient t
            ReadEscalations    patient t
            ReadGoals          patient t
            WriteGoal          patient t
            RecordGoalValue    patient t
            ListVideos         patient t
            PlayVideo          patient t
            ListTasks          clinic  t covering staff administrator
            RegisterOwnDevice  clinic  t covering staff administrator
            EnrolPatient       clinic  t covering staff
            ListPatients       clinic  t covering staff
            WriteAppointment   clinic  t covering staff
            WriteStaff         clinic  administrator
            ReadClinic         clinic  administrator
            DecideHoldOut      clinic  administrator
            OpenClinic         clinic  operator
            WorkOnTask         CALL         staff
            WorkOnTask         FOLLOW_UP    staff administrator
            WorkOnTask         ASK_AT_VISIT t covering staff
            WorkOnTask         REVIEW       t covering
            WorkOnTask         REVIEW_ITEM  t covering
            WorkOnTask         SAFETY       t covering
            """;

    private static final Map<String, Caller> CALLERS = new HashMap<>();

    static {
        for (String clinic : List.of("c", "elsewhere")) {
            String suffix = clinic.equals("c") ? "" : " elsewhere";
            CALLERS.put("p" + suffix, new Caller(clinic, "p", Set.of(Role.PATIENT)));
            CALLERS.put("another patient" + suffix, new Caller(clinic, "q", Set.of(Role.PATIENT)));
            CALLERS.put("t" + suffix, new Caller(clinic, "t", Set.of(Role.THERAPIST)));
            CALLERS.put("covering" + suffix, new Caller(clinic, "u", Set.of(Role.THERAPIST)));
            CALLERS.put("staff" + suffix, new Caller(clinic, "s", Set.of(Role.STAFF)));
            CALLERS.put("administrator" + suffix, new Caller(clinic, "a", Set.of(Role.ADMINISTRATOR)));
            CALLERS.put("compliance" + suffix, new Caller(clinic, "k", Set.of(Role.COMPLIANCE)));
            CALLERS.put("nobody" + suffix, new Caller(clinic, "p", Set.of()));
        }
        CALLERS.put("operator", new Caller("operators", "o", Set.of(Role.OPERATOR)));
    }

    record Row(String action, String resource, Set<String> allowed) {
        @Override
        public String toString() {
            return action + " " + resource;
        }
    }

    static Stream<Row> table() {
        return TABLE.lines()
                .map(line -> line.strip().split(" +"))
                .map(cells -> new Row(
                        cells[0], cells[1], Set.copyOf(Arrays.asList(cells).subList(2, cells.length))));
    }

    private static Resource resource(String name) {
        return switch (name) {
            case "patient" -> new Resource.PatientRecord("c", "p", "t");
            case "clinic" -> new Resource.ClinicRecord("c");
            default -> new Resource.TaskRecord("c", "task", name);
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void table(Row row) {
        Set<String> allowed = CALLERS.keySet().stream()
                .filter(name -> POLICY.permits(
                        Objects.requireNonNull(CALLERS.get(name)), row.action(), resource(row.resource())))
                .collect(Collectors.toSet());
        assertThat(allowed).isEqualTo(row.allowed());
    }

    @Test
    void the_table_speaks_of_every_action() {
        Set<String> actions = new TreeSet<>();
        table().forEach(row -> actions.add(row.action()));
        assertThat(POLICY.actions()).containsExactlyElementsOf(actions);
    }

    @Test
    void a_therapist_treats_nobody_whose_therapist_is_unknown() {
        assertThat(POLICY.permits(
                        new Caller("c", "t", Set.of(Role.THERAPIST)),
                        "ReadPatient",
                        new Resource.PatientRecord("c", "p", null)))
                .isFalse();
    }

    @Test
    void somebody_with_two_roles_may_what_either_may_and_no_more() {
        Caller both = new Caller("c", "t", Set.of(Role.THERAPIST, Role.ADMINISTRATOR));
        assertThat(POLICY.permits(both, "ReadPatient", resource("patient"))).isTrue();
        assertThat(POLICY.permits(both, "WriteStaff", resource("clinic"))).isTrue();
        assertThat(POLICY.permits(both, "OpenClinic", resource("clinic"))).isFalse();
        assertThat(POLICY.permits(both, "WorkOnTask", resource("CALL"))).isFalse();
    }

    @Test
    void an_action_that_no_policy_names_is_allowed_to_nobody_and_its_operation_does_not_start() {
        for (Caller caller : CALLERS.values())
            assertThat(POLICY.permits(caller, "EraseEverything", resource("clinic")))
                    .isFalse();
        assertThatIllegalStateException().isThrownBy(() -> POLICY.requireKnown("EraseEverything"));
    }
}
