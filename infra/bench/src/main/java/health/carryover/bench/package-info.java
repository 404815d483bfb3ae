@NullMarked
package health.carryover.bench;

import org.jspecify.annotations.NullMarked;
