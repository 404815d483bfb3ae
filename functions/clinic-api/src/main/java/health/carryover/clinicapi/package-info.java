@NullMarked
package health.carryover.clinicapi;

import org.jspecify.annotations.NullMarked;
