package health.carryover.local.loop;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.cloud.LocalCloud;
import health.carryover.local.cloud.Options;
import health.carryover.local.demo.ApiClient;
import health.carryover.local.demo.Clinic;
import health.carryover.local.demo.Clinic.Person;
import health.carryover.local.simulation.FaultPoint;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.vault.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The real template's cloud, started once for all tests of this package. Each test opens a clinic of its own and moves
 * the one clock forward, so none may rely on where it stands.
 */
@Tag("slow")
@ExtendWith(Noted.class)
abstract class LoopCloud {
    static final ZoneId ZONE = ZoneId.of("America/New_York");
    /** Does nothing until a test arms it. */
    static final Interruption INTERRUPTION = new Interruption();

    static final FaultPoint FAULTS = new FaultPoint();

    static final LocalCloud CLOUD = LocalCloud.start(
            home(),
            Options.at(Instant.parse("2026-01-05T15:00:00Z"))
                    .withPort(0)
                    .withInterceptors(List.of(INTERRUPTION, FAULTS)));
    static final Person OPERATOR = Clinic.operator(CLOUD);
    private static final AtomicInteger CLINICS = new AtomicInteger();

    /** The root of the checkout, wherever the tests are run from. */
    static Path home() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("template.yaml"))) folder = folder.getParent();
        return folder;
    }

    /** A clinic, its front desk, two therapists of whom the second covers the first, and one patient. */
    record Small(Clinic clinic, Person frontDesk, Person therapist, Person covering, Person patient) {
        PatientRef ref() {
            return new PatientRef(clinic.id(), patient.id());
        }
    }

    static Small small() {
        return small(20);
    }

    static Small small(int staffCapacity) {
        String prefix = "c" + CLINICS.incrementAndGet() + "-";
        Clinic clinic = Clinic.open(CLOUD, OPERATOR, prefix, "A made-up clinic", ZONE.getId(), staffCapacity);
        Person covering = clinic.addStaff("covering", "Kay Cover", "THERAPIST", Map.of());
        Person therapist =
                clinic.addStaff("therapist", "Ira Therapist", "THERAPIST", Map.of("covering", covering.id()));
        Person frontDesk = clinic.addStaff("frontdesk", "Flo Frontdesk", "STAFF", Map.of());
        Person patient = patient(clinic, frontDesk, therapist, "patient", LocalDate.parse("2025-11-03"));
        return new Small(clinic, frontDesk, therapist, covering, patient);
    }

    static Person patient(Clinic clinic, Person frontDesk, Person therapist, String persona, LocalDate planStart) {
        return clinic.enrol(
                frontDesk,
                therapist,
                new Clinic.NewPatient(
                        persona,
                        "Pat Example",
                        "+12125550142",
                        ZONE.getId(),
                        "en",
                        "KNEE_ARTHROPLASTY",
                        planStart,
                        List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"),
                        List.of(Map.of("code", "squat", "sets", 3, "repetitions", 10))));
    }

    static Instant now() {
        return CLOUD.clock().instant();
    }

    static void advance(Duration duration) {
        CLOUD.clock().advance(duration);
        CLOUD.waitUntilQuiet();
    }

    /** A session of a quarter of an hour that ended then, typed in by hand. */
    static Map<String, Object> session(Clinic clinic, Instant endedAt) {
        Map<String, Object> session = new HashMap<>();
        session.put("sessionId", clinic.sessionId(endedAt));
        session.put("programVersion", 1);
        session.put("startedAt", endedAt.minus(Duration.ofMinutes(15)).toString());
        session.put("endedAt", endedAt.toString());
        session.put("zone", ZONE.getId());
        session.put("recordedBy", "MANUAL");
        session.put("exercises", List.of(Map.of("code", "squat", "completion", "DONE", "repetitions", 30)));
        return session;
    }

    static ApiClient.Response upload(Person patient, Object session) {
        ApiClient.Response response =
                patient.api().call("POST", "/v1/sessions", session, Map.of("Carryover-Sent-At", now().toString()));
        CLOUD.waitUntilQuiet();
        return response;
    }

    /** Reads the stored records as a function would. */
    static Records records() {
        return records("ClinicApiFunction");
    }

    /** With the rights of one function and no others. */
    static Records records(String function) {
        Environment environment = CLOUD.environment(function);
        return new Records(environment, new Vault(environment));
    }

    /** Starts the outreach as a night run would, and returns the execution's ARN. */
    static String flag(Small small) {
        JsonNode payload = health.carryover.platform.json.Json.MAPPER.valueToTree(Map.of(
                "run",
                now().toString().substring(0, 10),
                "clinics",
                List.of(Map.of(
                        "clinic",
                        small.clinic().id(),
                        "flagged",
                        List.of(small.patient().id())))));
        CLOUD.invoke("StartEscalationsFunction", payload);
        CLOUD.waitUntilQuiet();
        return executions(small).getFirst();
    }

    /** ARNs of the outreaches to this patient, newest first. */
    static List<String> executions(Small small) {
        try (var sfn = CLOUD.client(software.amazon.awssdk.services.sfn.SfnClient.builder())) {
            String machine = sfn.listStateMachines().stateMachines().stream()
                    .filter(found -> found.name().endsWith("escalation"))
                    .findFirst()
                    .orElseThrow()
                    .stateMachineArn();
            return sfn.listExecutionsPaginator(list -> list.stateMachineArn(machine)).executions().stream()
                    .filter(execution -> sfn.describeExecution(
                                    describe -> describe.executionArn(execution.executionArn()))
                            .input()
                            .contains(small.patient().id()))
                    .map(execution -> execution.executionArn())
                    .toList();
        }
    }
}
