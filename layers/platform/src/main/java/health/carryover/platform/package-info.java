@NullMarked
package health.carryover.platform;

import org.jspecify.annotations.NullMarked;
