package health.carryover.local.iam;

import health.carryover.local.iam.Decision.Grant;
import health.carryover.local.iam.Policy.Candidate;
import health.carryover.local.iam.Principals.Meant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides within one account, in AWS's order: an explicit deny anywhere, then an allow, else no.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
public final class Authorization {
    /** What a resource's policy is for. */
    public enum ResourcePolicy {
        /** Either policy is enough (buckets, queues, topics, tables, functions). */
        ADDS,
        /** It must let the caller in, or leave it to the account (KMS keys, the trust policies of roles). */
        DECIDES
    }

    /** What one policy says. */
    private record Said(
            @Nullable Statement denied,
            @Nullable Grant allowed,
            @Nullable Grant leftToAccount) {}

    private Authorization() {}

    /** @param identity what the caller's role or user allows; nothing for a service */
    public static Decision decide(Request request, Policy identity, Policy resource, ResourcePolicy weight) {
        Said byResource = ask(resource, request);
        if (byResource.denied() != null) return Decision.deny("a resource-based", byResource.denied());
        Said byIdentity = ask(identity, request);
        if (byIdentity.denied() != null) return Decision.deny("an identity-based", byIdentity.denied());
        if (byResource.allowed() != null) return Decision.allow(List.of(byResource.allowed()));
        if (weight == ResourcePolicy.DECIDES) {
            if (byResource.leftToAccount() == null) return Decision.nothingAllows("resource-based", request.action());
            return byIdentity.allowed() == null
                    ? Decision.nothingAllows("identity-based", request.action())
                    : Decision.allow(List.of(byIdentity.allowed(), byResource.leftToAccount()));
        }
        boolean service = request.principal().kind() == Principal.Kind.SERVICE;
        return byIdentity.allowed() == null
                ? Decision.nothingAllows(service ? "resource-based" : "identity-based", request.action())
                : Decision.allow(List.of(byIdentity.allowed()));
    }

    private static Said ask(Policy policy, Request request) {
        Grant allowed = null;
        Grant leftToAccount = null;
        for (Candidate candidate : policy.meaning(request)) {
            Statement statement = candidate.statement();
            // All that could only allow once more need not be looked at.
            if (statement.allow() && allowed != null) continue;
            Meant meant = statement.means(request.principal());
            if (meant == Meant.NOT) continue;
            int resource = statement.resource(request);
            if (resource < 0 || !statement.conditionsHold(request)) continue;
            if (!statement.allow()) return new Said(statement, null, null);
            Grant grant = new Grant(statement, candidate.action(), resource);
            if (meant == Meant.SELF) allowed = grant;
            else if (leftToAccount == null) leftToAccount = grant;
        }
        return new Said(null, allowed, leftToAccount);
    }
}
