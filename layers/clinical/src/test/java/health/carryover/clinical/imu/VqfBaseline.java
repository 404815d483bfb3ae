package health.carryover.clinical.imu;

import java.util.Arrays;

/**
 * The published filter that ours is compared with: VQF with its default parameters, written anew from the paper (Laidig and
 * Seel, Information Fusion 91:187-204, 2023). Only for tests; {@link BroadAccuracyTest} checks it against the published code.
 */
final class VqfBaseline implements OrientationFilter {
    private static final double TAU_TILT_S = 3;
    private static final double TAU_HEADING_S = 9;
    private static final double BIAS_CLIP = Math.toRadians(2);
    private static final double REST_RATE = Math.toRadians(2);
    private static final double REST_FORCE = 0.5;
    private static final double REST_S = 1.5;
    private static final double REST_FILTER_S = 0.5;
    private static final double FIELD_FILTER_S = 0.05;
    private static final double FIELD_NORM = 0.1;
    private static final double FIELD_DIP = Math.toRadians(10);
    private static final double FIELD_REF_S = 20;
    private static final double FIELD_NEW_S = 20;
    private static final double FIELD_NEW_FIRST_S = 5;
    private static final double FIELD_NEW_RATE = Math.toRadians(20);
    private static final double FIELD_UNDISTURBED_S = 0.5;
    private static final double REJECTION_S = 60;
    private static final double REJECTION_FACTOR = 2;
    /** Variances in (deg/s)^2: start 0.5, forgetting 0.1 in 100 s, in motion 0.1, at rest 0.03. */
    private static final double START_VARIANCE = 0.25;

    private Quaternion gyroscope = Quaternion.IDENTITY;
    private Quaternion tilt = Quaternion.IDENTITY;
    private double heading;
    private final double[] bias = new double[3];
    private final double[][] variance = {{START_VARIANCE, 0, 0}, {0, START_VARIANCE, 0}, {0, 0, START_VARIANCE}};
    private final LowPass force = new LowPass(3, TAU_TILT_S);
    private final LowPass rotation = new LowPass(9, TAU_TILT_S);
    private final LowPass turnedBias = new LowPass(2, TAU_TILT_S);
    private final LowPass restRate = new LowPass(3, REST_FILTER_S);
    private final LowPass restForce = new LowPass(3, REST_FILTER_S);
    private final LowPass normAndDip = new LowPass(2, FIELD_FILTER_S);
    private double quietS;
    private boolean disturbed = true;
    private double refNorm;
    private double refDip;
    private double undisturbedS;
    private double newNorm;
    private double newDip;
    private double newS = -1;
    private double rejectedS = REJECTION_S;
    private double firstGain = 1;

    @Override
    public void update(double dtS, double[] s, int at) {
        double[] rate = Arrays.copyOfRange(s, at + 3, at + 6);
        double[] specific = Arrays.copyOfRange(s, at, at + 3);
        boolean rest = rest(rate, specific, dtS);
        for (int i = 0; i < 3; i++) rate[i] -= bias[i];
        double speed = length(rate);
        if (speed > 1e-12) gyroscope = gyroscope.times(Quaternion.about(rate[0], rate[1], rate[2], speed * dtS));
        double[] inertial = gyroscope.turn(specific[0], specific[1], specific[2]);
        double[] smooth = force.step(inertial, dtS);
        double[] up = tilt.turn(smooth[0], smooth[1], smooth[2]);
        double norm = length(up);
        tilt = Quaternion.between(up[0] / norm, up[1] / norm, up[2] / norm, 0, 0, 1)
                .times(tilt);
        Quaternion level = tilt.times(gyroscope);
        estimateBias(level, up[0] / norm, up[1] / norm, rest, dtS);
        field(level, s[at + 6], s[at + 7], s[at + 8], speed, dtS);
    }

    private boolean rest(double[] rate, double[] specific, double dtS) {
        double[] slow = restRate.step(rate, dtS);
        double[] slowForce = restForce.step(specific, dtS);
        boolean moved = distance(rate, slow) >= REST_RATE || distance(specific, slowForce) >= REST_FORCE;
        for (double axis : slow) moved |= Math.abs(axis) > BIAS_CLIP;
        quietS = moved ? 0 : quietS + dtS;
        return quietS >= REST_S;
    }

    private void estimateBias(Quaternion level, double east, double north, boolean rest, double dtS) {
        double[] x = level.turn(1, 0, 0);
        double[] y = level.turn(0, 1, 0);
        double[] z = level.turn(0, 0, 1);
        double[] r = rotation.step(new double[] {x[0], y[0], z[0], x[1], y[1], z[1], x[2], y[2], z[2]}, dtS);
        double[] earthBias = level.turn(bias[0], bias[1], bias[2]);
        double[] slowBias = turnedBias.step(new double[] {earthBias[0], earthBias[1]}, dtS);
        double forgetting = 0.01 * dtS / 100;
        for (int i = 0; i < 3; i++) if (variance[i][i] < START_VARIANCE) variance[i][i] += forgetting;
        double motion = 0.01 * 0.01 / forgetting + 0.01;
        double still = Math.pow(0.0009, 2) / forgetting + 0.0009;
        double[] change = new double[3];
        for (int k = 0; k < 3; k++) {
            double[] row = rest
                    ? new double[] {k == 0 ? 1 : 0, k == 1 ? 1 : 0, k == 2 ? 1 : 0}
                    : Arrays.copyOfRange(r, 3 * k, 3 * k + 3);
            double measured = k == 0 ? north / dtS + slowBias[0] : k == 1 ? -east / dtS + slowBias[1] : 0;
            double off = rest ? restRate.out[k] - bias[k] : measured - dot(row, bias);
            correct(
                    row,
                    Math.clamp(off, -BIAS_CLIP, BIAS_CLIP),
                    rest ? still : k < 2 ? motion : motion / 0.0001,
                    change);
        }
        for (int i = 0; i < 3; i++) bias[i] = Math.clamp(bias[i] + change[i], -BIAS_CLIP, BIAS_CLIP);
    }

    private void correct(double[] row, double off, double noise, double[] change) {
        double[] cross = new double[3];
        for (int i = 0; i < 3; i++) cross[i] = dot(variance[i], row);
        double total = noise + dot(row, cross);
        double innovation = off - dot(row, change);
        for (int i = 0; i < 3; i++) {
            change[i] += cross[i] / total * innovation;
            for (int j = 0; j < 3; j++) variance[i][j] -= cross[i] * cross[j] / total;
        }
    }

    private void field(Quaternion level, double mx, double my, double mz, double speed, double dtS) {
        double[] m = level.turn(mx, my, mz);
        double[] found = normAndDip.step(new double[] {length(m), -Math.asin(m[2] / length(m))}, dtS);
        double slow = 1 - Math.exp(-dtS / FIELD_REF_S);
        if (refNorm > 0 && near(found, refNorm, refDip)) {
            undisturbedS += dtS;
            if (undisturbedS >= FIELD_UNDISTURBED_S) {
                disturbed = false;
                refNorm += slow * (found[0] - refNorm);
                refDip += slow * (found[1] - refDip);
            }
        } else {
            undisturbedS = 0;
            disturbed = true;
        }
        if (newS >= 0 && near(found, newNorm, newDip)) {
            if (speed >= FIELD_NEW_RATE) newS += dtS;
            newNorm += slow * (found[0] - newNorm);
            newDip += slow * (found[1] - newDip);
            if (disturbed && (newS >= FIELD_NEW_S || refNorm == 0 && newS >= FIELD_NEW_FIRST_S)) {
                refNorm = newNorm;
                refDip = newDip;
                disturbed = false;
                undisturbedS = FIELD_UNDISTURBED_S;
            }
        } else {
            newS = 0;
            newNorm = found[0];
            newDip = found[1];
        }
        double gain = 1 - Math.exp(-dtS / TAU_HEADING_S);
        if (disturbed) {
            rejectedS = Math.min(REJECTION_S, rejectedS + dtS);
            gain = rejectedS < REJECTION_S ? 0 : gain / REJECTION_FACTOR;
        } else rejectedS = Math.max(0, rejectedS - REJECTION_FACTOR * dtS);
        if (firstGain > 0) {
            gain = Math.max(gain, firstGain);
            firstGain /= firstGain + 1;
            if (firstGain * TAU_HEADING_S < dtS) firstGain = 0;
        }
        heading += gain * Math.IEEEremainder(Math.atan2(m[0], m[1]) - heading, 2 * Math.PI);
    }

    private static boolean near(double[] found, double norm, double dip) {
        return Math.abs(found[0] - norm) < FIELD_NORM * norm && Math.abs(found[1] - dip) < FIELD_DIP;
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double length(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    @Override
    public void interrupted() {
        throw new UnsupportedOperationException("the baseline is only run over whole recordings");
    }

    @Override
    public void orientation(double[] into, int at) {
        Quaternion q = Quaternion.about(0, 0, 1, heading).times(tilt).times(gyroscope);
        into[at] = q.w();
        into[at + 1] = q.x();
        into[at + 2] = q.y();
        into[at + 3] = q.z();
    }

    @Override
    public boolean seesHeading() {
        return true;
    }

    /** Butterworth of second order; the mean of all samples during the first time constant. */
    private static final class LowPass {
        private final double tauS;
        private final double[] sum;
        private final double[][] inputs;
        private final double[][] outputs;
        private final double[] out;
        private int count;
        private boolean running;

        LowPass(int size, double tauS) {
            this.tauS = tauS;
            sum = new double[size];
            inputs = new double[2][size];
            outputs = new double[2][size];
            out = new double[size];
        }

        double[] step(double[] in, double dtS) {
            if (!running) {
                count++;
                for (int i = 0; i < in.length; i++) {
                    sum[i] += in[i];
                    out[i] = sum[i] / count;
                    inputs[0][i] = inputs[1][i] = outputs[0][i] = outputs[1][i] = out[i];
                }
                running = count * dtS >= tauS;
                return out;
            }
            double c = Math.tan(Math.sqrt(2) / (2 * tauS) * dtS);
            double d = c * c + Math.sqrt(2) * c + 1;
            double b0 = c * c / d;
            double a1 = 2 * (c * c - 1) / d;
            double a2 = (1 - Math.sqrt(2) * c + c * c) / d;
            for (int i = 0; i < in.length; i++) {
                out[i] = b0 * (in[i] + 2 * inputs[0][i] + inputs[1][i]) - a1 * outputs[0][i] - a2 * outputs[1][i];
                outputs[1][i] = outputs[0][i];
                outputs[0][i] = out[i];
                inputs[1][i] = inputs[0][i];
                inputs[0][i] = in[i];
            }
            return out;
        }
    }
}
