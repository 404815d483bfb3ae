package health.carryover.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import health.carryover.risk.ModelManifest.Metrics;
import health.carryover.risk.RiskModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RiskTrainingTest {
    private static final int PERSONS = 500;

    private static Metrics row(RiskTraining.Bundle bundle, String name) {
        return bundle.manifest().metrics().stream()
                .filter(m ->
                        m.dataset().equals("simulated-still-active") && m.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Tag("slow")
    void a_trained_bundle_is_served_as_it_was_judged_and_beats_the_one_line_rules(@TempDir Path folder)
            throws IOException {
        RiskTraining.Bundle bundle = RiskTraining.simulated(3, PERSONS, _ -> {});
        bundle.write(folder);
        assertThat(folder.resolve("MODEL_CARD.md")).content().contains("**Simulated.**");
        assertThat(row(bundle, Fitted.NETWORK).auc())
                .isGreaterThan(row(bundle, Fitted.DAYS_SINCE).auc())
                .isGreaterThan(row(bundle, Fitted.FEWEST).auc());
        List<Example> examples = Example.of(CohortSimulator.cohort(4, 30));
        try (RiskModel model = RiskModel.open(folder)) {
            List<RiskModel.Scored> scored =
                    model.score(examples.stream().map(Example::features).toList());
            double mean = scored.stream()
                    .mapToDouble(s -> s.probability().probability())
                    .average()
                    .orElseThrow();
            double lapses = examples.stream().filter(Example::lapsed).count() / (double) examples.size();
            assertThat(mean).isCloseTo(lapses, within(0.08));
        }
    }

    @Test
    @Tag("slow")
    void training_again_with_the_seed_gives_the_same_model_but_for_rounding() {
        RiskTraining.Bundle one = RiskTraining.simulated(5, 250, _ -> {});
        RiskTraining.Bundle two = RiskTraining.simulated(5, 250, _ -> {});
        assertThat(two.manifest().medians()).isEqualTo(one.manifest().medians());
        assertThat(row(two, Fitted.LOGISTIC)).isEqualTo(row(one, Fitted.LOGISTIC));
        assertThat(row(two, Fitted.NETWORK).brier())
                .isCloseTo(row(one, Fitted.NETWORK).brier(), within(1e-3));
    }

    @Test
    void a_handful_of_persons_is_refused() {
        assertThatThrownBy(() -> RiskTraining.simulated(1, 20, _ -> {})).hasMessageContaining("at least 200");
    }

    /** The committed card is written from the committed manifest; editing one alone is noticed here. */
    @Test
    void the_shipped_model_card_says_what_the_shipped_manifest_says() throws IOException {
        try (RiskModel model = RiskModel.shipped();
                var card = RiskModel.class.getResourceAsStream("/model/MODEL_CARD.md")) {
            assertThat(new String(Objects.requireNonNull(card).readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(ModelCard.of(model.manifest()));
        }
    }
}
