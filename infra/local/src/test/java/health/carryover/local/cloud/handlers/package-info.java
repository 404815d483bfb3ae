/** Tiny Lambda functions of the test template. */
package health.carryover.local.cloud.handlers;
