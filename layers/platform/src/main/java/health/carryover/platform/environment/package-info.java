@NullMarked
package health.carryover.platform.environment;

import org.jspecify.annotations.NullMarked;
