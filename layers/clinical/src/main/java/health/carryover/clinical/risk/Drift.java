package health.carryover.clinical.risk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far the patients of today are from those a model was trained on, feature by feature: the population stability index
 * {@code sum (actual - expected) ln(actual / expected)} over bins. Below 0.1 nothing has moved, above 0.25 it is another
 * population: the customary limits of credit scoring (Siddiqi, Credit Risk Scorecards, 2006, ch. 6).
 */
public final class Drift {
    public static final double NOTICEABLE = 0.1;
    public static final double LARGE = 0.25;

    private static final int BINS = 10;
    /** An empty bin counts as this share, or the index would be infinite. */
    private static final double LEAST_SHARE = 1e-3;

    private Drift() {}

    /**
     * How a feature was distributed in training.
     *
     * @param edges ascending; bin i holds values above edge i - 1 up to edge i (included), the last one the rest
     * @param shares of the rows, one per bin, then that of the rows in which the feature is missing; adds up to 1
     */
    public record Reference(List<Double> edges, List<Double> shares) {
        public Reference {
            edges = List.copyOf(edges);
            shares = List.copyOf(shares);
            if (shares.size() != edges.size() + 2)
                throw new IllegalArgumentException("a reference has a share per bin and one for what is missing");
        }

        /** Edges at the tenths of the known values; equal ones are one. */
        public static Reference of(List<RiskFeatures> rows, Feature feature) {
            double[] known = rows.stream()
                    .map(row -> row.value(feature))
                    .filter(OptionalDouble::isPresent)
                    .mapToDouble(OptionalDouble::getAsDouble)
                    .sorted()
                    .toArray();
            List<Double> edges = new ArrayList<>();
            for (int bin = 1; bin < BINS && known.length > 0; bin++) {
                double edge = known[bin * (known.length - 1) / BINS];
                if (edges.isEmpty() || edge > edges.getLast()) edges.add(edge);
            }
            return new Reference(edges, Drift.shares(rows, feature, edges));
        }
    }

    /** The index of a feature over some patients; 0 when there are none. */
    public static double index(List<RiskFeatures> rows, Feature feature, Reference reference) {
        if (rows.isEmpty()) return 0;
        List<Double> actual = shares(rows, feature, reference.edges());
        double index = 0;
        for (int bin = 0; bin < actual.size(); bin++) {
            double now = Math.max(actual.get(bin), LEAST_SHARE);
            double then = Math.max(reference.shares().get(bin), LEAST_SHARE);
            index += (now - then) * Math.log(now / then);
        }
        return index;
    }

    private static List<Double> shares(List<RiskFeatures> rows, Feature feature, List<Double> edges) {
        double[] counts = new double[edges.size() + 2];
        for (RiskFeatures row : rows) {
            OptionalDouble value = row.value(feature);
            int bin = counts.length - 1;
            if (value.isPresent()) {
                bin = 0;
                while (bin < edges.size() && value.getAsDouble() > edges.get(bin)) bin++;
            }
            counts[bin]++;
        }
        return Arrays.stream(counts).map(count -> count / rows.size()).boxed().toList();
    }
}
