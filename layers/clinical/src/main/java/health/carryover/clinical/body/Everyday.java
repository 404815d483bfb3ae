package health.carryover.clinical.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Everyday activity: pose after pose, drawn at random, with walks between places. */
final class Everyday implements Motion {
    private static final double PACE = 1.0; // metres a second

    private final Settings s;
    private final Person person;
    private final Random random;
    private final List<Leg> legs = new ArrayList<>();
    private final double[] phase = new double[4];
    private Pose now;
    private double time;

    Everyday(Settings s, Activity activity) {
        this.s = s;
        random = new Random(s.seed * 17 + activity.ordinal());
        person = Person.varied(s.stature, s.sex, s.spread, random);
        for (int i = 0; i < phase.length; i++) phase[i] = 2 * Math.PI * random.nextDouble();
        now = standing();
        now.facing = between(-180, 180);
        while (time < s.activityLength) {
            switch (activity) {
                case WALKING -> {
                    walk(between(-2, 2), between(-1.5, 1.5));
                    if (random.nextInt(4) == 0) stay(between(0.5, 3));
                }
                case CHAIR -> chair();
                case DRESSING -> dressing();
                case REACHING -> reaching();
                case TIDYING -> tidying();
                case TALKING -> talking();
            }
        }
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    private void stay(double seconds) {
        go(now, seconds);
    }

    private void go(Pose to, double seconds) {
        legs.add(new Leg(time, seconds, now, to, false));
        now = to;
        time += seconds;
    }

    /** Turns, walks there, stops. */
    private void walk(double x, double z) {
        double way = Math.hypot(x - now.x, z - now.z);
        if (way < 0.3) return;
        double facing = Math.toDegrees(Math.atan2(x - now.x, z - now.z));
        Pose start = standing();
        start.facing = nearest(facing, now.facing);
        go(start, Math.max(0.4, Math.abs(start.facing - now.facing) / 120));
        Pose end = standing();
        end.x = x;
        end.z = z;
        end.facing = start.facing;
        legs.add(new Leg(time, way / PACE + 0.3, start, end, true));
        now = end;
        time += way / PACE + 0.3;
    }

    private static double nearest(double degrees, double to) {
        return degrees + 360 * Math.round((to - degrees) / 360);
    }

    /** Standing where the person is. */
    private Pose standing() {
        return here(Stance.standing(4, 4));
    }

    private Pose here(Pose pose) {
        if (legs.isEmpty()) return pose;
        pose.x = now.x;
        pose.z = now.z;
        pose.facing = now.facing;
        return pose;
    }

    private void chair() {
        walk(between(-0.6, 0.6), between(-0.4, 0.4));
        Pose turned = standing();
        turned.facing = nearest(between(-100, 100), now.facing);
        go(turned, 1);
        Pose half = here(Stance.standing(55, 55));
        half.lean = 38;
        for (int i = 0; i < 2; i++) Stance.bend(half, i, 55, 0.8);
        Pose seated = here(Stance.sitting(person));
        double back = person.thigh() + person.foot() - 0.05; // the seat behind the feet
        seated.x -= back * Math.sin(Math.toRadians(seated.facing));
        seated.z -= back * Math.cos(Math.toRadians(seated.facing));
        Pose feet = now;
        go(half, 0.8);
        go(seated, 0.8);
        double until = time + between(12, 40);
        while (time < until) {
            Pose pose = seated.copy();
            pose.lean = between(-8, 12);
            pose.both(pose.hip, 84 + pose.lean);
            for (int i = 0; i < 2; i++) pose.knee[i] = between(72, 96);
            boolean drinks = random.nextInt(4) == 0;
            int arm = random.nextInt(2);
            pose.elbow[arm] = drinks ? between(120, 135) : between(70, 100);
            pose.elevation[arm] = drinks ? between(30, 45) : between(15, 30);
            pose.head = drinks ? -15 : between(5, 35);
            go(pose, between(0.7, 1.5));
            stay(between(1, drinks ? 3 : 8));
        }
        go(seated, 0.6);
        go(half, 0.7);
        Pose up = feet.copy();
        up.facing = half.facing;
        go(up, 0.8);
        walk(now.x + between(-1, 1), now.z + between(-0.8, 0.8));
        stay(between(0.5, 2));
    }

    private void dressing() {
        if (random.nextBoolean()) {
            for (int leg : new int[] {0, 1}) {
                Pose bent = here(Stance.standing(12, 12));
                bent.lean = between(45, 65);
                for (int i = 0; i < 2; i++) Stance.bend(bent, i, 12, 0.5);
                bent.both(bent.plane, 85);
                bent.both(bent.elevation, between(60, 80));
                go(bent, between(0.8, 1.3));
                Pose lifted = bent.copy();
                lifted.support = leg == 0 ? Pose.Support.RIGHT_FOOT : Pose.Support.LEFT_FOOT;
                lifted.x = now.x;
                lifted.knee[leg] = between(60, 95);
                lifted.hip[leg] = lifted.lean + between(45, 70);
                go(lifted, between(0.6, 1));
                stay(between(0.2, 0.8));
                go(bent, between(0.6, 1));
            }
            Pose pulls = here(Stance.standing(8, 8));
            pulls.lean = 15;
            for (int i = 0; i < 2; i++) Stance.bend(pulls, i, 8, 0.5);
            pulls.both(pulls.elbow, between(60, 90));
            go(pulls, 1.2);
        } else {
            for (int arm : new int[] {0, 1}) {
                Pose sleeve = standing();
                sleeve.twist = arm == 0 ? 20 : -20;
                sleeve.elevation[arm] = between(40, 75);
                sleeve.plane[arm] = between(-20, 20);
                sleeve.elbow[arm] = between(40, 110);
                sleeve.elbow[1 - arm] = between(60, 110);
                sleeve.elevation[1 - arm] = between(20, 45);
                go(sleeve, between(0.6, 1.2));
                stay(between(0.2, 1));
            }
            Pose buttons = standing();
            buttons.both(buttons.elbow, between(80, 110));
            buttons.both(buttons.elevation, 20);
            buttons.head = 25;
            go(buttons, 0.9);
            stay(between(2, 6));
        }
        go(standing(), between(0.8, 1.2));
        stay(between(0.5, 4));
        if (random.nextInt(3) == 0) walk(between(-0.8, 0.8), between(-0.5, 0.5));
    }

    private void reaching() {
        Pose pose;
        if (random.nextBoolean()) {
            pose = standing();
            int arm = random.nextInt(2);
            boolean both = random.nextInt(3) == 0;
            for (int i = 0; i < 2; i++) {
                if (i != arm && !both) continue;
                pose.plane[i] = between(60, 90);
                pose.elevation[i] = between(100, 150);
                pose.elbow[i] = between(5, 40);
            }
            pose.head = -20;
        } else {
            double knee = between(8, 28);
            pose = here(Stance.standing(knee, knee));
            pose.lean = between(70, 95);
            for (int i = 0; i < 2; i++) Stance.bend(pose, i, knee, 0.35);
            pose.spine = 30;
            int arm = random.nextInt(2);
            pose.plane[arm] = 85;
            pose.elevation[arm] = between(85, 110);
        }
        go(pose, between(0.8, 1.6));
        stay(between(0.4, 2.5));
        go(standing(), between(0.8, 1.6));
        stay(between(0.5, 5));
        if (random.nextInt(3) == 0) walk(between(-1, 1), between(-0.6, 0.6));
    }

    private void tidying() {
        walk(between(-1.4, 1.4), between(-0.8, 0.8));
        double knee = between(10, 30);
        Pose stoops = here(Stance.standing(knee, knee));
        stoops.lean = between(55, 85);
        for (int i = 0; i < 2; i++) Stance.bend(stoops, i, knee, 0.4);
        stoops.both(stoops.plane, 85);
        stoops.both(stoops.elevation, between(60, 95));
        go(stoops, between(0.8, 1.4));
        stay(between(0.3, 1));
        Pose carries = standing();
        carries.both(carries.elbow, between(70, 95));
        go(carries, between(0.8, 1.3));
        walk(between(-1.4, 1.4), between(-0.8, 0.8));
        Pose puts = standing();
        puts.lean = 12;
        puts.both(puts.hip, puts.hip[0] + 12);
        puts.both(puts.plane, 85);
        puts.both(puts.elevation, between(35, 55));
        puts.both(puts.elbow, between(20, 50));
        go(puts, between(0.6, 1));
        stay(between(0.3, 2));
        go(standing(), between(0.6, 1));
    }

    private void talking() {
        Pose pose = standing();
        for (int i = 0; i < 2; i++) {
            boolean busy = random.nextInt(3) > 0;
            pose.plane[i] = between(30, 85);
            pose.elevation[i] = busy ? between(8, 42) : 8;
            pose.elbow[i] = busy ? between(30, 110) : 12;
        }
        pose.facing = now.facing + between(-12, 12);
        pose.x = now.x + between(-0.02, 0.02);
        pose.obliquity = between(-5, 5);
        pose.sideLean = between(-3, 3);
        int easy = random.nextInt(2);
        Stance.bend(pose, easy, between(2, 16), 0.6);
        go(pose, between(0.4, 1.2));
        stay(between(0.1, 2));
    }

    @Override
    public Person person() {
        return person;
    }

    @Override
    public double length() {
        return s.activityLength;
    }

    @Override
    public double[] middle() {
        return new double[] {0, s.stature / 2, 0};
    }

    @Override
    public double low() {
        return 1;
    }

    @Override
    public List<TrueRep> reps(double skipped) {
        return List.of();
    }

    @Override
    public double[][] points(double seconds) {
        int low = 0;
        int high = legs.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (legs.get(middle).start() <= seconds) low = middle;
            else high = middle - 1;
        }
        Leg leg = legs.get(low);
        Pose pose = leg.at(person, seconds);
        pose.sideLean += 0.5 * Math.sin(1.7 * seconds + phase[0]);
        pose.head += 3 * Math.sin(0.6 * seconds + phase[1]);
        return Skeleton.points(person, pose);
    }
}
