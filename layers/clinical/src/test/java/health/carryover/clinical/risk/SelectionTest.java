package health.carryover.clinical.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.clinical.risk.Selection.Candidate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
    private static Candidate candidate(String patient, double probability) {
        return new Candidate(patient, new RiskScore(probability));
    }

    private static List<String> selected(List<Candidate> candidates, double threshold, int cap) {
        return Selection.select(candidates, new RiskScore(threshold), cap).stream()
                .map(Candidate::patient)
                .toList();
    }

    private static final List<Candidate> TONIGHT = List.of(
            candidate("c", 0.3), candidate("a", 0.9), candidate("b", 0.3), candidate("d", 0.1), candidate("e", 0.5));

    @Test
    void the_highest_risk_comes_first() {
        assertThat(selected(TONIGHT, 0, 5)).containsExactly("a", "e", "b", "c", "d");
    }

    @Test
    void the_list_is_not_padded_to_the_cap() {
        assertThat(selected(TONIGHT, 0.4, 5)).containsExactly("a", "e");
        assertThat(selected(TONIGHT, 0.95, 5)).isEmpty();
    }

    @Test
    void exactly_the_threshold_is_selected() {
        assertThat(selected(TONIGHT, 0.5, 5)).containsExactly("a", "e");
    }

    @Test
    void the_cap_cuts_a_tie_the_same_way_every_night() {
        List<Candidate> shuffled = new ArrayList<>(TONIGHT);
        for (long seed = 0; seed < 20; seed++) {
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(selected(shuffled, 0, 3)).containsExactly("a", "e", "b");
        }
    }

    @ParameterizedTest(name = "{0} active, staff for {1}: {2}")
    @CsvSource({"0,10,0", "1,10,1", "5,10,1", "6,10,2", "11,45,3", "300,45,45", "300,100,60", "300,0,0", "301,100,61"})
    void the_cap_is_a_fifth_rounded_up_within_the_staff(int active, int staff, int expected) {
        assertThat(Selection.cap(active, staff)).isEqualTo(expected);
    }

    @Test
    void a_score_that_is_no_probability_is_refused() {
        assertThatThrownBy(() -> new RiskScore(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RiskScore(1.01)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Selection.cap(-1, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
