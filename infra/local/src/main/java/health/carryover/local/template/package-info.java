@NullMarked
package health.carryover.local.template;

import org.jspecify.annotations.NullMarked;
