package health.carryover.clinical.setup;

import static health.carryover.clinical.motion.Landmark.*;
import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Posture;
import health.carryover.clinical.motion.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Faults put onto recordings of real people, so that the noise, the visibility and the movement are a real tracker's:
 * the picture shrunk, grown, moved or turned, points hidden or shaken, frames dropped. No limit was set on these. They
 * exercise all the while, which somebody being set up does not, and that hides some faults half of the time.
 */
class FaultsOnRealPeopleTest {
    private static final int VARIATIONS = 3;
    private static final double SECONDS = 12;

    private interface Edit {
        void at(float[] xyzv, long timeMs);
    }

    private final Map<SetupFault, Map<String, Integer>> table = new EnumMap<>(SetupFault.class);

    @Test
    void faults_put_onto_real_recordings_are_told_too() throws IOException {
        for (RealPeople person : RealPeople.all()) {
            boolean usable = person.frames().size() >= 60
                    && !person.name().equals("sagor_shabd") // cut at the hips
                    && !person.name().equals("sds_upload"); // walks out of the picture
            for (int i = 0; usable && i < VARIATIONS; i++)
                faults(person, new Random(77 * i + person.name().hashCode()));
        }
        int right = 0;
        int all = 0;
        for (var row : table.entrySet()) {
            System.out.println("set-up, put onto real people: " + row.getKey() + " -> " + row.getValue());
            int told = row.getValue().getOrDefault(row.getKey().name(), 0);
            int cases =
                    row.getValue().values().stream().mapToInt(Integer::intValue).sum();
            assertThat((double) told / cases).as("%s", row.getKey()).isGreaterThanOrEqualTo(0.85);
            right += told;
            all += cases;
        }
        System.out.printf("set-up, put onto real people: %d of %d right%n", right, all);
        assertThat((double) right / all).isGreaterThanOrEqualTo(0.95);
    }

    private void faults(RealPeople person, Random random) {
        SetupWish asked = person.wish();
        List<View> views = new ArrayList<>(asked.views());
        views.add(View.LATERAL);
        var wish = new SetupWish(views, asked.landmarks(), asked.posture());
        boolean lying = wish.posture() == Posture.LYING;
        boolean whole = wish.landmarks().contains(LEFT_ANKLE);
        List<Frame> frames = toAndFro(person.frames());
        Frame first = frames.stream().filter(Frame::hasPerson).findFirst().orElseThrow();
        var look = new Look(person.size(), wish, 0.5);
        look.at(first);
        double shorter = Math.min(person.size().width(), person.size().height());

        double nearer = between(random, 1.6, 2.6);
        if (whole && !lying)
            tell(SetupFault.TOO_NEAR, person, wish, edit(frames, (v, _) -> place(person, v, nearer, 0, 0, 0)));
        double farther = between(random, 0.12, 0.26) * shorter / look.stature;
        tell(SetupFault.TOO_FAR, person, wish, edit(frames, (v, _) -> place(person, v, farther, 0, 0, 0)));
        double least = lying ? 28 : wish.posture() == Posture.SITTING ? 45 : 22;
        double roll = between(random, least, least + 30) * (random.nextBoolean() ? 1 : -1);
        tell(SetupFault.CAMERA_TILTED, person, wish, edit(frames, (v, _) -> place(person, v, 0.6, roll, 0, 0)));
        double beyond = between(random, 0.04, 0.12);
        double down = 0.5 + beyond - 0.6 * (first.y(LEFT_ANKLE) - 0.5);
        if (whole && !lying)
            tell(SetupFault.FEET_OUT, person, wish, edit(frames, (v, _) -> place(person, v, 0.6, 0, 0, down)));
        double across =
                (first.x(NOSE) > first.x(LEFT_HIP) ? 0.5 + beyond : -0.5 - beyond) - 0.6 * (first.x(NOSE) - 0.5);
        double up = -0.5 - beyond - 0.6 * (first.y(NOSE) - 0.5);
        tell(
                SetupFault.HEAD_OUT,
                person,
                wish,
                edit(frames, (v, _) -> place(person, v, 0.6, 0, lying ? across : 0, lying ? 0 : up)));
        boolean knees = wish.landmarks().contains(LEFT_KNEE);
        float hidden = (float) between(random, 0.05, 0.35);
        tell(SetupFault.OBSTRUCTED, person, wish, edit(frames, (v, _) -> {
            for (Landmark one : values())
                if (knees
                        ? one.compareTo(LEFT_KNEE) >= 0
                        : one.compareTo(LEFT_ELBOW) >= 0 && one.compareTo(RIGHT_THUMB) <= 0)
                    v[4 * one.ordinal() + 3] = hidden;
        }));
        double sigma = between(random, 0.035, 0.06) * look.stature;
        if (knees) tell(SetupFault.BAGGY_CLOTHES, person, wish, edit(frames, shaken(person, sigma, random)));
        double gapMs = 1000 / between(random, 1.5, 6.5);
        tell(SetupFault.LOW_FRAME_RATE, person, wish, every(frames, gapMs));
        double apart =
                between(random, 0.5, 0.8) * 0.6 * look.stature / person.size().width();
        long dwellMs = (long) between(random, 500, 1300);
        if (!lying)
            tell(
                    SetupFault.SECOND_PERSON,
                    person,
                    wish,
                    edit(
                            frames,
                            (v, timeMs) ->
                                    place(person, v, 0.6, 0, timeMs / dwellMs % 2 == 0 ? apart / 2 : -apart / 2, 0)));
    }

    private void tell(SetupFault fault, RealPeople person, SetupWish wish, List<Frame> frames) {
        Course course = new StagedSetup(person.name(), wish, person.size(), frames, Scene.UNKNOWN).course();
        String last = course.last().getClass().getSimpleName();
        table.computeIfAbsent(fault, _ -> new TreeMap<>())
                .merge(course.firstFault().map(SetupFault::name).orElse(last), 1, Integer::sum);
    }

    private static double between(Random random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    private static List<Frame> toAndFro(List<Frame> clip) {
        double gapMs = (double) clip.getLast().timeMs() / (clip.size() - 1);
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i * gapMs < SECONDS * 1000; i++) {
            int place = i % (2 * clip.size() - 2);
            int there = place < clip.size() ? place : 2 * clip.size() - 2 - place;
            frames.add(clip.get(there).at(Math.round(i * gapMs)));
        }
        return frames;
    }

    private static List<Frame> every(List<Frame> frames, double gapMs) {
        List<Frame> kept = new ArrayList<>();
        for (Frame frame : frames)
            if (kept.isEmpty() || frame.timeMs() - kept.getLast().timeMs() >= gapMs) kept.add(frame);
        return kept;
    }

    /** Applies an edit to every frame; what it moves out of the picture is seen the worse the farther out. */
    private static List<Frame> edit(List<Frame> frames, Edit edit) {
        List<Frame> edited = new ArrayList<>();
        for (Frame frame : frames) {
            if (!frame.hasPerson()) {
                edited.add(frame);
                continue;
            }
            float[] v = new float[Landmark.COUNT * 4];
            for (Landmark one : values()) {
                int i = 4 * one.ordinal();
                v[i] = frame.x(one);
                v[i + 1] = frame.y(one);
                v[i + 2] = frame.z(one);
                v[i + 3] = frame.visibility(one);
            }
            edit.at(v, frame.timeMs());
            for (Landmark one : values()) {
                int i = 4 * one.ordinal();
                double out = outside(v[i], v[i + 1]);
                if (out > 0 && outside(frame.x(one), frame.y(one)) <= 0)
                    v[i + 3] *= (float) (0.7 * Math.exp(-out / 0.2));
            }
            edited.add(Frame.of(frame.timeMs(), v));
        }
        return edited;
    }

    private static double outside(double x, double y) {
        return Math.max(Math.max(-x, x - 1), Math.max(-y, y - 1));
    }

    /** Scales and turns about the middle of the picture, then moves. */
    private static void place(RealPeople person, float[] v, double scale, double rollDeg, double right, double down) {
        double cos = scale * Math.cos(Math.toRadians(rollDeg));
        double sin = scale * Math.sin(Math.toRadians(rollDeg));
        for (int i = 0; i < v.length; i += 4) {
            double x = (v[i] - 0.5) * person.size().width();
            double y = (v[i + 1] - 0.5) * person.size().height();
            v[i] = (float) (0.5 + right + (x * cos - y * sin) / person.size().width());
            v[i + 1] = (float) (0.5 + down + (x * sin + y * cos) / person.size().height());
            v[i + 2] *= (float) scale;
        }
    }

    /** Hips and knees wander by some pixels, coming back within a fifth of a second. */
    private static Edit shaken(RealPeople person, double sigma, Random random) {
        double kept = Math.exp(-1 / 15.0 / 0.2);
        double[] drift = new double[8];
        return (v, _) -> {
            for (int i = 0; i < drift.length; i++) {
                drift[i] = kept * drift[i] + Math.sqrt(1 - kept * kept) * sigma * random.nextGaussian();
                double extent =
                        i % 2 == 0 ? person.size().width() : person.size().height();
                v[4 * (LEFT_HIP.ordinal() + i / 2) + i % 2] += (float) (drift[i] / extent);
            }
        };
    }
}
