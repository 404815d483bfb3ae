package health.carryover.clinical.motion;

import java.util.Set;

/** Estimates from where the camera looks ({@link Facing}), over all frames. Keeps a histogram of angles, nothing else. */
final class ViewEstimator {
    private static final int BIN_DEG = 5;

    private final ImageSize size;
    private final int[] bins =
            new int[180 / BIN_DEG + 1]; // 0 = facing the camera, 90 = from the side, 180 = facing away
    private int frames;

    ViewEstimator(ImageSize size) {
        this.size = size;
    }

    void add(Frame frame) {
        double azimuth = Facing.azimuthDeg(frame, size);
        if (Double.isNaN(azimuth)) return;
        bins[(int) (azimuth / BIN_DEG)]++;
        frames++;
    }

    View view() {
        if (frames == 0) return View.MIXED;
        double low = quantile(0.1);
        double middle = quantile(0.5);
        double high = quantile(0.9);
        if (high - low > 75) return View.MIXED;
        if (middle < 28) return View.FRONTAL;
        if (middle > 152) return View.REAR;
        return middle < 52 || middle > 128 ? View.OBLIQUE : View.LATERAL;
    }

    /** What to multiply the tracker's depth by: its true scale seen from the front or from behind, nothing from the side. */
    double depthFactor() {
        return frames == 0 ? 0 : Math.abs(Math.cos(Math.toRadians(quantile(0.5)))) / Facing.exaggeration(size);
    }

    /** How far degrees are trusted: seen from the wrong side half, from between or while turning three quarters. */
    static double trust(Set<View> reliable, View seen) {
        if (reliable.contains(seen)) return 1;
        return seen == View.OBLIQUE || seen == View.MIXED ? 0.75 : 0.5;
    }

    double quantile(double fraction) {
        int seen = 0;
        for (int i = 0; i < bins.length; i++) {
            seen += bins[i];
            if (seen >= fraction * frames) return (i + 0.5) * BIN_DEG;
        }
        return 180;
    }
}
