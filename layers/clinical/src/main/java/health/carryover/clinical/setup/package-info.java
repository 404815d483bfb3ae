/** Before a session: whether the camera sees well enough to count, and the one thing to change if it does not. */
@NullMarked
package health.carryover.clinical.setup;

import org.jspecify.annotations.NullMarked;
