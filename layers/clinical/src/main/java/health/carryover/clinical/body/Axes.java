package health.carryover.clinical.body;

/**
 * Orientation of a segment: unit vectors to the person's left, up along the segment and to its front. In the world x is to
 * the left of a person standing in the reference position, y up and z the way that person faces.
 */
record Axes(double[] left, double[] up, double[] front) {
    static final Axes UPRIGHT = new Axes(new double[] {1, 0, 0}, new double[] {0, 1, 0}, new double[] {0, 0, 1});

    /** Turned about its own left axis: positive bends forward. */
    Axes pitched(double degrees) {
        return degrees == 0 ? this : new Axes(left, mix(up, front, degrees), mix(front, scaled(up, -1), degrees));
    }

    /** Turned about its own front axis: positive leans to the left. */
    Axes rolled(double degrees) {
        return degrees == 0 ? this : new Axes(mix(left, scaled(up, -1), degrees), mix(up, left, degrees), front);
    }

    /** Turned about its own up axis: positive turns to the left. */
    Axes yawed(double degrees) {
        return degrees == 0 ? this : new Axes(mix(left, scaled(front, -1), degrees), up, mix(front, left, degrees));
    }

    /** The unit vector on the way from one to the other of two perpendicular ones. */
    static double[] mix(double[] from, double[] to, double degrees) {
        double angle = Math.toRadians(degrees);
        return plus(scaled(from, Math.cos(angle)), to, Math.sin(angle));
    }

    static double[] plus(double[] from, double[] direction, double length) {
        return new double[] {
            from[0] + direction[0] * length, from[1] + direction[1] * length, from[2] + direction[2] * length
        };
    }

    static double[] minus(double[] a, double[] b) {
        return plus(a, b, -1);
    }

    static double[] scaled(double[] direction, double length) {
        return new double[] {direction[0] * length, direction[1] * length, direction[2] * length};
    }

    static double[] unit(double[] vector) {
        return scaled(vector, 1 / Math.max(1e-12, length(vector)));
    }

    static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    static double length(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    /** Degrees between two vectors, [0, 180]. */
    static double between(double[] a, double[] b) {
        return Math.toDegrees(Math.atan2(length(cross(a, b)), dot(a, b)));
    }

    static double[] middle(double[] a, double[] b) {
        return scaled(plus(a, b, 1), 0.5);
    }
}
