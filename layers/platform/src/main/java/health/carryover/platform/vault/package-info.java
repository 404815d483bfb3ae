@NullMarked
package health.carryover.platform.vault;

import org.jspecify.annotations.NullMarked;
