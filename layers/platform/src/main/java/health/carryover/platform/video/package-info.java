@NullMarked
package health.carryover.platform.video;

import org.jspecify.annotations.NullMarked;
