package health.carryover.clinical.risk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the risk model sees of one patient at one cut-off. The only implementation: training and serving both call
 * {@link #of}. Immutable.
 */
public final class RiskFeatures {
    /** A week counts as kept from this share of its dose on; our own choice. */
    static final double KEPT_SHARE = 0.7;

    private static final List<String> NAMES = schema();

    private final EnumMap<Feature, Double> values;

    private RiskFeatures(EnumMap<Feature, Double> values) {
        this.values = values;
    }

    private static List<String> schema() {
        List<String> names = new ArrayList<>();
        for (Feature feature : Feature.values()) names.add(feature.column());
        for (Feature feature : Feature.values()) if (feature.mayBeMissing()) names.add(feature.column() + "_missing");
        return List.copyOf(names);
    }

    /** The columns of {@link #vector}, in order: all values, then the indicators of those that may be missing. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Features from values known already, such as those stored for the nightly run.
     *
     * @param values a feature that is not in it is missing
     * @throws IllegalArgumentException when a value is outside its range, or one that is always known is missing
     */
    public static RiskFeatures of(Map<Feature, Double> values) {
        EnumMap<Feature, Double> copy = new EnumMap<>(Feature.class);
        for (Feature feature : Feature.values()) {
            Double value = values.get(feature);
            if (value == null) {
                if (!feature.mayBeMissing()) throw new IllegalArgumentException(feature.column() + " is missing");
            } else {
                if (!(value >= feature.min() && value <= feature.max()))
                    throw new IllegalArgumentException(feature.column() + " is outside its range");
                copy.put(feature, value);
            }
        }
        return new RiskFeatures(copy);
    }

    /**
     * Features of a patient at a moment. Nothing that happened or became known after it has any influence; neither has
     * the order of the uploads, nor a session sent twice.
     *
     * @param sessions all uploads there are, in any order; those before the plan began are ignored
     * @param cutOff the moment of scoring, itself included
     * @throws IllegalArgumentException when the plan had not begun at the cut-off
     */
    public static RiskFeatures of(CarePlan plan, Collection<SessionFact> sessions, Instant cutOff) {
        CarePlan known = plan.asOf(cutOff)
                .orElseThrow(() -> new IllegalArgumentException("the plan had not begun at the cut-off"));
        return new RiskFeatures(
                new FeatureComputation(known, SessionFact.distinct(known(sessions, known.start(), cutOff)), cutOff)
                        .run());
    }

    static List<SessionFact> known(Collection<SessionFact> sessions, Instant start, Instant cutOff) {
        return sessions.stream()
                .filter(session -> !session.endedAt().isAfter(cutOff)
                        && !session.receivedAt().isAfter(cutOff)
                        && !session.endedAt().isBefore(start))
                .toList();
    }

    /** The value, empty when it is missing. */
    public OptionalDouble value(Feature feature) {
        Double value = values.get(feature);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Known values by feature, in schema order. */
    public Map<Feature, Double> values() {
        return Collections.unmodifiableMap(values);
    }

    /** The model's input: a fresh array with one number per name in {@link #names}; a missing value is 0 with indicator 1. */
    public float[] vector() {
        float[] vector = new float[NAMES.size()];
        int at = 0;
        for (Feature feature : Feature.values())
            vector[at++] = (float) value(feature).orElse(0);
        for (Feature feature : Feature.values())
            if (feature.mayBeMissing()) vector[at++] = values.containsKey(feature) ? 0 : 1;
        return vector;
    }

    /** Which group each column of {@link #vector} belongs to. */
    public static List<FeatureGroup> groups() {
        List<FeatureGroup> groups = new ArrayList<>();
        for (Feature feature : Feature.values()) groups.add(feature.group());
        for (Feature feature : Feature.values()) if (feature.mayBeMissing()) groups.add(feature.group());
        return groups;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RiskFeatures that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Says nothing of the patient: features are health data and do not belong in a log. */
    @Override
    public String toString() {
        return "[features]";
    }
}
