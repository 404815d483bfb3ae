package health.carryover.local.access;

import health.carryover.local.iam.Authorization.ResourcePolicy;
import health.carryover.local.iam.Policy;
import health.carryover.local.iam.Request.Context;

/**
 * One action on one resource that a call needs.
 *
 * @param resource an ARN, or {@code *}
 * @param policy of the resource
 * @param weight what that policy is for
 */
public record Access(String action, String resource, Context context, Policy policy, ResourcePolicy weight) {}
