/**
 * A simulated person who exercises in front of a camera: known repetitions, known angles, and a tracker that errs as the
 * measured one does. For tests and demonstrations; it is no evidence for how well anything works on people. Written after
 * biomechanics and after what trackers do, and without regard to how repetitions are counted.
 */
@NullMarked
package health.carryover.clinical.body;

import org.jspecify.annotations.NullMarked;
