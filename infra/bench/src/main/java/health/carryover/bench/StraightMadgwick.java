package health.carryover.bench;

/** The arithmetic of Madgwick's 9-axis filter as one loop over local variables: what the filter is compared with. */
final class StraightMadgwick {
    private StraightMadgwick() {}

    /** @return something of every orientation, so that nothing can be left out */
    static double run(double[] s, double dt, double beta) {
        double sum = 0;
        double w = 1;
        double x = 0;
        double y = 0;
        double z = 0;
        for (int at = 0; at < s.length; at += 9) {
            double gx = s[at + 3];
            double gy = s[at + 4];
            double gz = s[at + 5];
            double dw = 0.5 * (-x * gx - y * gy - z * gz);
            double dx = 0.5 * (w * gx + y * gz - z * gy);
            double dy = 0.5 * (w * gy - x * gz + z * gx);
            double dz = 0.5 * (w * gz + x * gy - y * gx);
            double ax = s[at];
            double ay = s[at + 1];
            double az = s[at + 2];
            double perForce = 1 / Math.sqrt(ax * ax + ay * ay + az * az);
            double f1 = 2 * (x * z - w * y) - ax * perForce;
            double f2 = 2 * (w * x + y * z) - ay * perForce;
            double f3 = 1 - 2 * (x * x + y * y) - az * perForce;
            double mx = s[at + 6];
            double my = s[at + 7];
            double mz = s[at + 8];
            double perField = 1 / Math.sqrt(mx * mx + my * my + mz * mz);
            mx *= perField;
            my *= perField;
            mz *= perField;
            double hx = (1 - 2 * (y * y + z * z)) * mx + 2 * (x * y - w * z) * my + 2 * (x * z + w * y) * mz;
            double hy = 2 * (x * y + w * z) * mx + (1 - 2 * (x * x + z * z)) * my + 2 * (y * z - w * x) * mz;
            double bx = Math.sqrt(hx * hx + hy * hy);
            double bz = 2 * (x * z - w * y) * mx + 2 * (y * z + w * x) * my + (1 - 2 * (x * x + y * y)) * mz;
            double f4 = 2 * bx * (0.5 - y * y - z * z) + 2 * bz * (x * z - w * y) - mx;
            double f5 = 2 * bx * (x * y - w * z) + 2 * bz * (w * x + y * z) - my;
            double f6 = 2 * bx * (w * y + x * z) + 2 * bz * (0.5 - x * x - y * y) - mz;
            double sw = -2 * y * f1 + 2 * x * f2 - 2 * bz * y * f4 + (-2 * bx * z + 2 * bz * x) * f5 + 2 * bx * y * f6;
            double sx = 2 * z * f1
                    + 2 * w * f2
                    - 4 * x * f3
                    + 2 * bz * z * f4
                    + (2 * bx * y + 2 * bz * w) * f5
                    + (2 * bx * z - 4 * bz * x) * f6;
            double sy = -2 * w * f1
                    + 2 * z * f2
                    - 4 * y * f3
                    + (-4 * bx * y - 2 * bz * w) * f4
                    + (2 * bx * x + 2 * bz * z) * f5
                    + (2 * bx * w - 4 * bz * y) * f6;
            double sz = 2 * x * f1
                    + 2 * y * f2
                    + (-4 * bx * z + 2 * bz * x) * f4
                    + (-2 * bx * w + 2 * bz * y) * f5
                    + 2 * bx * x * f6;
            double step = beta / Math.sqrt(sw * sw + sx * sx + sy * sy + sz * sz);
            w += (dw - step * sw) * dt;
            x += (dx - step * sx) * dt;
            y += (dy - step * sy) * dt;
            z += (dz - step * sz) * dt;
            double perLength = 1 / Math.sqrt(w * w + x * x + y * y + z * z);
            w *= perLength;
            x *= perLength;
            y *= perLength;
            z *= perLength;
            sum += w;
        }
        return sum;
    }
}
