/** Faults at chosen places, and random walks through the whole local cloud. */
@NullMarked
package health.carryover.local.simulation;

import org.jspecify.annotations.NullMarked;
