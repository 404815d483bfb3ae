@NullMarked
package health.carryover.escalation;

import org.jspecify.annotations.NullMarked;
