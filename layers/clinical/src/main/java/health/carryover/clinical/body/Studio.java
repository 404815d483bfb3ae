package health.carryover.clinical.body;

import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Films a motion and has it tracked. */
final class Studio {
    private static final List<Landmark> TRUNK =
            List.of(Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER, Landmark.LEFT_HIP, Landmark.RIGHT_HIP);
    private static final ImageSize METRES = new ImageSize(1, 1);

    private final Settings s;
    private final Motion motion;
    private final Camera camera;
    private final Tracker tracker;
    private final Tracker trackerOfOther;
    private final Random losses;

    Studio(Settings s, Motion motion) {
        this.s = s;
        this.motion = motion;
        double focal = s.height * Math.min(s.size.width(), s.size.height()) * s.distance / s.stature;
        camera = Camera.lookingAt(s.size, motion.middle(), s.azimuthDeg, s.elevationDeg, s.rollDeg, s.distance, focal);
        tracker = new Tracker(s, motion.low());
        trackerOfOther = new Tracker(s, 1);
        losses = new Random(s.seed * 7919 + 1);
    }

    Simulated film() {
        List<Frame> frames = new ArrayList<>();
        List<Frame> world = new ArrayList<>();
        double from = s.skip;
        int count = (int) Math.floor((motion.length() - from) * s.fps + 1e-6);
        int lost = 0;
        for (int i = 0; i < count; i++) {
            long timeMs = Math.round(i * 1000 / s.fps);
            double t = from + i / s.fps;
            Tracker.Seen seen = look(t, timeMs);
            if (lost == 0 && losses.nextDouble() < s.lossRate / s.lossRun) lost = s.lossRun;
            if (losses.nextDouble() < s.skipRate) {
                if (lost > 0) lost--;
                continue;
            }
            boolean nobody = lost > 0 || !inPicture(seen.image());
            frames.add(nobody ? Frame.nobody(timeMs) : seen.image());
            world.add(nobody ? Frame.nobody(timeMs) : seen.world());
            if (lost > 0) lost--;
        }
        return new Simulated(
                new Recording(s.size, s.fps, frames), new Recording(METRES, s.fps, world), motion.reps(s.skip));
    }

    private Tracker.Seen look(double t, long timeMs) {
        double[][] body = motion.points(t);
        Tracker.Seen seen = tracker.look(body, camera, s.stature, t, 1 / s.fps, timeMs);
        for (Settings.Span span : s.overtaken)
            if (span.covers(t)) {
                return trackerOfOther.look(bystander(t), camera, s.stature, t, 1 / s.fps, timeMs);
            }
        return seen;
    }

    /** Somebody who stands behind and beside, and turns a little. */
    private double[][] bystander(double t) {
        Pose pose = Stance.standing(4, 7);
        double azimuth = Math.toRadians(s.azimuthDeg);
        pose.x = 0.9 * Math.cos(azimuth) - 0.8 * Math.sin(azimuth);
        pose.z = -0.9 * Math.sin(azimuth) - 0.8 * Math.cos(azimuth);
        pose.facing = s.azimuthDeg + 20 * Math.sin(0.8 * t);
        pose.elbow[0] = 40 + 25 * Math.sin(1.3 * t);
        return Skeleton.points(Person.average(0.95 * s.stature), pose);
    }

    /** Trackers need the trunk: nobody is found when its middle is out of the picture. */
    private static boolean inPicture(Frame frame) {
        double x = 0;
        double y = 0;
        for (Landmark landmark : TRUNK) {
            x += frame.x(landmark) / 4;
            y += frame.y(landmark) / 4;
        }
        return x > 0 && x < 1 && y > -0.1 && y < 1.1;
    }
}
