package health.carryover.clinical.body;

import java.util.Random;

/**
 * Lengths of a body, metres. Legs, feet and trunk after Winter (Biomechanics and Motor Control of Human Movement, after
 * Drillis and Contini), arms after de Leva 1996 (between joint centres: what trackers place), as shares of the stature.
 * Widths are those that trackers report, narrower than the acromia: shoulders 0.68 and hips 0.46 of the trunk in the world
 * landmarks of 25 recordings.
 */
record Person(
        double stature,
        double trunk,
        double halfShoulders,
        double halfHips,
        double thigh,
        double shank,
        double foot,
        double heel,
        double ankleHeight,
        double upperArm,
        double forearm,
        double hand) {

    /** Someone of mean proportions. */
    static Person average(double stature) {
        return varied(stature, Sex.EITHER, 0, new Random(0));
    }

    /**
     * @param spread standard deviation of every length about its share of the stature, share of it: 0.03 is a population
     */
    static Person varied(double stature, Sex sex, double spread, Random random) {
        double wider = switch (sex) {
            case FEMALE -> 0.04;
            case MALE -> -0.04;
            case EITHER -> 0;
        };
        double trunk = 0.288 * stature * vary(spread, random);
        return new Person(
                stature,
                trunk,
                0.68 * 0.288 * stature / 2 * (1 - wider) * vary(spread, random),
                0.46 * 0.288 * stature / 2 * (1 + wider) * vary(spread, random),
                0.245 * stature * vary(spread, random),
                0.246 * stature * vary(spread, random),
                0.11 * stature * vary(spread, random),
                0.035 * stature,
                0.039 * stature,
                0.161 * stature * vary(spread, random),
                0.154 * stature * vary(spread, random),
                0.08 * stature * vary(spread, random));
    }

    private static double vary(double spread, Random random) {
        return 1 + spread * Math.clamp(random.nextGaussian(), -2.5, 2.5);
    }

    double leg() {
        return thigh + shank + ankleHeight;
    }
}
