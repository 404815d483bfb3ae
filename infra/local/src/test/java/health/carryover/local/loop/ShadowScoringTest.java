package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.amazonaws.services.lambda.runtime.Context;
import health.carryover.local.demo.SimulatedCaseload;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.RiskScore;
import health.carryover.platform.records.ShadowScore;
import health.carryover.risk.RiskModel;
import health.carryover.risk.RiskScoringHandler;
import health.carryover.risk.ShadowReport;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A candidate beside the model in service, going back to another model, and what the night says of both. */
class ShadowScoringTest extends OutreachCloud {
    private static final String OTHER = "2-logistic";
    private static final int PATIENTS = 120;
    private static final LocalDate RUN = LocalDate.parse("2026-01-06");

    private static Small small;
    private static List<String> patients;

    @BeforeAll
    static void a_clinic_of_simulated_patients() {
        small = small(100);
        patients = new SimulatedCaseload(RECORDS)
                .fill(small.clinic().id(), List.of(small.therapist().id()), 11, PATIENTS, 70, now());
    }

    /** A night by a function of the same rights, configured otherwise, at another time. */
    private static RiskScoringHandler.Output night(String model, String candidate, LocalDate run, Instant at)
            throws ReflectiveOperationException {
        Environment base = CLOUD.environment("RiskScoringFunction");
        Map<String, String> variables = new HashMap<>(base.variables());
        variables.put("RISK_MODEL", model);
        variables.put("RISK_CANDIDATE", candidate);
        var constructor = RiskScoringHandler.class.getDeclaredConstructor(Environment.class);
        constructor.setAccessible(true);
        RiskScoringHandler handler =
                constructor.newInstance(new Environment(variables, () -> at, base.credentials(), base.interceptors()));
        Context context = (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (_, _, _) -> null);
        return handler.handleRequest(
                new RiskScoringHandler.Input(
                        run.toString(), List.of(small.clinic().id())),
                context);
    }

    private static PatientRef ref(String patient) {
        return new PatientRef(small.clinic().id(), patient);
    }

    private static List<RiskScore> risks(LocalDate run) {
        return patients.stream()
                .map(patient -> RECORDS.get(Key.risk(ref(patient), run), Kind.RISK))
                .flatMap(java.util.Optional::stream)
                .map(Entry::content)
                .toList();
    }

    private static List<ShadowScore> shadows(LocalDate run) {
        return patients.stream()
                .map(patient -> RECORDS.get(Key.shadow(ref(patient), run), Kind.SHADOW))
                .flatMap(java.util.Optional::stream)
                .map(Entry::content)
                .toList();
    }

    @Test
    void a_candidate_is_stored_sealed_beside_the_risk_and_changes_nothing_that_anybody_sees() throws Exception {
        // The same night twice: between equals the lot goes by the night.
        var plain = night("2", "none", RUN, now());
        List<RiskScore> without = risks(RUN);
        assertThat(shadows(RUN)).isEmpty();
        var shadowed = night("2", OTHER, RUN, now());

        assertThat(shadowed.clinics()).isEqualTo(plain.clinics());
        assertThat(risks(RUN)).hasSize(PATIENTS).isEqualTo(without);
        List<ShadowScore> scores = shadows(RUN);
        assertThat(scores).hasSizeGreaterThan(PATIENTS / 2).allSatisfy(score -> {
            assertThat(score.candidate()).isEqualTo(OTHER);
            assertThat(score.served()).isEqualTo("2");
            assertThat(score.digest()).hasSize(64).isNotEqualTo(score.servedDigest());
        });
        assertThat(scores).anyMatch(score -> Math.abs(score.logit() - score.servedLogit()) > 0.05);
        String shown = small.therapist()
                .api()
                .get("/v1/patients/" + patients.getFirst() + "/risk")
                .ok()
                .toString();
        assertThat(shown).contains("\"model\":\"2\"").doesNotContain(OTHER);
        new Tables(CLOUD)
                .items("Records", Key.patientPk(ref(patients.getFirst())), "SHADOW#")
                .forEach(item -> assertThat(item.keySet()).containsOnly("PK", "SK", "type", "version", "sealed"));
    }

    @Test
    void going_back_is_one_parameter_and_every_score_names_the_model_that_made_it() throws Exception {
        LocalDate first = RUN.plusDays(10);
        LocalDate next = RUN.plusDays(11);
        night("2", "none", first, now());
        List<RiskScore> before = risks(first);
        night(OTHER, "2", next, now());
        try (RiskModel newer = RiskModel.shipped("2");
                RiskModel older = RiskModel.shipped(OTHER)) {
            assertThat(before)
                    .allMatch(score -> score.model().equals("2")
                            && Objects.equals(score.digest(), newer.manifest().digest()));
            assertThat(risks(next))
                    .hasSize(PATIENTS)
                    .allMatch(score -> score.model().equals(OTHER)
                            && Objects.equals(score.digest(), older.manifest().digest()));
            assertThat(shadows(next))
                    .isNotEmpty()
                    .allMatch(score -> score.candidate().equals("2"));
        }
        assertThat(risks(first)).as("what was said stays").isEqualTo(before);
    }

    /** Bundles beside the shipped ones on the class path: one that was altered, one that TensorFlow cannot run. */
    private static void bundle(String version, boolean altered) throws IOException {
        Path folder = Path.of(ShadowScoringTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .resolve("models")
                .resolve(version);
        Files.createDirectories(folder);
        for (String file : List.of("model.json", "saved_model.pb"))
            try (InputStream content = RiskModel.class.getResourceAsStream("/models/" + OTHER + "/" + file)) {
                byte[] bytes = Objects.requireNonNull(content).readAllBytes();
                if (file.equals("model.json")) {
                    String json = new String(bytes, StandardCharsets.UTF_8);
                    json = json.replace("\"" + OTHER + "\"", "\"" + version + "\"");
                    // A history that the graph does not take: it opens, and fails when it is asked.
                    if (!altered) json = withHistory(json);
                    bytes = json.getBytes(StandardCharsets.UTF_8);
                } else if (altered) bytes[bytes.length / 2] ^= 1;
                Files.write(folder.resolve(file), bytes);
            }
    }

    private static String withHistory(String json) throws IOException {
        var document = (com.fasterxml.jackson.databind.node.ObjectNode)
                health.carryover.platform.json.Json.MAPPER.readTree(json);
        for (String column : health.carryover.clinical.risk.DailyHistory.names()) {
            ((com.fasterxml.jackson.databind.node.ArrayNode) document.path("features")).add(column);
            ((com.fasterxml.jackson.databind.node.ArrayNode) document.path("medians")).add(0.0);
        }
        return document.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"altered", "unfit", "missing"})
    void whatever_is_wrong_with_the_candidate_the_night_is_the_same(String candidate) throws Exception {
        if (!candidate.equals("missing")) bundle(candidate, candidate.equals("altered"));
        LocalDate broken = RUN.plusDays(20);
        var expected = night("2", "none", broken, now());
        List<RiskScore> plain = risks(broken);
        List<String> lines = new java.util.ArrayList<>();
        var output = logged(lines, () -> night("2", candidate, broken, now()));
        assertThat(output.clinics()).isEqualTo(expected.clinics());
        assertThat(risks(broken)).hasSize(PATIENTS).isEqualTo(plain);
        assertThat(shadows(broken)).isEmpty();
        assertThat(lines).anyMatch(line -> line.contains("CandidateFailures"));
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private static <T> T logged(List<String> lines, Work<T> work) throws Exception {
        Logger metrics = (Logger) LoggerFactory.getLogger("health.carryover.metrics");
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        Level level = metrics.getLevel();
        metrics.setLevel(Level.INFO);
        metrics.addAppender(appender);
        try {
            return work.run();
        } finally {
            metrics.detachAppender(appender);
            metrics.setLevel(level);
            appender.list.forEach(event -> lines.add(event.getFormattedMessage()));
        }
    }

    @Test
    void the_night_counts_drift_and_calibration_for_the_alarms_and_names_nobody() throws Exception {
        List<String> lines = new java.util.ArrayList<>();
        logged(lines, () -> night("2", "none", RUN.plusDays(30), now()));
        for (String metric : List.of("DriftedFeatures", "MiscalibratedClinics")) {
            var alarm = CLOUD.template().ofType("AWS::CloudWatch::Alarm").stream()
                    .filter(one -> one.text("MetricName", "").equals(metric))
                    .findFirst()
                    .orElseThrow();
            assertThat(alarm.text("AlarmDescription", "")).contains("infra/RUNBOOK.md#");
            var dimension = alarm.at("Dimensions").path(0);
            assertThat(lines)
                    .as(metric + " as its alarm looks for it")
                    .anySatisfy(line -> assertThat(line)
                            .contains("\"Namespace\":\"" + alarm.text("Namespace", "") + "\"")
                            .contains("\"Name\":\"" + metric + "\"")
                            .contains("\"" + dimension.path("Name").asText() + "\":\""
                                    + dimension.path("Value").asText() + "\""));
        }
        assertThat(CLOUD.template().ofType("AWS::CloudWatch::Alarm")).hasSizeLessThanOrEqualTo(10);
        assertThat(lines)
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain(small.clinic().id())
                        .doesNotContain(patients)
                        .doesNotContain("Simulated Person"));
    }

    @Test
    void once_outcomes_have_settled_the_two_are_held_against_what_happened() throws Exception {
        ShadowReport report = new ShadowReport(CLOUD.environment("RiskScoringFunction"));
        Instant past = now().minus(Duration.ofDays(30));
        night("2", OTHER, RUN.minusDays(30), past);
        List<ShadowReport.Comparison> rows = report.of(List.of(small.clinic().id()), now());
        ShadowReport.Comparison row = rows.stream()
                .filter(one -> one.candidate().equals(OTHER) && one.served().equals("2"))
                .findFirst()
                .orElseThrow();
        assertThat(row.nights()).isBetween(PATIENTS / 3, PATIENTS);
        assertThat(row.lapsed()).isBetween(1, row.nights() / 2);
        assertThat(row.candidateAuc()).isBetween(0.6, 1.0);
        assertThat(row.servedAuc()).isBetween(0.6, 1.0);
        assertThat(row.logLossGain()).isBetween(row.low(), row.high()).isBetween(-0.2, 0.2);
        // The same, three weeks earlier: nothing has settled.
        assertThat(report.of(List.of(small.clinic().id()), past.plus(Duration.ofDays(20))))
                .filteredOn(one -> one.candidate().equals(OTHER) && one.served().equals("2"))
                .allMatch(one -> one.nights() == 0 && one.waiting() > 0);
    }
}
