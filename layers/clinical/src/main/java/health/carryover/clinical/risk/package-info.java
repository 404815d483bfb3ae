/**
 * Who is about to stop exercising: the facts, the features made of them, the label they are judged by, the plain rules
 * and the choice of whom to contact. Training and serving call the same code.
 *
 * <p>Time: sessions and decisions are {@link java.time.Instant}s. Windows are multiples of 24 hours that end at the
 * cut-off, not calendar days, so a clock change moves nothing. The patient's zone is used for two things only: which
 * days a planned break covers, and the time of day at which somebody exercises. The machine's zone is never used.
 */
@NullMarked
package health.carryover.clinical.risk;

import org.jspecify.annotations.NullMarked;
