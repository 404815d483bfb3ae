package health.carryover.clinical.setup;

import static health.carryover.clinical.setup.Measures.*;

import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Posture;
import health.carryover.clinical.motion.View;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the faults that hold over a window, each with its own way in and out so that it does not flicker. */
final class FaultFinder {
    private static final SetupFault[] ORDER = SetupFault.values();
    private static final long NOW_MS = 400;
    private static final double FRONTAL_TO_DEG = 28;
    private static final double OBLIQUE_TO_DEG = 52;

    private final SetupLimits limits;
    private final List<View> views;
    private final Measures measures;
    private final boolean sitting;
    private final boolean knees; // only where they are needed it matters what they wear
    private final boolean[] holds = new boolean[ORDER.length];

    FaultFinder(SetupWish wish, Measures measures, SetupLimits limits) {
        this.limits = limits;
        this.measures = measures;
        views = wish.views();
        knees = wish.landmarks().contains(Landmark.LEFT_KNEE)
                || wish.landmarks().contains(Landmark.RIGHT_KNEE);
        sitting = wish.posture() == Posture.SITTING;
    }

    void forget() {
        Arrays.fill(holds, false);
    }

    boolean holds(SetupFault fault) {
        return holds[fault.ordinal()];
    }

    /** The first fault that holds, null when all is well. */
    @Nullable
    SetupFault first() {
        for (SetupFault fault : ORDER) if (holds[fault.ordinal()]) return fault;
        return null;
    }

    /** Whether the person is in the picture just now: the window takes a second to notice that somebody walks out. */
    boolean inPicture() {
        return measures.window.recentShare(OUT, NOW_MS) < 0.5 && measures.window.recentShare(NOBODY, NOW_MS) < 0.5;
    }

    /** Judges anew, when the window is too short for more, only whether there are two people. */
    void judgePersons(long nowMs) {
        boolean counted =
                limits.framing().share().holds(measures.window.share(PERSONS), holds(SetupFault.SECOND_PERSON));
        note(SetupFault.SECOND_PERSON, counted || measures.changes.many(nowMs));
    }

    /** Judges the window anew. */
    void judge(long nowMs) {
        Window window = measures.window;
        judgePersons(nowMs);
        boolean nobody = limits.framing().absent().holds(window.share(NOBODY), holds(SetupFault.NOBODY));
        note(SetupFault.NOBODY, nobody);
        light(window);
        double rate = window.sumSinceFirst(FRAMES) * 1000 / window.spanMs();
        note(SetupFault.LOW_FRAME_RATE, limits.steadiness().frameRate().holds(rate, holds(SetupFault.LOW_FRAME_RATE)));
        framing(window, nobody);
        double size = window.median(STATURE);
        note(SetupFault.TOO_FAR, !nobody && limits.framing().size().holds(size, holds(SetupFault.TOO_FAR)));
        double outside = outsideViews(window.median(ASIDE));
        note(SetupFault.WRONG_VIEW, !nobody && limits.aim().view().holds(outside, holds(SetupFault.WRONG_VIEW)));
        double visibility = window.median(VISIBILITY);
        boolean hidden = limits.framing().visibility().holds(visibility, holds(SetupFault.OBSTRUCTED));
        note(SetupFault.OBSTRUCTED, !nobody && hidden);
        double loose = window.median(LOOSE);
        boolean wander = limits.steadiness().wander().holds(loose, holds(SetupFault.BAGGY_CLOTHES))
                && loose > limits.steadiness().ratio() * window.median(FIRM);
        note(SetupFault.BAGGY_CLOTHES, !nobody && !hidden && knees && wander);
        tilt(window, nobody, wander);
    }

    private void note(SetupFault fault, boolean held) {
        holds[fault.ordinal()] = held;
    }

    private void light(Window window) {
        double image = window.median(IMAGE);
        double person = window.median(PERSON);
        double background = window.median(BACKGROUND);
        boolean suffers = window.share(NOBODY) > 0.2
                || window.median(CLARITY) < limits.light().suffering()
                || window.median(FIRM) > limits.light().noise();
        double brightest = brightest(brightest(image, person), background);
        boolean dark = holds(SetupFault.DARK);
        note(
                SetupFault.DARK,
                limits.light().dark().holds(brightest, dark)
                        || suffers && limits.light().dim().holds(brightest, dark));
        boolean before = holds(SetupFault.BACKLIT);
        double contrast = person / background;
        note(
                SetupFault.BACKLIT,
                background > limits.light().bright()
                        && (limits.light().shape().holds(contrast, before)
                                || suffers && limits.light().against().holds(contrast, before)));
    }

    private static double brightest(double one, double other) {
        return Double.isNaN(one) || other > one ? other : one;
    }

    /** Which part is outside is asked only when something is, most of the time; then the most frequent reason counts. */
    private void framing(Window window, boolean nobody) {
        boolean before = holds(SetupFault.TOO_NEAR)
                || holds(SetupFault.HEAD_OUT)
                || holds(SetupFault.FEET_OUT)
                || holds(SetupFault.OFF_CENTRE);
        boolean out = !nobody && limits.framing().share().holds(window.share(OUT), before);
        double near = Math.max(window.share(NEAR), 0);
        double head = window.share(HEAD_OUT);
        double feet = window.share(FEET_OUT);
        double body = window.share(BODY_OUT);
        double side = window.share(SIDE_OUT);
        // a body part other than head and feet at the edge: a step back helps, whatever it is
        boolean isNear = near >= window.share(OUT) / 2 || body > head && body > feet && body > side;
        note(SetupFault.TOO_NEAR, out && isNear);
        note(SetupFault.HEAD_OUT, out && !isNear && head >= feet && head >= side);
        note(SetupFault.FEET_OUT, out && !isNear && feet > head && feet >= side);
        note(SetupFault.OFF_CENTRE, out && !isNear && side > head && side > feet);
    }

    /** @param wander hips and knees do, so that the length of the legs says nothing */
    private void tilt(Window window, boolean nobody, boolean wander) {
        boolean before = holds(SetupFault.CAMERA_TILTED);
        SetupLimits.Bound lean = sitting
                ? limits.aim().sitting()
                : window.share(LYING) > 0.5
                        ? limits.aim().lying()
                        : limits.aim().upright();
        boolean tilted = lean.holds(Math.abs(window.median(LEAN)), before)
                || limits.aim().trunk().holds(Math.abs(window.median(TRUNK_LEAN)), before)
                || !wander && limits.aim().legsToTrunk().holds(window.median(LEGS_TO_TRUNK), before);
        note(SetupFault.CAMERA_TILTED, !nobody && tilted);
    }

    /** Degrees from the nearest wanted view, 0 within one; NaN stays NaN. */
    private double outsideViews(double aside) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < views.size(); i++) {
            double away = switch (views.get(i)) {
                case FRONTAL, REAR -> Math.max(0, aside - FRONTAL_TO_DEG);
                case OBLIQUE -> Math.max(0, Math.max(FRONTAL_TO_DEG - aside, aside - OBLIQUE_TO_DEG));
                case LATERAL -> Math.max(0, OBLIQUE_TO_DEG - aside);
                case MIXED -> Double.POSITIVE_INFINITY; // refused by the wish
            };
            nearest = Math.min(nearest, away);
        }
        return nearest;
    }
}
