/** What operators count. */
@NullMarked
package health.carryover.platform.metrics;

import org.jspecify.annotations.NullMarked;
