/** Review items: the course of a plan read from the records, judged by the clinical rules, opened as tasks. */
@NullMarked
package health.carryover.platform.review;

import org.jspecify.annotations.NullMarked;
