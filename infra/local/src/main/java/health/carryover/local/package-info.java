@NullMarked
package health.carryover.local;

import org.jspecify.annotations.NullMarked;
