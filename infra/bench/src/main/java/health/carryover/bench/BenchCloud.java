package health.carryover.bench;

import health.carryover.local.cloud.LocalCloud;
import health.carryover.local.cloud.Options;
import health.carryover.local.demo.Clinic;
import health.carryover.local.demo.Clinic.Person;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** A local cloud with one clinic and one patient. */
record BenchCloud(LocalCloud cloud, Clinic clinic, Person frontDesk, Person therapist, Person patient)
        implements AutoCloseable {
    static BenchCloud start(List<ExecutionInterceptor> interceptors) {
        Path home = Path.of(Objects.requireNonNull(System.getProperty("carryover.home"), "carryover.home"));
        LocalCloud cloud = LocalCloud.start(
                home,
                Options.at(Instant.parse("2026-03-02T15:00:00Z")).withPort(0).withInterceptors(interceptors));
        Clinic clinic = Clinic.open(cloud, Clinic.operator(cloud), "", "A made-up clinic", "America/New_York", 100);
        Person therapist = clinic.addStaff("therapist", "Ira Therapist", "THERAPIST", Map.of());
        Person frontDesk = clinic.addStaff("frontdesk", "Flo Frontdesk", "STAFF", Map.of());
        Person patient = clinic.enrol(
                frontDesk, therapist, Clinic.NewPatient.example("patient", "en", LocalDate.parse("2026-01-05")));
        return new BenchCloud(cloud, clinic, frontDesk, therapist, patient);
    }

    @Override
    public void close() {
        cloud.close();
    }
}
