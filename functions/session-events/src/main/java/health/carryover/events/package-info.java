@NullMarked
package health.carryover.events;

import org.jspecify.annotations.NullMarked;
