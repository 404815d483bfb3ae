/** Data files of the library, read into clinical records whose constructors refuse bad rows. */
@NullMarked
package health.carryover.platform.library;

import org.jspecify.annotations.NullMarked;
