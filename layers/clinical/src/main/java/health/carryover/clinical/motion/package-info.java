/** What a camera sees of a moving person: landmarks, joint angles, view, repetitions. Works frame by frame in bounded memory. */
@NullMarked
package health.carryover.clinical.motion;

import org.jspecify.annotations.NullMarked;
