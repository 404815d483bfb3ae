@NullMarked
package health.carryover.platform.policy;

import org.jspecify.annotations.NullMarked;
