package health.carryover.clinical.motion;

/** A joint angle in degrees, neutral-zero convention: 0 = anatomical position, flexion and elevation positive. */
public record Angle(double degrees) implements Comparable<Angle> {
    /** Refuses anything outside [-180, 180], NaN included. */
    public Angle {
        if (!(degrees >= -180 && degrees <= 180))
            throw new IllegalArgumentException("joint angle outside [-180, 180] degrees");
    }

    public static Angle ofRadians(double radians) {
        return new Angle(Math.toDegrees(radians));
    }

    public Angle minus(Angle other) {
        return new Angle(degrees - other.degrees);
    }

    @Override
    public int compareTo(Angle other) {
        return Double.compare(degrees, other.degrees);
    }
}
