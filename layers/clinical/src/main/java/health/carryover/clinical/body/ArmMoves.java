package health.carryover.clinical.body;

import static health.carryover.clinical.body.Stance.*;

/** Exercises of the arms: the pose for how far each side has gone; parameters as for {@link StandingMoves}. */
final class ArmMoves {
    private ArmMoves() {}

    static Pose pose(Move move, Person person, double[] angle, double[] level) {
        Pose pose = standing(4, 4);
        int lead = level[0] >= level[1] ? 0 : 1;
        switch (move) {
            case TABLE_SLIDE, PULLEY_FLEXION, SCAPULAR_SET -> pose = sitting(person);
            case PENDULUM -> {
                pose.lean = 60;
                for (int i = 0; i < 2; i++) bend(pose, i, 12, 0.5);
            }
            default -> {}
        }
        for (int side = 0; side < 2; side++) {
            boolean leads = side == lead;
            arm(pose, move, person, side, leads, angle[side], level[side], level[lead]);
        }
        if (move == Move.TABLE_SLIDE) {
            double reach = Math.max(level[0], level[1]);
            pose.lean = 5 + 33 * reach; // the trunk follows the hands
            pose.both(pose.hip, 84 + pose.lean);
        }
        return pose;
    }

    private static void arm(
            Pose pose, Move move, Person person, int side, boolean leads, double angle, double level, double leading) {
        switch (move) {
            case BICEP_CURL, ELBOW_FLEXION_EXTENSION -> {
                pose.elevation[side] = 8;
                pose.elbow[side] = angle;
            }
            case SHOULDER_ABDUCTION, LATERAL_RAISE -> {
                pose.plane[side] = 0;
                pose.elevation[side] = angle;
            }
            case SHOULDER_FLEXION -> {
                pose.plane[side] = 85;
                pose.elevation[side] = angle;
            }
            case SHOULDER_PRESS -> {
                pose.plane[side] = 5;
                pose.outward[side] = 90;
                pose.elbow[side] = Math.max(0, angle);
                pose.elevation[side] = 60 + 90 * level;
            }
            case PENDULUM -> {
                pose.plane[side] = 90;
                pose.elevation[side] = leads ? angle : 40;
            }
            case TABLE_SLIDE -> {
                pose.plane[side] = 85;
                pose.elevation[side] = angle;
                pose.elbow[side] = 70 - 55 * level;
            }
            case WAND_EXTERNAL_ROTATION -> {
                pose.elevation[side] = 5;
                pose.elbow[side] = 90;
                pose.outward[side] = leads ? angle : -30 * leading; // the other arm pushes the stick inward
            }
            case SCAPULAR_SET -> {
                pose.protraction[side] = -0.06 * person.trunk() * level;
                pose.shrug[side] = -0.03 * person.trunk() * level;
            }
            case PULLEY_FLEXION -> {
                pose.plane[side] = 80;
                pose.elbow[side] = leads ? 20 : 40 + 60 * leading;
                pose.elevation[side] = leads ? angle : 120 - 70 * leading; // the other arm pulls down
            }
            case WALL_SLIDE -> {
                pose.plane[side] = 80;
                pose.elevation[side] = angle;
                pose.elbow[side] = 90 - 70 * level;
            }
            case BAND_ROW -> {
                pose.plane[side] = 88;
                pose.elbow[side] = angle;
                pose.elevation[side] = 55 - 72 * level;
            }
            default -> throw new IllegalArgumentException("not a move of the arms");
        }
    }
}
