/**
 * Who may do what, as AWS decides it: policy documents, their statements and conditions, one request, one decision.
 * Pure: no I/O, no clock, nothing of the cloud around it.
 */
@NullMarked
package health.carryover.local.iam;

import org.jspecify.annotations.NullMarked;
