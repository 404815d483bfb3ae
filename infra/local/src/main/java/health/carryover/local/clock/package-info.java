@NullMarked
package health.carryover.local.clock;

import org.jspecify.annotations.NullMarked;
