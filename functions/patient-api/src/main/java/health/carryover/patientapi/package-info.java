@NullMarked
package health.carryover.patientapi;

import org.jspecify.annotations.NullMarked;
