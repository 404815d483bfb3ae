/** Exercises as data: what moves, how far, and how to look at it. */
@NullMarked
package health.carryover.clinical.exercise;

import org.jspecify.annotations.NullMarked;
