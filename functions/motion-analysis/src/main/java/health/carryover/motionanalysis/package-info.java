/** Measures accepted recordings anew, and holds the device's claims against them. */
@NullMarked
package health.carryover.motionanalysis;

import org.jspecify.annotations.NullMarked;
