/**
 * What a therapist should look at although nobody asked: no progress, a falling range of motion, one side behind. They are
 * for the therapist's day, never a message to the patient, and take no place of the outreach.
 */
@NullMarked
package health.carryover.clinical.review;

import org.jspecify.annotations.NullMarked;
