package health.carryover.local.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.escalation.Engagement;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.local.demo.ApiClient.Response;
import health.carryover.local.demo.Clinic.Person;
import health.carryover.local.simulation.FaultPoint.Fault;
import health.carryover.local.simulation.SimulatedPatient.Place;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** What can happen in the simulated world. Each step does one thing, tells the model what was accepted, and says it. */
final class Steps {
    private static final List<String> CALLS =
            List.of("RESUMED", "BARRIER_PAIN", "BARRIER_TIME", "NO_ANSWER", "DECLINED", "CLINICAL_CONCERN");

    private final SimulatedWorld world;
    private final Random random;
    private int night;

    Steps(SimulatedWorld world, Random random) {
        this.world = world;
        this.random = random;
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private SimulatedPatient somebody() {
        return one(world.patients);
    }

    /** Sent again, as phones and browsers do, while the answer is that something broke. */
    private Response sent(Supplier<Response> request) {
        Response answer = request.get();
        for (int again = 0; again < 3 && answer.status() >= 500; again++) answer = request.get();
        if (answer.status() >= 500) throw new Violation("the API answered " + answer.status() + " four times");
        return answer;
    }

    String upload() {
        SimulatedPatient patient = somebody();
        // Up to two days late, since phones are offline.
        Instant ended = world.now().minus(Duration.ofMinutes(random.nextInt(4) == 0 ? random.nextInt(2880) : 1));
        Map<String, Object> session = new HashMap<>();
        String id = patient.place.clinic().sessionId(ended);
        boolean skipped = random.nextInt(10) == 0;
        session.put("sessionId", id);
        session.put("programVersion", 1);
        session.put("startedAt", ended.minus(Duration.ofMinutes(15)).toString());
        session.put("endedAt", ended.toString());
        session.put("zone", SimulatedWorld.ZONE.getId());
        session.put("recordedBy", "MANUAL");
        session.put(
                "exercises",
                List.of(
                        skipped
                                ? Map.of("code", "squat", "completion", "SKIPPED")
                                : Map.of("code", "squat", "completion", "DONE", "repetitions", 30)));
        int status = send(patient, session);
        if (status == 201 || status == 200) {
            patient.sessions.put(id, session);
            if (!skipped) patient.engagements.add(ended.plus(Engagement.GRACE));
        }
        return patient.name + " uploads " + (skipped ? "skipped " : "") + status;
    }

    private int send(SimulatedPatient patient, Map<String, Object> session) {
        Map<String, String> headers = Map.of("Carryover-Sent-At", world.now().toString());
        return sent(() -> patient.person.api().call("POST", "/v1/sessions", session, headers))
                .status();
    }

    String replay() {
        SimulatedPatient patient = somebody();
        if (patient.sessions.isEmpty()) return patient.name + " has nothing to replay";
        Map<String, Object> session = one(new ArrayList<>(patient.sessions.values()));
        boolean other = random.nextInt(4) == 0;
        Map<String, Object> again = new HashMap<>(session);
        if (other) again.put("exercises", List.of(Map.of("code", "squat", "completion", "DONE", "repetitions", 7)));
        int status = send(patient, again);
        if (status != (other ? 409 : 200))
            throw new Violation(
                    patient.name + ": a replay of " + (other ? "other" : "the same") + " content got " + status);
        return patient.name + " replays " + status;
    }

    String time() {
        Duration jump = switch (random.nextInt(6)) {
            case 0, 1, 2 -> Duration.ofMinutes(1 + random.nextInt(120));
            case 3, 4 -> Duration.ofHours(1 + random.nextInt(12));
            default -> Duration.ofHours(48);
        };
        Optional<Instant> deadline = random.nextInt(4) > 0
                ? Optional.empty()
                : open(somebody()).map(Escalation::deadline).filter(then -> then.isAfter(world.now()));
        // To the last millisecond before a window ends, where the races are.
        world.cloud
                .clock()
                .advanceTo(deadline.map(then -> then.minusMillis(1))
                        .orElse(world.now().plus(jump)));
        return "time passes";
    }

    private Optional<Escalation> open(SimulatedPatient patient) {
        return world.records
                .get(Key.openEscalation(patient.ref()), Kind.ESCALATION)
                .map(Entry::content);
    }

    String flag() {
        Place place = one(world.places);
        // A night that comes a second time is the same night.
        if (random.nextInt(4) > 0) night++;
        List<String> flagged = world.patients.stream()
                .filter(patient -> patient.place == place && random.nextInt(2) == 0)
                .map(patient -> patient.person.id())
                .toList();
        JsonNode payload = Json.MAPPER.valueToTree(Map.of(
                "run",
                "night-" + night,
                "clinics",
                List.of(Map.of("clinic", place.clinic().id(), "flagged", flagged))));
        String answer = "";
        for (int i = 0; i < 2 && !answer.equals("Answered"); i++)
            answer = world.cloud
                    .invoke("StartEscalationsFunction", payload)
                    .getClass()
                    .getSimpleName();
        return "night " + night + " flags " + flagged.size() + " of clinic " + world.places.indexOf(place);
    }

    String reply() {
        SimulatedPatient patient = somebody();
        String answer = one(List.of("FINE", "AWAY", "CHANGE", "IN_PAIN"));
        int status = sent(() -> patient.person.api().post("/v1/me/replies", Map.of("answer", answer)))
                .status();
        if (status == 201) {
            patient.contacts++;
            patient.engagements.add(world.now());
        }
        return patient.name + " replies " + answer + " " + status;
    }

    String plansBreak() {
        SimulatedPatient patient = somebody();
        String from = world.now()
                .atZone(SimulatedWorld.ZONE)
                .toLocalDate()
                .plusDays(random.nextInt(5))
                .toString();
        int status = sent(() -> patient.person
                        .api()
                        .post("/v1/me/breaks", Map.of("from", from, "to", from, "reason", "TRAVEL")))
                .status();
        if (status == 201) {
            patient.contacts++;
            patient.engagements.add(world.now());
        }
        return patient.name + " plans a break " + status;
    }

    String preferences() {
        SimulatedPatient patient = somebody();
        boolean out = random.nextBoolean();
        int from = 7 + random.nextInt(6);
        int to = from + 2 + random.nextInt(6);
        Map<String, Object> wanted = Map.of(
                "contactFrom",
                "%02d:00".formatted(from),
                "contactTo",
                "%02d:00".formatted(to),
                "zone",
                SimulatedWorld.ZONE.getId(),
                "optedOut",
                out ? List.of("PUSH") : List.of());
        int status = sent(() -> patient.person.api().put("/v1/me/preferences", wanted))
                .status();
        if (status == 200) patient.optedOut = out;
        return patient.name + (out ? " opts out " : " wants pushes ") + from + "-" + to + " " + status;
    }

    String consent() {
        SimulatedPatient patient = somebody();
        boolean push = random.nextBoolean();
        List<String> granted = new ArrayList<>(List.of(
                "BODY_TRACKING", "SHARE_WITH_THERAPIST", "SHARE_WITH_CLINIC", "RISK_MONITORING", "OUTREACH_CALL"));
        if (push) granted.add("OUTREACH_PUSH");
        int status = sent(() -> patient.person.api().put("/v1/me/consents", Map.of("granted", granted)))
                .status();
        if (status == 200) patient.consents = push;
        return patient.name + (push ? " allows pushes " : " forbids pushes ") + status;
    }

    String safety() {
        SimulatedPatient patient = somebody();
        Map<String, String> report = Map.of(
                "symptom",
                "CALF",
                "reportId",
                patient.place.clinic().sessionId(world.now()),
                "reportedAt",
                world.now().toString());
        int status =
                sent(() -> patient.person.api().post("/v1/me/safety", report)).status();
        return patient.name + " reports a symptom " + status;
    }

    /** Somebody of the staff takes a task, or finishes one that they have. */
    String work() {
        return work(one(world.places), random.nextInt(3), random.nextInt(2) == 0);
    }

    /** All that is left, as at the end. */
    void workAll() {
        for (Place place : world.places)
            for (int person = 0; person < 3; person++)
                for (int i = 0; i < 40; i++)
                    if (work(place, person, false).endsWith("nothing")
                            & work(place, person, true).endsWith("nothing")) break;
    }

    private String work(Place place, int who, boolean claim) {
        Person person = List.of(
                        place.frontDesk(), place.therapist(), place.clinic().administrator())
                .get(who);
        String says = List.of("front desk", "therapist", "owner").get(who) + (claim ? " claims " : " finishes ");
        JsonNode tasks = sent(() -> person.api().get("/v1/tasks?status=" + (claim ? "OPEN" : "CLAIMED")))
                .ok()
                .path("tasks");
        List<JsonNode> mine = new ArrayList<>();
        for (JsonNode task : tasks) {
            boolean safety = task.path("work").asText().equals("SAFETY");
            if (safety && who != 1) continue;
            if (claim || task.path("claimedBy").asText().equals(person.id())) mine.add(task);
        }
        if (mine.isEmpty()) return says + "nothing";
        JsonNode task = one(mine);
        String path = "/v1/tasks/" + task.path("taskId").asText();
        String work = task.path("work").asText();
        if (claim)
            return says + work + " "
                    + sent(() -> person.api().post(path + "/claim", "")).status();
        String outcome = switch (work) {
            case "CALL", "ASK_AT_VISIT" -> one(CALLS);
            case "REVIEW" -> "KEEP";
            default -> "CLEARED";
        };
        return says + work + " " + outcome + " "
                + sent(() -> person.api().post(path + "/outcome", Map.of("outcome", outcome)))
                        .status();
    }

    /** The next fault, at a call like one that a function made since the last: others would hardly ever happen. */
    String fault() {
        Map<String, List<String>> made = world.faults.takeCalls();
        made.keySet().retainAll(world.functions);
        if (made.isEmpty()) return "armed nothing";
        String function = one(List.copyOf(made.keySet()));
        int calls = Objects.requireNonNull(made.get(function)).size();
        int call = random.nextInt(Math.min(14, calls));
        Fault fault = one(List.of(Fault.values()));
        world.faults.arm(function, call, fault);
        return "armed " + fault + " at " + function + " " + call;
    }

    String deploy() {
        world.cloud.redeploy();
        return "deployed";
    }

    String abort() {
        var running = world
                .stepFunctions
                .listExecutionsPaginator(
                        list -> list.stateMachineArn(world.escalationMachine).statusFilter(ExecutionStatus.RUNNING))
                .executions()
                .stream()
                .findFirst();
        running.ifPresent(one -> world.stepFunctions.stopExecution(stop -> stop.executionArn(one.executionArn())));
        return "aborted " + (running.isPresent() ? "an outreach" : "nothing");
    }
}
