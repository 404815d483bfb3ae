package health.carryover.local.simulation;

import health.carryover.local.cloud.LocalCloud;
import health.carryover.local.cloud.Options;
import health.carryover.local.demo.Clinic;
import health.carryover.local.demo.Clinic.Person;
import health.carryover.local.simulation.SimulatedPatient.Place;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.records.Records;
import health.carryover.platform.vault.Vault;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** A local cloud with two small clinics of made-up people; nights do not run by themselves. */
final class SimulatedWorld implements AutoCloseable {
    static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final int CLINICS = 2;
    private static final int PATIENTS = 6;

    /** A fifth of six patients, rounded up. */
    private static final int CAP = 2;

    final FaultPoint faults = new FaultPoint();
    final LocalCloud cloud;
    final Records records;
    final DynamoDbClient tables;
    final SfnClient stepFunctions;
    final List<SimulatedPatient> patients = new ArrayList<>();
    final List<Place> places = new ArrayList<>();
    final List<String> functions;
    final String escalationMachine;
    private final Environment reader;

    SimulatedWorld(Path home) {
        cloud = LocalCloud.start(
                home,
                Options.at(Instant.parse("2026-01-05T15:00:00Z")).withPort(0).withInterceptors(List.of(faults)));
        reader = cloud.environment("ClinicApiFunction");
        records = new Records(reader, new Vault(reader));
        tables = cloud.client(DynamoDbClient.builder());
        stepFunctions = cloud.client(SfnClient.builder());
        functions = cloud.template().ofType("AWS::Serverless::Function").stream()
                .map(function -> function.id())
                .toList();
        try (SchedulerClient scheduler = cloud.client(SchedulerClient.builder())) {
            scheduler
                    .listSchedules(list -> {})
                    .schedules()
                    .forEach(night -> scheduler.deleteSchedule(delete -> delete.name(night.name())));
        }
        escalationMachine = stepFunctions.listStateMachines().stateMachines().stream()
                .filter(machine -> machine.name().endsWith("escalation"))
                .findFirst()
                .orElseThrow()
                .stateMachineArn();
        Person operator = Clinic.operator(cloud);
        for (int i = 0; i < CLINICS; i++) open(operator, i);
        cloud.waitUntilQuiet();
    }

    private void open(Person operator, int number) {
        Clinic clinic = Clinic.open(cloud, operator, "s" + number + "-", "A made-up clinic", ZONE.getId(), 20);
        Person therapist = clinic.addStaff("therapist", "Ira Therapist", "THERAPIST", Map.of());
        Person frontDesk = clinic.addStaff("frontdesk", "Flo Frontdesk", "STAFF", Map.of());
        Place place = new Place(clinic, frontDesk, therapist, CAP);
        places.add(place);
        for (int i = 0; i < PATIENTS; i++) {
            String name = "p" + number + "." + i;
            Person person = clinic.enrol(
                    frontDesk,
                    therapist,
                    Clinic.NewPatient.example(name, i % 2 == 0 ? "en" : "es", LocalDate.parse("2025-11-03")));
            patients.add(new SimulatedPatient(name, place, person));
        }
    }

    Instant now() {
        return cloud.clock().instant();
    }

    String table(String variable) {
        return reader.variable(variable);
    }

    @Override
    public void close() {
        tables.close();
        stepFunctions.close();
        cloud.close();
    }
}
