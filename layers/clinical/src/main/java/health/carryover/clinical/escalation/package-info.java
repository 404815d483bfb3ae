@NullMarked
package health.carryover.clinical.escalation;

import org.jspecify.annotations.NullMarked;
