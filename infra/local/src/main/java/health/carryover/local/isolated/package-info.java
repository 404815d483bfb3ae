/** The built zips in processes of their own, under Lambda's real runtime interface client: a test of the packaging. */
@org.jspecify.annotations.NullMarked
package health.carryover.local.isolated;
