package health.carryover.bench;

import health.carryover.local.cloud.Invocation;
import health.carryover.local.cloud.LocalCloud;
import health.carryover.local.cloud.Options;
import health.carryover.local.cost.Prices;
import health.carryover.local.demo.Clinic;
import health.carryover.local.demo.Clinic.Person;
import health.carryover.local.demo.SimulatedCaseload;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Records;
import health.carryover.platform.vault.Vault;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** {@code bench nightly}: a whole night in the local cloud, and what 2,500 clinics would take and cost, computed from it. */
@Command(
        name = "nightly",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the nightly state machine over clinics of simulated patients: seconds, heap, calls, request units.",
            "Twice: the first night flags and starts outreaches, the second finds the code warm.",
            "The patients' sessions lie in their histories only, so who is flagged is scored once more from none."
        })
final class NightlyBench implements Callable<Integer> {
    private static final int MANY = 2500;
    private static final double GB = 2;
    private static final int BATCH = 20;

    @Option(names = "--clinics", defaultValue = "1", description = "Default ${DEFAULT-VALUE}.")
    private int clinics;

    @Option(names = "--patients", defaultValue = "300", description = "Of each; default ${DEFAULT-VALUE}.")
    private int patients;

    @Override
    public Integer call() throws IOException {
        Path home = Path.of(Objects.requireNonNull(System.getProperty("carryover.home"), "carryover.home"));
        Prices prices = Prices.read(home.resolve("infra/cost/prices.csv"));
        TableCalls calls = new TableCalls();
        try (LocalCloud cloud = LocalCloud.start(
                home,
                Options.at(Instant.parse("2026-03-03T09:00:00Z")).withPort(0).withInterceptors(List.of(calls)))) {
            long start = System.nanoTime();
            List<String> ids = fill(cloud);
            say("%d clinics of %d simulated patients written in %.1f s", clinics, patients, since(start));
            night(cloud, "first night", calls);
            double seconds = night(cloud, "second night", calls);
            calls.reset();
            resetPeak();
            start = System.nanoTime();
            List<String> batch = ids.subList(0, Math.min(BATCH, ids.size()));
            Invocation answer = cloud.invoke(
                    "RiskScoringFunction", Json.MAPPER.valueToTree(Map.of("run", "2026-03-03", "clinics", batch)));
            if (!(answer instanceof Invocation.Answered)) throw new IllegalStateException("the function failed");
            computed(since(start) / batch.size(), batch.size(), seconds, calls, prices);
        }
        return 0;
    }

    private List<String> fill(LocalCloud cloud) {
        Person operator = Clinic.operator(cloud);
        Environment environment = cloud.environment("ClinicApiFunction");
        SimulatedCaseload caseload = new SimulatedCaseload(new Records(environment, new Vault(environment)));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < clinics; i++) {
            Clinic clinic = Clinic.open(cloud, operator, "n" + i + "-", "A made-up clinic", "America/New_York", 45);
            Person therapist = clinic.addStaff("therapist", "Ira Therapist", "THERAPIST", Map.of());
            caseload.fill(
                    clinic.id(),
                    List.of(therapist.id()),
                    i,
                    patients,
                    25,
                    cloud.clock().instant());
            ids.add(clinic.id());
        }
        cloud.waitUntilQuiet();
        return ids;
    }

    private double night(LocalCloud cloud, String name, TableCalls calls) {
        calls.reset();
        resetPeak();
        long start = System.nanoTime();
        double seconds;
        try (SfnClient machines = cloud.client(SfnClient.builder())) {
            String machine = machines.listStateMachines().stateMachines().stream()
                    .map(one -> one.stateMachineArn())
                    .filter(arn -> arn.endsWith("nightly-scoring"))
                    .findFirst()
                    .orElseThrow();
            String execution = machines.startExecution(
                            begin -> begin.stateMachineArn(machine).input("{}"))
                    .executionArn();
            cloud.waitUntilQuiet();
            seconds = since(start);
            ExecutionStatus status = machines.describeExecution(describe -> describe.executionArn(execution))
                    .status();
            if (status != ExecutionStatus.SUCCEEDED) throw new IllegalStateException("the night ended as " + status);
        }
        say(
                "%s: %.1f s, outreaches started included; heap at most %d MB, the whole local cloud and TensorFlow's"
                        + " Java side in it; calls %s",
                name, seconds, peakMegabytes(), calls.calls());
        return seconds;
    }

    private void computed(double perClinic, int batch, double night, TableCalls calls, Prices prices) {
        double decrypts = calls.of("Decrypt");
        say(
                "scoring alone, warm: %.2f s a clinic; %d read and %d write units a clinic; %.1f calls of KMS; heap at"
                        + " most %d MB",
                perClinic, calls.readUnits() / batch, calls.writeUnits() / batch, decrypts / batch, peakMegabytes());
        double lambda = MANY * perClinic * GB * prices.usd("Lambda", "GB-second arm64");
        double tables = (double) MANY
                / batch
                * (calls.readUnits() * prices.usd("DynamoDB", "read request unit on demand")
                        + calls.writeUnits() * prices.usd("DynamoDB", "write request unit on demand"));
        double kms = MANY * 2 * prices.usd("KMS", "request");
        double map = MANY / (double) BATCH * prices.usd("StepFunctions", "request express");
        say(
                "COMPUTED, not run: %d clinics are %d batches; with 100 at once %.1f minutes; $%.2f a night in"
                        + " us-east-1 (Lambda at %.0f GB $%.2f, tables $%.2f, KMS $%.3f, Step Functions $%.4f)",
                MANY,
                MANY / BATCH,
                Math.ceil(MANY / (double) BATCH / 100) * BATCH * perClinic / 60,
                lambda + tables + kms + map,
                GB,
                lambda,
                tables,
                kms,
                map);
        say(
                "of one clinic's %.1f s a night on this machine, %.0f %% are scoring",
                night / clinics, 100 * perClinic * clinics / night);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void resetPeak() {
        System.gc();
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans())
            if (pool.getType() == MemoryType.HEAP) pool.resetPeakUsage();
    }

    private static long peakMegabytes() {
        long peak = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans())
            if (pool.getType() == MemoryType.HEAP) peak += pool.getPeakUsage().getUsed();
        return peak / 1_000_000;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
