package health.carryover.training;

/** What is told of a model's probabilities; each can be had of rows with weights, which is how the bootstrap draws. */
enum Measure {
    AUC,
    AVERAGE_PRECISION,
    BRIER,
    CALIBRATION_SLOPE,
    CALIBRATION_INTERCEPT,
    ECE,
    PPV15,
    RECALL15,
    PPV20,
    RECALL20,
    LOG_LOSS
}
