package health.carryover.clinical.imu;

/** Three finite numbers with a direction; the unit is said where it is used. */
public record Vector(double x, double y, double z) {
    public Vector {
        if (!(Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(z)))
            throw new IllegalArgumentException("vector not finite");
    }

    public double length() {
        return Math.sqrt(dot(this));
    }

    public double dot(Vector b) {
        return x * b.x + y * b.y + z * b.z;
    }

    public Vector cross(Vector b) {
        return new Vector(y * b.z - z * b.y, z * b.x - x * b.z, x * b.y - y * b.x);
    }

    public Vector times(double factor) {
        return new Vector(x * factor, y * factor, z * factor);
    }

    public Vector minus(Vector b) {
        return new Vector(x - b.x, y - b.y, z - b.z);
    }

    /** @throws IllegalArgumentException if it has no length */
    public Vector unit() {
        double length = length();
        if (!(length > 1e-12)) throw new IllegalArgumentException("vector without length");
        return times(1 / length);
    }

    Vector turnedBy(Quaternion turn) {
        double[] turned = turn.turn(x, y, z);
        return new Vector(turned[0], turned[1], turned[2]);
    }
}
