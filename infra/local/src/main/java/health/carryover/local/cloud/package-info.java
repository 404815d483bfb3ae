@NullMarked
package health.carryover.local.cloud;

import org.jspecify.annotations.NullMarked;
