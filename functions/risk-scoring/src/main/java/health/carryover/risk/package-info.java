@NullMarked
package health.carryover.risk;

import org.jspecify.annotations.NullMarked;
