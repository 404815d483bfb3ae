/**
 * What keeps a patient exercising, without a game: milestones, weeks kept, a comparison that only encourages, a short
 * version for hard days, and few messages.
 */
@NullMarked
package health.carryover.clinical.engagement;

import org.jspecify.annotations.NullMarked;
