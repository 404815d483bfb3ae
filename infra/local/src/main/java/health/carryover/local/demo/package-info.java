@NullMarked
package health.carryover.local.demo;

import org.jspecify.annotations.NullMarked;
