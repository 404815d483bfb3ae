package health.carryover.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import health.carryover.training.HoldOutTrial.Flag;
import health.carryover.training.HoldOutTrial.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HoldOutTrialTest {
    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
    private static final int SEEDS = 2000;

    /**
     * Two clinics in which people come back unlike often and lots were drawn unlike; some are flagged up to four times, and
     * who came back once comes back more easily again. The call adds {@code effect} for everybody.
     */
    private static List<Flag> trial(long seed, int patients, double effect, boolean unlike) {
        SplittableRandom random = new SplittableRandom(seed * 7919 + 5);
        List<Flag> flags = new ArrayList<>();
        for (int patient = 0; patient < patients; patient++) {
            boolean first = patient % 2 == 0;
            double laterShare = unlike ? (first ? 0.3 : 0.7) : 0.5;
            double own = (first ? 0.2 : 0.5) + (random.nextBoolean() ? 0.12 : -0.12);
            int times = 1 + random.nextInt(4);
            for (int time = 0; time < times; time++) {
                boolean later = random.nextDouble() < laterShare;
                boolean back = random.nextDouble() < own + (later ? 0 : effect);
                flags.add(new Flag(
                        first ? "a" : "b",
                        "p" + patient,
                        START.plus(Duration.ofHours(random.nextInt(24 * 70))),
                        later,
                        later ? laterShare : 1 - laterShare,
                        back));
            }
        }
        return flags;
    }

    private static double coverage(int patients, double effect, boolean unlike) {
        int covered = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Result result = HoldOutTrial.of(trial(seed, patients, effect, unlike), 0.1);
            if (result.low() <= effect && effect <= result.high()) covered++;
        }
        System.out.printf(
                "%d patients, effect %.2f, %s lots: %.1f %% of %d intervals hold the truth%n",
                patients, effect, unlike ? "unlike" : "equal", 100.0 * covered / SEEDS, SEEDS);
        return covered / (double) SEEDS;
    }

    /** With 2,000 trials the standard error of a coverage of 95 % is half a point. */
    @Test
    void the_interval_holds_the_truth_in_nineteen_of_twenty_trials() {
        assertThat(coverage(160, 0.10, false)).isBetween(0.935, 0.965);
        assertThat(coverage(160, 0, false)).isBetween(0.935, 0.965);
        assertThat(coverage(40, 0.10, false)).isBetween(0.925, 0.965);
    }

    @Test
    void lots_that_were_drawn_unlike_are_weighted_by_their_propensity() {
        assertThat(coverage(160, 0.10, true)).isBetween(0.935, 0.965);
        double plain = 0;
        double weighted = 0;
        for (long seed = 0; seed < 200; seed++) {
            List<Flag> flags = trial(seed, 400, 0.10, true);
            plain += share(flags, false) - share(flags, true);
            weighted += HoldOutTrial.of(flags, 0.1).difference();
        }
        assertThat(weighted / 200).isCloseTo(0.10, within(0.01));
        assertThat(plain / 200).as("without weights").isLessThan(0.02);
    }

    private static double share(List<Flag> flags, boolean later) {
        return flags.stream()
                .filter(flag -> flag.later() == later)
                .mapToInt(flag -> flag.cameBack() ? 1 : 0)
                .average()
                .orElseThrow();
    }

    /** For 0.3 against 0.4 textbooks have about 356 an arm with a pooled variance; without pooling it is 353. */
    @Test
    void the_sample_needed_is_that_of_the_textbook() {
        assertThat(HoldOutTrial.needed(0.3, 0.1)).isBetween(704, 714);
        assertThat(HoldOutTrial.needed(0.3, 0.2)).isLessThan(HoldOutTrial.needed(0.3, 0.1) / 3);
        assertThat(HoldOutTrial.needed(0.95, 0.1)).isPositive();
    }

    /** Of simulated trials of the size that is asked for, about four of five find the effect. */
    @Test
    void the_sample_needed_finds_the_effect_in_four_of_five_trials() {
        int needed = HoldOutTrial.needed(0.3, 0.1);
        int found = 0;
        for (long seed = 0; seed < 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Flag> flags = new ArrayList<>();
            for (int i = 0; i < needed; i++) {
                boolean later = random.nextBoolean();
                flags.add(new Flag("c", "p" + i, START, later, 0.5, random.nextDouble() < (later ? 0.3 : 0.4)));
            }
            if (HoldOutTrial.of(flags, 0.1).low() > 0) found++;
        }
        assertThat(found / 1000.0).isBetween(0.76, 0.84);
    }

    @Test
    void one_clinic_alone_is_told_that_it_cannot_answer() {
        List<Flag> few = trial(1, 40, 0.1, false).stream()
                .map(flag -> new Flag("a", flag.patient(), flag.flaggedAt(), flag.later(), 0.5, flag.cameBack()))
                .filter(flag -> flag.patient().hashCode() % 5 == 0)
                .toList();
        Result result = HoldOutTrial.of(few, 0.05);
        assertThat(result.canBePowered()).isFalse();
        assertThat(result.text()).contains("CANNOT BE POWERED by one clinic alone", "pool ");
        assertThat(HoldOutTrial.of(List.of(), 0.1).text())
                .contains("TOO FEW TO SAY ANYTHING", "CANNOT BE POWERED AS FAR AS CAN BE TOLD");
    }

    @Test
    void flags_without_a_lot_are_counted_and_left_out() {
        List<Flag> flags = new ArrayList<>(trial(3, 100, 0.1, false));
        Result before = HoldOutTrial.of(flags, 0.1);
        for (int i = 0; i < 500; i++) flags.add(new Flag("c", "q" + i, START, false, 1, true));
        Result after = HoldOutTrial.of(flags, 0.1);
        assertThat(after.difference()).isEqualTo(before.difference());
        assertThat(after.notRandomised()).isEqualTo(500);
        assertThatThrownBy(() -> new Flag("c", "p", START, false, 0, true)).hasMessageContaining("propensity");
    }
}
