@NullMarked
package health.carryover.upload;

import org.jspecify.annotations.NullMarked;
