@NullMarked
package health.carryover.platform.audit;

import org.jspecify.annotations.NullMarked;
