package health.carryover.platform.records;

import java.time.Instant;

/**
 * What the candidate said of a patient one night, and what the model in service said of the same row. It is shown to
 * nobody and decides nothing; once the fortnight has settled the two are held against what happened.
 *
 * @param candidate version of the candidate
 * @param digest SHA-256 of its graph
 * @param logit of lapsing within 14 days, by the candidate
 * @param served version of the model in service
 * @param servedDigest SHA-256 of its graph
 * @param servedLogit by the model in service
 */
public record ShadowScore(
        Instant at,
        String candidate,
        String digest,
        double logit,
        String served,
        String servedDigest,
        double servedLogit) {}
