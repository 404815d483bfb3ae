package health.carryover.clinical.risk;

/** The probability, 0..1, of a lapse within 14 days. */
public record RiskScore(double probability) implements Comparable<RiskScore> {
    public RiskScore {
        if (!(probability >= 0 && probability <= 1)) throw new IllegalArgumentException("probability outside [0, 1]");
    }

    @Override
    public int compareTo(RiskScore other) {
        return Double.compare(probability, other.probability);
    }
}
