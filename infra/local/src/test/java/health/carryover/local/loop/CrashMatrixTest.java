package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.escalation.Escalation;
import health.carryover.local.cloud.Invocation;
import health.carryover.local.demo.ApiClient.Response;
import health.carryover.local.demo.Clinic.Person;
import health.carryover.local.simulation.FaultPoint.Fault;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Task;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function of the path, with a fault at each of its calls in turn: the process ends before or after the call took
 * effect, the answer is lost, the table is throttled, the transaction meets another. Then whoever caused the invocation
 * tries again, as on AWS: the state machine's retriers, the stream, the event queue, the phone, the browser. What is
 * stored and sent in the end is what a run without a fault leaves behind.
 */
class CrashMatrixTest extends OutreachCloud {
    private static final Duration RETRIED = Duration.ofMinutes(4);
    private static final String RUN = "matrix";
    private static final Map<Fault, Integer> CASES = new TreeMap<>();
    private static final Map<String, Integer> CALLS = new TreeMap<>();
    private static int violations;
    private static int doubledPushes;

    /** What is left of a patient's story. Audit events of reads and refusals are not compared, those of changes are. */
    record End(
            int sessions,
            int contacts,
            List<String> outreaches,
            List<String> tasks,
            int pushes,
            int stored,
            int count,
            Map<String, Long> audited) {}

    /** A story and the functions whose calls it is about. */
    enum Story {
        ENGAGED(
                "StartEscalationsFunction",
                "OpenEscalationFunction",
                "EncourageFunction",
                "ArmEngagementFunction",
                "SessionUploadFunction",
                "SessionEventsFunction",
                "CloseEscalationFunction") {
            @Override
            void tell(Small small) {
                flagged(small);
                session(small);
            }
        },
        BACK_WHILE_ARMING("ArmEngagementFunction") {
            @Override
            void tell(Small small) {
                night(small, RUN, small.patient().id());
                // Right now: of a fault in arming, the retry comes only seconds later.
                session(small);
            }
        },
        CALLED("CreateCallTaskFunction", "ArmCallFunction", "ClinicApiFunction") {
            @Override
            void tell(Small small) {
                late(small);
                worked(small.frontDesk(), call(small), Map.of("outcome", "RESUMED"));
            }
        },
        REVIEWED("CreateReviewFunction", "ArmReviewFunction", "ClinicApiFunction") {
            @Override
            void tell(Small small) {
                late(small);
                worked(small.frontDesk(), call(small), Map.of("outcome", "BARRIER_PAIN"));
                Map<String, Object> program = Map.of(
                        "days",
                        List.of("MONDAY"),
                        "sessionsPerDay",
                        1,
                        "exercises",
                        List.of(Map.of("code", "squat", "sets", 2, "repetitions", 8)));
                worked(small.therapist(), review(small), Map.of("outcome", "MODIFY", "program", program));
            }
        },
        FORGOTTEN("RemindCallFunction", "RemindReviewFunction") {
            @Override
            void tell(Small small) {
                late(small);
                for (int day = 0; day < 12 && task(small, "-review").isEmpty(); day++) advance(Duration.ofDays(1));
                for (int day = 0; day < 5; day++) advance(Duration.ofDays(1));
                worked(small.therapist(), review(small), Map.of("outcome", "KEEP"));
                worked(
                        small.clinic().administrator(),
                        task(small, "-owner").orElseThrow(),
                        Map.of("outcome", "CLEARED"));
            }
        },
        REPLIED("PatientApiFunction", "SessionEventsFunction") {
            @Override
            void tell(Small small) {
                flagged(small);
                again(() -> small.patient().api().post("/v1/me/replies", Map.of("answer", "FINE")));
            }
        },
        SAFETY("PatientApiFunction", "SessionEventsFunction", "LookAfterSafetyTaskFunction", "ClinicApiFunction") {
            @Override
            void tell(Small small) {
                flagged(small);
                Map<String, String> report = Map.of(
                        "symptom", "CALF",
                        "reportId", small.clinic().sessionId(now()),
                        "reportedAt", now().toString());
                String id = again(() -> small.patient().api().post("/v1/me/safety", report))
                        .path("id")
                        .asText();
                advance(Duration.ofMinutes(70));
                Task task = SafetyCloud.task(small.clinic(), "safety-" + id);
                worked(small.therapist(), task, Map.of("outcome", "CLEARED"));
            }
        },
        ABORTED("CompensateEscalationFunction") {
            @Override
            void tell(Small small) {
                late(small);
                String execution = executions(small).getFirst();
                STEP_FUNCTIONS.stopExecution(stop -> stop.executionArn(execution));
                settle();
                worked(
                        small.clinic().administrator(),
                        task(small, "-failed").orElseThrow(),
                        Map.of("outcome", "CLEARED"));
            }
        };

        final List<String> functions;

        Story(String... functions) {
            this.functions = List.of(functions);
        }

        abstract void tell(Small small);
    }

    private static void settle() {
        CLOUD.waitUntilQuiet();
        advance(RETRIED);
    }

    private static void flagged(Small small) {
        var payload = Json.MAPPER.valueToTree(Map.of(
                "run",
                RUN,
                "clinics",
                List.of(Map.of(
                        "clinic",
                        small.clinic().id(),
                        "flagged",
                        List.of(small.patient().id())))));
        Invocation answer = CLOUD.invoke("StartEscalationsFunction", payload);
        if (answer instanceof Invocation.Failed) answer = CLOUD.invoke("StartEscalationsFunction", payload);
        assertThat(answer).isInstanceOf(Invocation.Answered.class);
        settle();
    }

    private static void late(Small small) {
        flagged(small);
        advance(Duration.ofHours(48));
        settle();
    }

    /** Uploaded, and once more as by a phone that did not hear the answer. */
    private static void session(Small small) {
        Map<String, Object> session = LoopCloud.session(small.clinic(), now());
        for (int i = 0; i < 2; i++)
            again(() -> small.patient()
                    .api()
                    .call("POST", "/v1/sessions", session, Map.of("Carryover-Sent-At", now().toString())));
    }

    private static void worked(Person person, Task task, Map<String, Object> outcome) {
        again(() -> claim(person, task));
        again(() -> person.api().post("/v1/tasks/" + task.id() + "/outcome", outcome));
    }

    /** The same request again while the answer is that something broke. */
    private static com.fasterxml.jackson.databind.JsonNode again(Supplier<Response> request) {
        Response answer = request.get();
        if (answer.status() >= 500) answer = request.get();
        settle();
        return answer.ok();
    }

    private static End end(Small small) {
        String pk = Key.patientPk(small.ref());
        List<Entry<Escalation>> outreaches = RECORDS.prefix(pk, "ESCALATION#", Kind.ESCALATION);
        List<String> keys = pushes(small).stream()
                .map(push -> push.body().replaceAll(".*collapse_key[^0-9a-f]*([0-9a-f-]{20,}).*", "$1"))
                .toList();
        int distinct = (int) keys.stream().distinct().count();
        doubledPushes += keys.size() - distinct;
        return new End(
                RECORDS.prefix(pk, "SESSION#", Kind.SESSION).size(),
                RECORDS.prefix(pk, "CONTACT#", Kind.CONTACT).size(),
                outreaches.stream()
                        .map(entry ->
                                entry.content().phase() + " " + entry.content().closedBecause())
                        .toList(),
                RECORDS.prefix(Key.clinicPk(small.clinic().id()), "TASK#", Kind.TASK).stream()
                        .map(Entry::content)
                        .filter(task -> task.patient().equals(small.patient().id()))
                        .map(task -> task.work() + " " + task.status() + " " + task.outcome())
                        .sorted()
                        .toList(),
                distinct,
                sent(small).size(),
                RECORDS.openCount(small.clinic().id()),
                new Tables(CLOUD)
                        .audit(pk).stream()
                                .filter(event -> !event.endsWith(" REFUSED"))
                                .filter(event -> !event.matches("(Read|List|Told|Tell).*"))
                                // A retry arms again with a token of its own; a repeated request is audited again.
                                .collect(Collectors.groupingBy(event -> event, TreeMap::new, Collectors.counting()))
                                .entrySet()
                                .stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        event -> event.getKey().matches("(Arm|ReplyToMessage).*")
                                                ? 1L
                                                : event.getValue(),
                                        (one, _) -> one,
                                        TreeMap::new)));
    }

    private static Small next(Small clinic) {
        advanceTo(next(DayOfWeek.MONDAY, "10:00"));
        Person patient = patient(
                clinic.clinic(),
                clinic.frontDesk(),
                clinic.therapist(),
                "patient-" + clinic.clinic().sessionId(now()),
                now().atZone(ZONE).toLocalDate().minusDays(60));
        return new Small(clinic.clinic(), clinic.frontDesk(), clinic.therapist(), clinic.covering(), patient);
    }

    /** The shortest; all of them, which take many minutes, with {@code -Dcarryover.faults=all}. */
    static Stream<Story> stories() {
        return System.getProperty("carryover.faults", "").equals("all")
                ? Stream.of(Story.values())
                : Stream.of(Story.BACK_WHILE_ARMING);
    }

    @ParameterizedTest
    @MethodSource("stories")
    void a_fault_at_any_call_changes_nothing_of_how_the_story_ends(Story story) {
        Small clinic = clinicNow();
        Small clean = next(clinic);
        FAULTS.takeCalls();
        story.tell(clean);
        Map<String, List<String>> calls = FAULTS.takeCalls();
        End expected = end(clean);
        assertThat(expected.count()).isZero();
        System.out.println(story + " ends as " + expected);
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        for (String function : story.functions) {
            assertThat(calls).as(story + " is about").containsKey(function);
            CALLS.merge(function, calls.get(function).size(), Math::max);
            for (Fault fault : Fault.values())
                for (int call = 0; call < calls.get(function).size(); call++) {
                    if (!fault.at(calls.get(function).get(call))) continue;
                    Small small = next(clinic);
                    FAULTS.arm(function, call, fault);
                    String broke = "";
                    try {
                        story.tell(small);
                    } catch (RuntimeException | AssertionError e) {
                        broke = " and the story broke: " + e;
                    }
                    FAULTS.disarm();
                    String happened = FAULTS.happened();
                    if (happened == null) continue;
                    CASES.merge(fault, 1, Integer::sum);
                    cases++;
                    End end = end(small);
                    if (end.equals(expected) && broke.isEmpty()) continue;
                    wrong.add(happened + broke + "\n     ended " + end);
                    System.out.println("VIOLATION " + wrong.getLast());
                }
        }
        violations += wrong.size();
        System.out.println(story + ": " + cases + " cases, " + wrong.size() + " violations");
        assertThat(wrong).as("expected " + expected).isEmpty();
    }

    @AfterAll
    static void totals() {
        System.out.println("Crash matrix: " + CALLS.size() + " functions, "
                + CALLS.values().stream().mapToInt(Integer::intValue).sum() + " calls " + CALLS + ", cases " + CASES
                + ", pushes sent once more under the same collapse key " + doubledPushes + ", violations "
                + violations);
    }
}
