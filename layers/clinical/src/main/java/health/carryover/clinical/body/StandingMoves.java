package health.carryover.clinical.body;

import static health.carryover.clinical.body.Stance.*;

/** Exercises of the legs on the feet and on a chair: the pose for how far each side has gone. */
final class StandingMoves {
    private StandingMoves() {}

    /**
     * @param angle the primary angle of each side, degrees
     * @param level how far each side has gone, 0 at rest and 1 at the peak of a full repetition
     */
    static Pose pose(Move move, Person person, double[] angle, double[] level) {
        int side = level[0] >= level[1] ? 0 : 1;
        double far = level[side];
        return switch (move) {
            case SQUAT, MINI_SQUAT -> squat(angle[side], far);
            case SIT_TO_STAND -> rise(angle[side], far);
            case LUNGE -> lunge(person, side, angle[side], far);
            case STEP_UP -> stepUp(person, side, angle[side], far);
            case STEP -> stepTap(person, side, angle[side], far);
            case TERMINAL_KNEE_EXTENSION -> straighten(person, side, angle[side]);
            case HEEL_RAISE -> {
                Pose pose = standing(2, 2);
                pose.both(pose.ankle, angle[side] + 0.3 * 2);
                yield pose;
            }
            case SINGLE_LEG_STANCE -> {
                Pose pose = standing(4, 4);
                on(pose, person, 1 - side);
                pose.knee[side] = angle[side];
                pose.hip[side] = pose.lean + 25 * far;
                pose.both(pose.elevation, 8 + 12 * far);
                yield pose;
            }
            case HIP_HINGE -> {
                double knee = 5 + 12 * far;
                Pose pose = standing(knee, knee);
                double thigh = 0.45 * knee;
                pose.lean = angle[side] - thigh;
                for (int i = 0; i < 2; i++) bend(pose, i, knee, 0.45);
                pose.both(pose.elevation, angle[side] * 0.9 + 5);
                pose.both(pose.plane, 90);
                yield pose;
            }
            case KNEE_EXTENSION, SEATED_KNEE_FLEXION -> {
                Pose pose = sitting(person);
                for (int i = 0; i < 2; i++) pose.knee[i] = Math.max(-5, angle[i]);
                yield pose;
            }
            case STANDING -> standing(5, 5);
            default -> throw new IllegalArgumentException("not a move of the legs on the feet");
        };
    }

    private static Pose squat(double knee, double far) {
        Pose pose = standing(knee, knee);
        pose.both(pose.splay, 15);
        pose.both(pose.elevation, 10 + 70 * far);
        pose.both(pose.plane, 90);
        return pose;
    }

    /** The trunk goes forward before the seat is left, and comes up with the knees (Schenkman 1990, phases of rising). */
    private static Pose rise(double knee, double far) {
        Pose pose = standing(0, 0);
        double under = Math.sin(Math.PI * Math.clamp(far, 0, 1));
        pose.lean = 2 + 33 * under;
        double shank = Math.min(knee, 4 + 14 * under);
        for (int i = 0; i < 2; i++) {
            pose.knee[i] = Math.max(0, knee);
            pose.hip[i] = pose.lean + pose.knee[i] - shank;
            pose.ankle[i] = shank;
        }
        pose.both(pose.elevation, 20 - 10 * far);
        pose.both(pose.plane, 80);
        return pose;
    }

    /** The front foot goes forward during the first half, then the body sinks between the feet. */
    private static Pose lunge(Person person, int front, double knee, double far) {
        var pose = new Pose();
        int rear = 1 - front;
        on(pose, person, rear);
        pose.lean = 4 * Math.min(1, far);
        double shank = 0.15 * knee;
        pose.knee[front] = knee;
        pose.hip[front] = pose.lean + knee - shank;
        pose.ankle[front] = shank;
        // the rear leg carries the hips at the height that the front leg gives, as far behind as a stride allows
        double height = person.thigh() * Math.cos(Math.toRadians(knee - shank))
                + person.shank() * Math.cos(Math.toRadians(shank));
        double stride = 0.42 * person.stature() * Math.min(1, 1.6 * far);
        double forward = person.thigh() * Math.sin(Math.toRadians(knee - shank))
                - person.shank() * Math.sin(Math.toRadians(shank));
        double lift = Math.min(55, 60 * far); // of the rear heel
        double ankleUp = person.foot() * Math.sin(Math.toRadians(lift));
        double ankleOn = person.foot() * (1 - Math.cos(Math.toRadians(lift)));
        double back = Math.max(0, stride - forward - ankleOn);
        double down = height - ankleUp;
        double reach = Math.min(Math.hypot(back, down), person.thigh() + person.shank() - 1e-9);
        double bent = 180 - corner(person.thigh(), person.shank(), reach);
        double atHip = corner(person.thigh(), reach, person.shank());
        double line = Math.toDegrees(Math.atan2(-back, down)); // of hip to ankle, forward positive
        pose.knee[rear] = bent;
        pose.hip[rear] = pose.lean + line + atHip;
        pose.ankle[rear] = bent - line - atHip - lift;
        return pose;
    }

    /** The angle between sides a and b of a triangle, degrees. */
    private static double corner(double a, double b, double opposite) {
        return Math.toDegrees(Math.acos(Math.clamp((a * a + b * b - opposite * opposite) / (2 * a * b), -1, 1)));
    }

    /** Up onto a foot that stands on a step; the other follows and comes to stand beside it. */
    private static Pose stepUp(Person person, int lead, double knee, double far) {
        var pose = new Pose();
        on(pose, person, lead);
        int other = 1 - lead;
        pose.height = 0.105 * person.stature();
        double shank = 0.25 * knee;
        pose.lean = 4 + 12 * Math.sin(Math.PI * Math.clamp(far, 0, 1));
        pose.knee[lead] = knee;
        pose.hip[lead] = pose.lean + knee - shank;
        pose.ankle[lead] = shank;
        double l = Math.clamp(far, 0, 1);
        double swing = Math.sin(Math.PI * l);
        double up = person.ankleHeight() + pose.height * l + 0.05 * person.stature() * swing;
        double behind = -0.2 * person.stature() * (1 - l) - person.foot();
        pose.ankleTo[other] = new double[] {-pose.x, up, behind};
        pose.ankle[other] = 5;
        return pose;
    }

    /** A foot put onto a step in front and back, the weight on the other. */
    private static Pose stepTap(Person person, int lead, double knee, double far) {
        Pose pose = standing(4, 4);
        on(pose, person, 1 - lead);
        double up = Math.max(0, knee - 4);
        pose.knee[lead] = knee;
        pose.hip[lead] = pose.lean + 0.75 * up + 0.7 * Math.min(4, knee);
        pose.ankle[lead] = 5 * Math.min(1, far);
        return pose;
    }

    /** The heel rises where the knee bends more than the leg that carries. */
    private static Pose straighten(Person person, int side, double knee) {
        Pose pose = standing(2, 2);
        on(pose, person, 1 - side);
        double thigh = 0.55 * knee;
        double shank = knee - thigh;
        double short_ = person.thigh() * (1 - Math.cos(Math.toRadians(thigh)))
                + person.shank() * (1 - Math.cos(Math.toRadians(shank)));
        pose.knee[side] = knee;
        pose.hip[side] = pose.lean + thigh;
        pose.ankle[side] = shank - Math.toDegrees(Math.asin(Math.clamp(short_ / person.foot(), 0, 0.9)));
        return pose;
    }
}
