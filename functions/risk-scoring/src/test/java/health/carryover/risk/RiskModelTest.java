package health.carryover.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import health.carryover.clinical.risk.CarePlan;
import health.carryover.clinical.risk.Feature;
import health.carryover.clinical.risk.FeatureGroup;
import health.carryover.clinical.risk.Reasons;
import health.carryover.clinical.risk.RiskFeatures;
import health.carryover.clinical.risk.SessionFact;
import health.carryover.clinical.risk.SessionFact.Recording;
import health.carryover.risk.RiskModel.Scored;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RiskModelTest {
    private static final Instant START = Instant.parse("2026-01-05T16:00:00Z");

    @SuppressWarnings("NullAway.Init")
    private static RiskModel model;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path bundle;

    @BeforeAll
    static void open() throws IOException {
        model = RiskModel.shipped();
        copyShipped(bundle);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static void copyShipped(Path folder) throws IOException {
        for (String file : List.of(ModelManifest.FILE, ModelManifest.GRAPH))
            try (InputStream content = RiskModel.class.getResourceAsStream("/models/2/" + file)) {
                Files.write(
                        folder.resolve(file), Objects.requireNonNull(content).readAllBytes());
            }
    }

    /** Five sessions a week for six weeks, then {@code idle} days without. */
    private static RiskModel.Row idleFor(int idle) {
        List<SessionFact> sessions = new ArrayList<>();
        for (int day = 1; day <= 42; day++) {
            if (day % 7 == 0 || day % 7 == 3) continue;
            Instant at = START.plus(Duration.ofDays(day));
            sessions.add(new SessionFact("s" + day, at, at, 0.95, 3, 3, 0.8, Set.of(), Recording.CAMERA));
        }
        CarePlan plan = CarePlan.of(ZoneId.of("America/Chicago"), START, 5);
        return RiskModel.Row.of(
                plan, sessions, START.plus(Duration.ofDays(42 + idle)).plus(Duration.ofHours(10)));
    }

    /** The shipped model reads no history. */
    private static RiskModel.Row row(RiskFeatures features) {
        return new RiskModel.Row(features, new float[0]);
    }

    private static RiskModel.Row random(Random random) {
        Map<Feature, Double> values = new EnumMap<>(Feature.class);
        for (Feature feature : Feature.values())
            if (!feature.mayBeMissing() || random.nextInt(4) > 0)
                values.put(feature, feature.min() + random.nextDouble() * (feature.max() - feature.min()) / 3);
        return row(RiskFeatures.of(values));
    }

    private static List<RiskModel.Row> patients(int count) {
        Random random = new Random(count);
        List<RiskModel.Row> patients = new ArrayList<>();
        for (int i = 0; i < count; i++) patients.add(random(random));
        return patients;
    }

    @Test
    void the_shipped_model_says_that_nobody_real_is_behind_it() {
        assertThat(model.manifest().simulated()).isTrue();
        assertThat(model.manifest().label()).isEqualTo("lapse14");
        assertThat(model.manifest().features()).isEqualTo(RiskFeatures.names());
        assertThat(model.manifest().thresholds()).containsOnlyKeys("flag15", "flag20");
    }

    @Test
    void the_probability_rises_while_the_sessions_stay_away() {
        List<Scored> scored =
                model.score(List.of(idleFor(0), idleFor(3), idleFor(6), idleFor(9), idleFor(13), idleFor(20)));
        assertThat(scored).extracting(Scored::probability).isSorted().doesNotHaveDuplicates();
        assertThat(scored.getFirst().probability().probability()).isLessThan(0.1);
        assertThat(scored.getLast().probability().probability()).isGreaterThan(0.5);
    }

    @Test
    void the_reasons_for_an_absent_patient_speak_of_the_absence() {
        assertThat(model.score(List.of(idleFor(9))).getFirst().reasons())
                .extracting(Reasons.Reason::text)
                .contains(
                        "No session for 10 days; usually every day",
                        "Did no session in the last 7 days, 3 in the 7 before, 10 in the 14 before those; "
                                + "30 % of what was prescribed for 14 days");
    }

    @Test
    void a_reason_is_the_change_of_the_logit_when_its_group_is_put_at_the_cohorts_median() {
        RiskModel.Row patient = idleFor(6);
        for (FeatureGroup group : List.of(FeatureGroup.RECENCY, FeatureGroup.DOSE, FeatureGroup.PAUSES)) {
            Map<Feature, Double> values = new EnumMap<>(patient.features().values());
            for (Feature feature : Feature.values())
                if (feature.group() == group)
                    values.put(feature, model.manifest().medians().get(feature.ordinal()));
            Scored as = model.score(List.of(patient)).getFirst();
            Scored neutral = model.score(List.of(row(RiskFeatures.of(values)))).getFirst();
            assertThat(as.logitChanges())
                    .hasEntrySatisfying(
                            group, change -> assertThat(change).isCloseTo(as.logit() - neutral.logit(), within(1e-4)));
        }
    }

    @Test
    void a_patient_gets_the_same_number_alone_and_in_company() {
        List<RiskModel.Row> patients = patients(64);
        List<Scored> together = model.score(patients);
        for (int i = 0; i < patients.size(); i++)
            assertThat(model.score(List.of(patients.get(i)))
                            .getFirst()
                            .probability()
                            .probability())
                    .isCloseTo(together.get(i).probability().probability(), within(1e-6));
        assertThat(model.score(List.of())).isEmpty();
    }

    @Test
    void several_threads_may_score_at_once() throws Exception {
        List<RiskModel.Row> patients = patients(40);
        List<Scored> expected = model.score(patients);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<Scored>>> answers = new ArrayList<>();
            for (int i = 0; i < 40; i++) answers.add(threads.submit(() -> model.score(patients)));
            for (Future<List<Scored>> answer : answers) {
                List<Scored> scored = answer.get();
                for (int i = 0; i < scored.size(); i++)
                    assertThat(scored.get(i).logit()).isCloseTo(expected.get(i).logit(), within(1e-4));
            }
        }
    }

    @Test
    void a_graph_that_is_not_the_one_of_the_manifest_is_refused(@TempDir Path folder) throws IOException {
        copyShipped(folder);
        byte[] graph = Files.readAllBytes(folder.resolve(ModelManifest.GRAPH));
        graph[graph.length / 2] ^= 1;
        Files.write(folder.resolve(ModelManifest.GRAPH), graph);
        assertThatThrownBy(() -> RiskModel.open(folder))
                .isInstanceOf(ModelManifest.Refused.class)
                .hasMessageContaining("digest of saved_model.pb");
    }

    @Test
    void a_model_of_other_features_is_refused_by_name(@TempDir Path folder) throws IOException {
        copyShipped(folder);
        edit(folder, "\"gap_ratio\"", "\"gap_quotient\"");
        assertThatThrownBy(() -> RiskModel.open(folder))
                .isInstanceOf(ModelManifest.Refused.class)
                .hasMessageContaining("column 3 is gap_quotient, expected gap_ratio");
    }

    @Test
    void a_manifest_that_vouches_for_no_graph_is_refused(@TempDir Path folder) throws IOException {
        copyShipped(folder);
        edit(folder, "\"saved_model.pb\"", "\"model.json\"");
        assertThatThrownBy(() -> RiskModel.open(folder)).isInstanceOf(ModelManifest.Refused.class);
    }

    @Test
    void the_plain_rule_that_ships_has_the_house_numbers() {
        assertThat(PlainRuleFile.shipped().firstSessionWithin()).isEqualTo(Duration.ofHours(72));
        assertThat(PlainRuleFile.shipped().early()).isEqualTo(Duration.ofDays(21));
    }

    private static void edit(Path folder, String from, String to) throws IOException {
        Path manifest = folder.resolve(ModelManifest.FILE);
        String text = Files.readString(manifest);
        assertThat(text).contains(from);
        Files.writeString(manifest, text.replace(from, to));
    }
}
