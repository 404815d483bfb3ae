package health.carryover.clinical.motion;

import java.time.Duration;

/**
 * How long the parts of a repetition took.
 * @param up from leaving rest to the peak position, whichever way the body moves meanwhile (down, in a squat)
 * @param hold at the peak position: within a sixth of the excursion of the peak
 * @param down from leaving the peak position to being back at rest
 */
public record Tempo(Duration up, Duration hold, Duration down) {}
