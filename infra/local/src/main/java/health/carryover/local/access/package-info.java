/**
 * The template's permissions over the cloud's calls: who a caller is, what its role and the resources' policies say, which
 * actions on which resources one request of a service's API needs, and which permissions were ever used.
 */
@NullMarked
package health.carryover.local.access;

import org.jspecify.annotations.NullMarked;
