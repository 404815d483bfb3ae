@NullMarked
package health.carryover.clinical;

import org.jspecify.annotations.NullMarked;
