package health.carryover.clinical.risk;

import java.util.List;

/**
 * What a model's numbers mean in one clinic, by that clinic's own settled outcomes. A model that was trained elsewhere may
 * rank well and still be wrong about how many lapse, so until enough outcomes have settled a clinic is served the plain
 * rule's bands, and afterwards the model's logit is bent as far as its own outcomes bear it:
 * {@code logit' = slope x logit + intercept}.
 *
 * <p>Intercept and slope are drawn towards 0 and 1 (a normal prior on each, that is a ridge), so that few outcomes move
 * them little; the slope stays at 1 until there are {@value #SLOPE_FROM}.
 *
 * @param settled outcomes there are
 * @param lapsed of them
 * @param trusted whether a percentage may be shown: there are enough outcomes, and for the newest of them the numbers that
 *     the older ones give agree with what happened
 */
public record ClinicCalibration(int settled, int lapsed, double slope, double intercept, boolean trusted) {
    /** Settled outcomes from which on the model is served. */
    public static final int SERVED_FROM = 100;

    static final int SLOPE_FROM = 300;
    /** Without a handful of either kind there is nothing to fit. */
    private static final int LEAST_OF_A_KIND = 5;
    /** Standard deviations of the priors: between clinics base rates differ by a factor of two or three; our own choice. */
    private static final double INTERCEPT_SPREAD = 1.0;

    private static final double SLOPE_SPREAD = 0.25;
    /** Share of the outcomes, the newest, that the others are tried on. */
    private static final double TRIED_ON = 0.3;

    private static final double BEYOND_CHANCE = 1.96;
    private static final int STEPS = 50;

    /** Nothing settled yet. */
    public static final ClinicCalibration NONE = new ClinicCalibration(0, 0, 1, 0, false);

    /**
     * A score and what came of it.
     *
     * @param logit as the model gave it
     */
    public record Outcome(double logit, boolean lapsed) {}

    /** @param outcomes the oldest first; none may lie in a fortnight in which somebody was called because of the score */
    public static ClinicCalibration of(List<Outcome> outcomes) {
        int lapsed = (int) outcomes.stream().filter(Outcome::lapsed).count();
        int settled = outcomes.size();
        if (settled < SERVED_FROM || lapsed < LEAST_OF_A_KIND || settled - lapsed < LEAST_OF_A_KIND)
            return new ClinicCalibration(settled, lapsed, 1, 0, false);
        int older = (int) Math.round((1 - TRIED_ON) * settled);
        double[] before = fit(outcomes.subList(0, older));
        boolean agrees = Math.abs(spiegelhalter(outcomes.subList(older, settled), before)) < BEYOND_CHANCE;
        double[] all = fit(outcomes);
        return new ClinicCalibration(settled, lapsed, all[0], all[1], agrees);
    }

    /** The probability here, of a logit that the model gave. */
    public RiskScore probability(double logit) {
        return new RiskScore(logistic(slope * logit + intercept));
    }

    /** Whether there is enough to judge by, be the judgement good or bad. */
    public boolean judged() {
        return settled >= SERVED_FROM && lapsed >= LEAST_OF_A_KIND && settled - lapsed >= LEAST_OF_A_KIND;
    }

    private static double logistic(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /** Penalised maximum likelihood by Newton's method: slope and intercept. */
    private static double[] fit(List<Outcome> outcomes) {
        boolean slopeFree = outcomes.size() >= SLOPE_FROM;
        double slope = 1;
        double intercept = 0;
        double slopePenalty = 1 / (SLOPE_SPREAD * SLOPE_SPREAD);
        double interceptPenalty = 1 / (INTERCEPT_SPREAD * INTERCEPT_SPREAD);
        for (int step = 0; step < STEPS; step++) {
            double g0 = interceptPenalty * intercept;
            double g1 = slopePenalty * (slope - 1);
            double h00 = interceptPenalty;
            double h01 = 0;
            double h11 = slopePenalty;
            for (Outcome outcome : outcomes) {
                double p = logistic(slope * outcome.logit() + intercept);
                double error = p - (outcome.lapsed() ? 1 : 0);
                double bend = p * (1 - p);
                g0 += error;
                g1 += error * outcome.logit();
                h00 += bend;
                h01 += bend * outcome.logit();
                h11 += bend * outcome.logit() * outcome.logit();
            }
            double moveIntercept = g0 / h00;
            double moveSlope = 0;
            if (slopeFree) {
                double determinant = h00 * h11 - h01 * h01;
                moveIntercept = (h11 * g0 - h01 * g1) / determinant;
                moveSlope = (h00 * g1 - h01 * g0) / determinant;
            }
            intercept -= Math.clamp(moveIntercept, -1, 1);
            slope -= Math.clamp(moveSlope, -0.5, 0.5);
            if (Math.abs(moveIntercept) + Math.abs(moveSlope) < 1e-9) break;
        }
        return new double[] {slope, intercept};
    }

    /**
     * How far the Brier score is from what it would be if the probabilities were right, in standard deviations: Spiegelhalter
     * 1986, Statistics in Medicine 5:421. {@code sum (y - p)(1 - 2p) / sqrt(sum (1 - 2p)^2 p (1 - p))}.
     */
    private static double spiegelhalter(List<Outcome> outcomes, double[] line) {
        double above = 0;
        double below = 0;
        for (Outcome outcome : outcomes) {
            double p = logistic(line[0] * outcome.logit() + line[1]);
            above += ((outcome.lapsed() ? 1 : 0) - p) * (1 - 2 * p);
            below += (1 - 2 * p) * (1 - 2 * p) * p * (1 - p);
        }
        return below == 0 ? 0 : above / Math.sqrt(below);
    }
}
