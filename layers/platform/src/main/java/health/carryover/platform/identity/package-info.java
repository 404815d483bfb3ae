@NullMarked
package health.carryover.platform.identity;

import org.jspecify.annotations.NullMarked;
