/** CloudTrail: what every call leaves behind, in AWS's format, and how it is looked up. */
@NullMarked
package health.carryover.local.trail;

import org.jspecify.annotations.NullMarked;
