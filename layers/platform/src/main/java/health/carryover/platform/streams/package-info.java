/** Codecs of the streams that phones upload: {@code landmarks.v1}. */
@NullMarked
package health.carryover.platform.streams;

import org.jspecify.annotations.NullMarked;
