package health.carryover.clinical.body;

import static health.carryover.clinical.body.Axes.*;

import health.carryover.clinical.motion.ImageSize;

/**
 * A pinhole camera that looks at a point.
 * @param right unit vectors of the picture in the world, as down and away
 * @param at where the camera stands, metres
 * @param focal pixels
 */
record Camera(ImageSize size, double[] right, double[] down, double[] away, double[] at, double focal) {
    /**
     * @param target what it looks at
     * @param azimuth 0 in front of the person, 90 to the person's left, degrees
     * @param elevation how far it looks down on the target, degrees
     * @param roll how far the camera is turned clockwise, degrees
     * @param distance from the target, metres
     * @param focal pixels
     */
    static Camera lookingAt(
            ImageSize size,
            double[] target,
            double azimuth,
            double elevation,
            double roll,
            double distance,
            double focal) {
        Axes level = Axes.UPRIGHT.yawed(azimuth).pitched(-elevation); // front points from the target to the camera
        Axes turned = level.rolled(roll);
        return new Camera(
                size,
                turned.left(),
                scaled(turned.up(), -1),
                scaled(level.front(), -1),
                plus(target, level.front(), distance),
                focal);
    }

    /** x to the right and y down in pixels from the upper left corner, and the distance along the view in metres. */
    double[] see(double[] point) {
        double[] from = minus(point, at);
        double depth = Math.max(0.2, dot(from, away)); // nobody walks through the lens
        double scale = focal / depth;
        return new double[] {
            size.width() / 2.0 + dot(from, right) * scale, size.height() / 2.0 + dot(from, down) * scale, depth
        };
    }

    /** The point in axes of the picture: right, down, away; metres from the camera. */
    double[] turn(double[] point) {
        double[] from = minus(point, at);
        return new double[] {dot(from, right), dot(from, down), dot(from, away)};
    }
}
