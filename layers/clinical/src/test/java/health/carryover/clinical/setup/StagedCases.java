package health.carryover.clinical.setup;

import static health.carryover.clinical.motion.Landmark.*;

import health.carryover.clinical.body.Move;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Posture;
import health.carryover.clinical.motion.View;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Random set-ups from seeds: good ones, and ones with one clear fault of random kind and degree on top of an otherwise
 * good set-up. What is "clear" was set by thinking of living rooms, before the check was run on any.
 */
final class StagedCases {
    private static final List<ImageSize> SIZES = List.of(
            new ImageSize(1280, 720),
            new ImageSize(720, 1280),
            new ImageSize(640, 480),
            new ImageSize(1080, 1920),
            new ImageSize(480, 640));
    private static final List<Move> MOVES = List.of(
            Move.STANDING,
            Move.SQUAT,
            Move.SIT_TO_STAND,
            Move.KNEE_EXTENSION,
            Move.HEEL_SLIDE,
            Move.STRAIGHT_LEG_RAISE,
            Move.BRIDGE,
            Move.BICEP_CURL,
            Move.LATERAL_RAISE,
            Move.SHOULDER_PRESS);

    private final Random random;
    final Staging stage;
    final SetupWish wish;
    private double image = Double.NaN;
    private double person = Double.NaN;
    private double background = Double.NaN;
    private int persons = Scene.NOT_COUNTED;

    StagedCases(long seed, List<Move> moves) {
        random = new Random(seed * 7919 + 13);
        stage = new Staging(seed * 104_729 + 7);
        stage.move = moves.get(random.nextInt(moves.size()));
        wish = Exercises.WISHES.get(stage.move);
        stage.size = SIZES.get(random.nextInt(SIZES.size()));
        stage.fps = between(12, 30);
        stage.unevenness = between(0, 0.15);
        stage.noise = between(0.0005, 0.005);
        stage.rollDeg = between(-5, 5);
        stage.distance = between(1.8, 3.2);
        stage.cameraHeight = between(-0.3, 0.3);
        stage.legLength = between(0.93, 1.07);
        stage.seen = between(0.9, 1);
        if (random.nextDouble() < 0.35) stage.restlessness = between(0.08, 0.25);
        if (random.nextDouble() < 0.2) stage.lost = between(0, 0.1);
        view();
        fit(between(0.5, 0.88));
        if (random.nextDouble() < 0.7) {
            background = between(0.25, 0.85);
            person = Math.max(0.12, background * between(0.3, 1.2)); // dark skin and clothes before white walls too
            person = Math.min(person, 0.9);
            image = 0.75 * background + 0.25 * person;
        }
    }

    static StagedSetup good(long seed) {
        return new StagedCases(seed, MOVES).staged("good");
    }

    static StagedSetup faulty(SetupFault fault, long seed) {
        return of(fault, seed).with(fault);
    }

    /** A good set-up for an exercise to which the fault matters. */
    static StagedCases of(SetupFault fault, long seed) {
        return new StagedCases(
                seed, MOVES.stream().filter(move -> possible(fault, move)).toList());
    }

    /** Some faults make no sense for some exercises: feet do not matter to a curl that may be seen from any side. */
    private static boolean possible(SetupFault fault, Move move) {
        Set<Landmark> landmarks = Exercises.WISHES.get(move).landmarks();
        return switch (fault) {
            case FEET_OUT -> landmarks.contains(LEFT_ANKLE);
            case BAGGY_CLOTHES -> landmarks.contains(LEFT_KNEE);
            case WRONG_VIEW -> move != Move.BICEP_CURL; // seen well from everywhere
            // leans forward by 30 degrees: a phone leaning by that much makes no difference that could be seen
            case CAMERA_TILTED -> move != Move.SIT_TO_STAND;
            default -> true;
        };
    }

    private void view() {
        double aside = wish.views().contains(View.FRONTAL) ? between(0, 42) : between(45, 90);
        if (wish.posture() == Posture.LYING) aside = between(55, 90);
        stage.azimuthDeg = random.nextBoolean() ? aside : -aside;
    }

    /** As large as wished, or as the picture allows with everything well inside, somewhere near the middle. */
    private void fit(double share) {
        stage.share = share;
        stage.middleX = stage.middleY = 0.5;
        double[] bounds = stage.bounds(EnumSet.allOf(Landmark.class));
        while (bounds[2] - bounds[0] > 0.9 || bounds[3] - bounds[1] > 0.9) {
            stage.share *= 0.95;
            bounds = stage.bounds(EnumSet.allOf(Landmark.class));
        }
        stage.middleX += 0.5 - (bounds[0] + bounds[2]) / 2 + between(-0.3, 0.3) * (0.94 - bounds[2] + bounds[0]);
        stage.middleY += 0.5 - (bounds[1] + bounds[3]) / 2 + between(-0.3, 0.3) * (0.94 - bounds[3] + bounds[1]);
    }

    private StagedSetup with(SetupFault fault) {
        switch (fault) {
            case DARK -> dark(between(0.02, 0.18), between(0.3, 1));
            case BACKLIT -> backlit(between(0.04, 0.28), between(0.3, 1));
            case LOW_FRAME_RATE -> {
                stage.fps = between(1.5, 6.5);
                stage.unevenness = between(0, 0.3);
            }
            case SECOND_PERSON -> {
                if (random.nextDouble() < 0.3) persons = 2; // counted by the tracker
                else return random.nextBoolean() ? beside(between(0.5, 0.8)) : behind(between(0.4, 0.6));
            }
            case TOO_NEAR -> near(whole() ? between(1.35, 2.6) : between(2.4, 4));
            case CAMERA_TILTED -> tilted();
            case HEAD_OUT -> out(Set.of(NOSE, LEFT_EAR, RIGHT_EAR), between(0.03, 0.12));
            case FEET_OUT -> out(Set.of(LEFT_ANKLE, RIGHT_ANKLE), between(0.03, 0.12));
            case TOO_FAR -> far(between(0.1, 0.28));
            case WRONG_VIEW -> seenFrom(wish.views().contains(View.FRONTAL) ? between(75, 90) : between(0, 14));
            case OBSTRUCTED -> obstructed(between(0.05, 0.35));
            case BAGGY_CLOTHES -> baggy(between(0.035, 0.06));
            case NOBODY, OFF_CENTRE -> throw new IllegalArgumentException("not staged: " + fault);
        }
        return staged(fault.toString());
    }

    /** @param blindness of the tracker, 0 none, 1 it sees hardly anything */
    void dark(double luma, double blindness) {
        image = luma;
        person = random.nextDouble() < 0.7 ? luma * between(0.7, 1.2) : Double.NaN;
        background = Double.isNaN(person) ? Double.NaN : luma;
        stage.seen *= 1 - 0.65 * blindness;
        stage.noise = Math.max(stage.noise, 0.02 * blindness);
        stage.lost = random.nextDouble() * 0.5 * blindness;
    }

    /** @param contrast luma of the person in lumas of the background */
    void backlit(double contrast, double blindness) {
        background = between(0.7, 1);
        person = background * contrast;
        image = random.nextBoolean() ? 0.8 * background + 0.2 * person : Double.NaN;
        stage.seen *= 1 - 0.5 * blindness;
        stage.noise = Math.max(stage.noise, 0.004 + 0.01 * blindness);
    }

    boolean whole() {
        return wish.posture() == Posture.LYING || wish.landmarks().contains(LEFT_ANKLE);
    }

    /** So large that something needed is outside; larger than wished if that is not enough. */
    void near(double share) {
        stage.share = share;
        stage.middleY += between(-0.2, 0.2);
        while (inside(wish.landmarks(), -0.04)) stage.share *= 1.1;
    }

    /** Sideways, or, where the legs show it, the phone on the floor near the feet, leaning back. */
    private void tilted() {
        boolean upright = wish.posture() == Posture.STANDING && wish.landmarks().contains(LEFT_ANKLE);
        if (upright && random.nextDouble() < 0.3) {
            onTheFloor(between(0.85, 1.1));
        } else {
            double least = stage.lying() ? 28 : wish.posture() == Posture.SITTING ? 45 : 20;
            rolled(between(least, least + 35));
        }
    }

    void rolled(double degrees) {
        stage.rollDeg = random.nextBoolean() ? degrees : -degrees;
        fit(between(0.45, 0.7));
    }

    /** @param distance of the phone, statures */
    void onTheFloor(double distance) {
        stage.cameraHeight = between(-0.62, -0.5);
        stage.distance = distance;
        stage.restlessness = 0;
        fit(between(0.45, 0.7));
    }

    /**
     * Moved until the given points are outside, the rest staying inside.
     * @param beyond the edge, picture widths or heights; negative is still inside
     */
    void out(Set<Landmark> outside, double beyond) {
        fit(between(0.45, 0.65));
        boolean lying = stage.lying();
        double[] bounds = stage.bounds(outside);
        double low = bounds[lying ? 0 : 1];
        double high = bounds[lying ? 2 : 3];
        double[] all = stage.bounds(EnumSet.allOf(Landmark.class));
        double middle = lying ? all[0] + all[2] : all[1] + all[3];
        double move = low + high > middle ? 1 + beyond - low : -beyond - high;
        if (lying) stage.middleX += move;
        else stage.middleY += move;
    }

    private boolean inside(Set<Landmark> landmarks, double margin) {
        double[] bounds = stage.bounds(landmarks);
        return Math.min(bounds[0], bounds[1]) > margin && Math.max(bounds[2], bounds[3]) < 1 - margin;
    }

    /** @param statures in the shorter side of the picture */
    void far(double statures) {
        double extent = stage.lying() ? stage.size.width() : stage.size.height();
        stage.share = statures * Math.min(stage.size.width(), stage.size.height()) / extent;
        stage.middleX = between(0.4, 0.6);
        stage.middleY = between(0.4, 0.6);
    }

    void seenFrom(double asideDeg) {
        stage.azimuthDeg = random.nextBoolean() ? asideDeg : -asideDeg;
        if (stage.lying()) stage.cameraHeight = between(0.3, 0.6) * stage.distance; // from the foot of the mat
        fit(between(0.5, 0.8));
    }

    /** Behind a table or a bed: everything from the knees, or the knees alone; or the arms from the elbows. */
    void obstructed(double visibility) {
        Landmark first = wish.landmarks().contains(LEFT_KNEE) ? LEFT_KNEE : LEFT_ELBOW;
        Landmark last = first == LEFT_ELBOW ? RIGHT_THUMB : random.nextBoolean() ? RIGHT_KNEE : RIGHT_FOOT_INDEX;
        stage.hidden = List.copyOf(EnumSet.range(first, last));
        stage.hiddenVisibility = visibility;
    }

    /** @param statures that hips and knees are off, standard deviation */
    void baggy(double statures) {
        stage.wander = statures;
        stage.wanderSeconds = between(0.08, 0.4);
    }

    /** @param statures between two people of the same size */
    StagedSetup beside(double statures) {
        fit(between(0.5, 0.65));
        List<Frame> first = stage.frames();
        double extent = stage.lying() ? stage.size.width() : stage.size.height();
        double across = stage.lying() ? stage.size.height() : stage.size.width();
        double way = statures * stage.share * extent / across;
        if (stage.lying()) stage.middleY += stage.middleY > 0.5 ? -way : way;
        else stage.middleX += stage.middleX > 0.5 ? -way : way;
        return inTurn(first);
    }

    /** @param factor of size of somebody farther away */
    StagedSetup behind(double factor) {
        fit(between(0.5, 0.65));
        List<Frame> first = stage.frames();
        stage.share *= factor;
        return inTurn(first);
    }

    /** The tracker goes back and forth between two people. */
    private StagedSetup inTurn(List<Frame> first) {
        List<Frame> second = stage.frames();
        List<Frame> mixed = new ArrayList<>();
        boolean other = false;
        double until = 0;
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            long timeMs = first.get(i).timeMs();
            if (timeMs >= until) {
                other = !other;
                until = timeMs + 1000 * between(0.4, 1.5);
            }
            mixed.add(other ? second.get(i).at(timeMs) : first.get(i));
        }
        return new StagedSetup("two " + stage.move, wish, stage.size, mixed, scene());
    }

    private Scene scene() {
        return new Scene(image, person, background, persons);
    }

    StagedSetup staged(String what) {
        String text = "%s %s %dx%d share %.2f az %.0f roll %.0f fps %.0f";
        int width = stage.size.width();
        int height = stage.size.height();
        return new StagedSetup(
                text.formatted(
                        what, stage.move, width, height, stage.share, stage.azimuthDeg, stage.rollDeg, stage.fps),
                wish,
                stage.size,
                stage.frames(),
                scene());
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
