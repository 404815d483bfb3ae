/** One exercise on the phone, from standing in front of the camera to the finished record. */
@NullMarked
package health.carryover.clinical.session;

import org.jspecify.annotations.NullMarked;
