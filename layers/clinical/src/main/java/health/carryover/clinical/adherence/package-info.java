@NullMarked
package health.carryover.clinical.adherence;

import org.jspecify.annotations.NullMarked;
