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
        return Selection.select(candidates, new RiskScore(threshold), cap, "2026-03-07").stream()
                .map(Candidate::patient)
                .toList();
    }

    private static final List<Candidate> TONIGHT = List.of(
            candidate("c", 0.3), candidate("a", 0.9), candidate("b", 0.3), candidate("d", 0.1), candidate("e", 0.5));

    @Test
    void the_highest_risk_comes_first() {
        assertThat(selected(TONIGHT, 0, 5)).startsWith("a", "e").endsWith("d").hasSize(5);
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
        List<String> once = selected(TONIGHT, 0, 3);
        for (long seed = 0; seed < 20; seed++) {
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(selected(shuffled, 0, 3)).isEqualTo(once);
        }
    }

    /**
     * Twelve patients of one therapist enrolled before twelve of another, all with the same risk, and four places a night.
     * Each therapist expects half of 400 nights' 1,600 places; 5 standard deviations are 92 (less, since places are drawn
     * without putting back). Each patient expects 67; 5 standard deviations are 37.
     */
    @Test
    void with_equal_risks_no_therapists_patients_are_left_out_and_no_patient() {
        List<Candidate> equal = new ArrayList<>();
        for (int i = 0; i < 24; i++) equal.add(candidate("019cc5ce-f280-7000-8000-0000000000%02d".formatted(i), 0.5));
        java.util.Map<String, Integer> places = new java.util.HashMap<>();
        for (int night = 0; night < 400; night++)
            for (Candidate chosen : Selection.select(
                    equal,
                    new RiskScore(0.3),
                    4,
                    java.time.LocalDate.ofEpochDay(20_000 + night).toString()))
                places.merge(chosen.patient(), 1, Integer::sum);
        int first = equal.subList(0, 12).stream()
                .mapToInt(one -> places.getOrDefault(one.patient(), 0))
                .sum();
        assertThat(first).isBetween(800 - 92, 800 + 92);
        for (Candidate one : equal)
            assertThat(places.getOrDefault(one.patient(), 0)).as(one.patient()).isBetween(67 - 37, 67 + 37);
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
