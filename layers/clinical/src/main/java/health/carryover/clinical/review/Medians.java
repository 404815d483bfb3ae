package health.carryover.clinical.review;

import java.util.List;

final class Medians {
    private Medians() {}

    /** @param values at least one */
    static double of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
