@NullMarked
package health.carryover.local.stepfunctions;

import org.jspecify.annotations.NullMarked;
