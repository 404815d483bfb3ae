@NullMarked
package health.carryover.platform.records;

import org.jspecify.annotations.NullMarked;
