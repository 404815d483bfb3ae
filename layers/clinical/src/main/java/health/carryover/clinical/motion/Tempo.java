package health.carryover.clinical.motion;

import java.time.Duration;

/**
 * How long the parts of a repetition took. Leaving rest and reaching the peak cannot be seen to the instant under a
 * tracker's jitter: the time between a sixth and five sixths of the way is measured and doubled, as far as it was seen
 * (a smooth start and stop takes 2.15 times as long, uniform speed 1.5).
 * @param up from leaving rest to the peak position, whichever way the body moves meanwhile (down, in a squat)
 * @param hold at the peak position
 * @param down from leaving the peak position to being back at rest
 */
public record Tempo(Duration up, Duration hold, Duration down) {}
