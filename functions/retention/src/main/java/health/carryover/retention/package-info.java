@NullMarked
package health.carryover.retention;

import org.jspecify.annotations.NullMarked;
