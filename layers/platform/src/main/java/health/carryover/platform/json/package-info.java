@NullMarked
package health.carryover.platform.json;

import org.jspecify.annotations.NullMarked;
