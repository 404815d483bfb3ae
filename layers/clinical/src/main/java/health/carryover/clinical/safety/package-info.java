/**
 * What a patient is asked before a session, what a reported symptom shows at once, and who is told until a therapist has
 * dealt with it. SAFETY.md says why.
 */
@NullMarked
package health.carryover.clinical.safety;

import org.jspecify.annotations.NullMarked;
