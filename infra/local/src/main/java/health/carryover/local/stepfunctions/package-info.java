/** Step Functions: an interpreter of the JSONata dialect of the Amazon States Language on the virtual clock, and its API. */
@NullMarked
package health.carryover.local.stepfunctions;

import org.jspecify.annotations.NullMarked;
