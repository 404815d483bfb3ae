/** What a deployment costs, from the template, a file of prices and a file of what people do. */
@NullMarked
package health.carryover.local.cost;

import org.jspecify.annotations.NullMarked;
