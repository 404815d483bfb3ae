@NullMarked
package health.carryover.platform.http;

import org.jspecify.annotations.NullMarked;
