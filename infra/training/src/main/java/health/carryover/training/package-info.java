@NullMarked
package health.carryover.training;

import org.jspecify.annotations.NullMarked;
