package health.carryover.clinical.setup;

import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;

/** Turns frames into the measures of a {@link Window}. Takes a look at most every 50 ms: faster cameras tell no more. */
final class Measures {
    static final long LOOK_MS = 50;

    /** The rows of the window. */
    static final int FRAMES = 0;

    static final int NOBODY = 1;
    static final int PERSONS = 2;
    static final int STATURE = 3;
    static final int ASIDE = 4;
    static final int LEAN = 5;
    static final int TRUNK_LEAN = 6;
    static final int LEGS_TO_TRUNK = 7;
    static final int LYING = 8;
    static final int VISIBILITY = 9;
    static final int NEAR = 10;
    static final int HEAD_OUT = 11;
    static final int FEET_OUT = 12;
    static final int BODY_OUT = 13;
    static final int SIDE_OUT = 14;
    static final int OUT = 15;
    static final int LOOSE = 16;
    static final int FIRM = 17;
    static final int IMAGE = 18;
    static final int PERSON = 19;
    static final int BACKGROUND = 20;
    static final int CLARITY = 21;
    private static final int COUNT = 22;

    final Window window;
    final Changes changes;
    private final Look look;
    private final Parts parts;
    private final Jitter jitter;
    private final double shorterSide;
    private long lastLookMs = -LOOK_MS;
    private int framesSinceLook;

    Measures(SetupWish wish, ImageSize size, SetupLimits limits) {
        long lengthMs = limits.timing().window().toMillis();
        window = new Window(COUNT, (int) (lengthMs / LOOK_MS) + 3, lengthMs);
        changes = new Changes(limits.steadiness());
        look = new Look(size, wish, limits.framing().seen());
        parts = new Parts(wish, size, limits.framing());
        jitter = new Jitter(size, limits.framing().seen());
        shorterSide = Math.min(size.width(), size.height());
    }

    void forget() {
        window.clear();
        changes.forget();
        jitter.forget();
        lastLookMs = -LOOK_MS;
        framesSinceLook = 0;
    }

    /** Takes the next frame; whether it was looked at, so that there is something new to decide on. */
    boolean add(Frame frame, Scene scene) {
        framesSinceLook++;
        if (frame.timeMs() - lastLookMs < LOOK_MS) return false;
        lastLookMs = frame.timeMs();
        if (frame.hasPerson()) {
            look.at(frame);
            if (changes.at(frame.timeMs(), look.x, look.y, look.spread)) {
                window.clear(); // from here on another body is measured
                jitter.forget();
            }
        }
        window.add(frame.timeMs());
        window.set(FRAMES, framesSinceLook);
        framesSinceLook = 0;
        window.set(IMAGE, scene.image());
        window.set(PERSON, scene.person());
        window.set(BACKGROUND, scene.background());
        if (scene.persons() != Scene.NOT_COUNTED) window.set(PERSONS, scene.persons() > 1);
        window.set(NOBODY, !frame.hasPerson());
        if (frame.hasPerson()) person(frame);
        return true;
    }

    private void person(Frame frame) {
        parts.at(frame, look);
        jitter.at(frame, look.stature);
        window.set(STATURE, look.stature / shorterSide);
        window.set(ASIDE, look.aside);
        window.set(LEAN, look.lean);
        window.set(TRUNK_LEAN, look.trunkLean);
        window.set(LEGS_TO_TRUNK, look.legsToTrunk);
        window.set(LYING, look.lying);
        window.set(VISIBILITY, parts.visibility);
        window.set(CLARITY, look.clarity);
        window.set(NEAR, parts.near);
        window.set(HEAD_OUT, parts.headOut);
        window.set(FEET_OUT, parts.feetOut);
        window.set(BODY_OUT, parts.bodyOut);
        window.set(SIDE_OUT, parts.sideOut);
        window.set(OUT, parts.headOut || parts.feetOut || parts.bodyOut || parts.sideOut);
        window.set(LOOSE, jitter.loose);
        window.set(FIRM, jitter.firm);
    }
}
