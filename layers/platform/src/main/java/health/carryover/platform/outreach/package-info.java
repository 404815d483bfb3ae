@NullMarked
package health.carryover.platform.outreach;

import org.jspecify.annotations.NullMarked;
