package health.carryover.clinical.motion;

import static health.carryover.clinical.motion.Landmark.LEFT_HIP;
import static health.carryover.clinical.motion.Landmark.RIGHT_HIP;

/**
 * Whether a frame still shows the person who was followed so far: trackers jump to somebody else in the picture, and bodies
 * do not jump. After {@value #FORGOTTEN_MS} ms without that person whoever is seen is followed.
 */
final class SamePerson {
    /** Trunk lengths that the hips may seem to go between two frames: a slip of the tracker. */
    static final double SLIP = 0.6;
    /** Trunk lengths a second that they may go besides while nobody is seen, at most {@value #AWAY} of them. */
    static final double SPEED = 0.5;

    static final double AWAY = 0.3;

    static final long FORGOTTEN_MS = 700;
    /** Nobody is known who has not been followed for so long. */
    static final long KNOWN_MS = 1_000;

    private double x;
    private double y;
    private double trunk;
    private long sinceMs = -1;
    private long lastMs = -1;

    /** Looks at a frame with a person; one that shows somebody else changes nothing. */
    boolean is(Frame frame, ImageSize size, double trunkLength) {
        double nowX = (frame.x(LEFT_HIP) + frame.x(RIGHT_HIP)) / 2 * size.width();
        double nowY = (frame.y(LEFT_HIP) + frame.y(RIGHT_HIP)) / 2 * size.height();
        long elapsed = frame.timeMs() - lastMs;
        double far = SLIP + Math.min(AWAY, SPEED * elapsed / 1000);
        boolean jumped = Math.hypot(nowX - x, nowY - y) > far * Math.max(trunk, trunkLength);
        if (lastMs < 0 || jumped) {
            if (lastMs >= 0 && elapsed < FORGOTTEN_MS && lastMs - sinceMs > KNOWN_MS) return false;
            sinceMs = frame.timeMs();
        }
        x = nowX;
        y = nowY;
        trunk = trunkLength;
        lastMs = frame.timeMs();
        return true;
    }
}
