package health.carryover.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import health.carryover.risk.ModelManifest;
import health.carryover.risk.ModelManifest.Metrics;
import health.carryover.risk.RiskModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RiskTrainingTest {
    private static final int PERSONS = 300;

    private static Metrics row(RiskTraining.Bundle bundle, String name) {
        return bundle.manifest().metrics().stream()
                .filter(m ->
                        m.dataset().equals("simulated-still-active") && m.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The AUC in the card is worked out anew from what DJL says of the same persons by the file that was written. */
    @Test
    @Tag("slow")
    void a_trained_bundle_is_served_as_it_was_judged_and_beats_the_one_line_rules(@TempDir Path folder)
            throws IOException {
        RiskTraining.Bundle bundle = RiskTraining.simulated(3, PERSONS, RiskTraining.Wanted.CHOSEN, _ -> {});
        bundle.write(folder);
        assertThat(folder.resolve("MODEL_CARD.md")).content().contains("**Simulated.**");
        Metrics served = row(bundle, bundle.manifest().model());
        assertThat(served.auc())
                .isGreaterThan(row(bundle, Candidates.DAYS_SINCE).auc())
                .isGreaterThan(row(bundle, Candidates.FEWEST).auc());
        List<Example> all = Example.of(CohortSimulator.cohort(3, PERSONS));
        List<String> order = Candidates.shuffledGroups(all, 3);
        Set<String> learners = Set.copyOf(order.subList(0, (int) (0.8 * order.size())));
        List<Example> judged = all.stream()
                .filter(e -> !learners.contains(e.group()) && e.active())
                .toList();
        try (RiskModel model = RiskModel.open(folder)) {
            double[] probabilities = model
                    .score(judged.stream().map(Example::row).toList())
                    .stream()
                    .mapToDouble(s -> s.probability().probability())
                    .toArray();
            double[] again = new Evaluation(judged, probabilities).measures();
            assertThat(again[Measure.AUC.ordinal()]).isCloseTo(served.auc(), within(1e-4));
            assertThat(again[Measure.BRIER.ordinal()]).isCloseTo(served.brier(), within(1e-5));
        }
        assertThat(ModelManifest.sha256(Files.readAllBytes(folder.resolve(ModelManifest.GRAPH))))
                .isEqualTo(bundle.manifest().files().get(ModelManifest.GRAPH));
    }

    @Test
    void a_handful_of_persons_is_refused() {
        assertThatThrownBy(() -> RiskTraining.simulated(1, 20, RiskTraining.Wanted.CHOSEN, _ -> {}))
                .hasMessageContaining("at least 200");
    }

    @Test
    void nobody_is_judged_by_a_model_that_has_seen_them_and_nothing_is_learned_from_a_few() {
        List<Example> few = Example.of(CohortSimulator.cohort(9, 8));
        assertThatThrownBy(() -> RiskTraining.heldOut(few, few, 1, _ -> {}))
                .hasMessageContaining("persons are in both folders");
        assertThatThrownBy(() -> Candidates.fit(few, 1, _ -> {})).hasMessageContaining("too few to learn from");
    }

    /** The committed card is written from the committed manifest; editing one alone is noticed here. */
    @Test
    void the_shipped_model_card_says_what_the_shipped_manifest_says() throws IOException {
        try (RiskModel model = RiskModel.shipped();
                var card = RiskModel.class.getResourceAsStream("/models/2/MODEL_CARD.md")) {
            assertThat(new String(Objects.requireNonNull(card).readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(ModelCard.of(model.manifest()));
        }
    }
}
