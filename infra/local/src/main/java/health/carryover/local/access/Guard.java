package health.carryover.local.access;

import health.carryover.local.iam.Authorization;
import health.carryover.local.iam.Decision;
import health.carryover.local.iam.Ledger;
import health.carryover.local.iam.Principal;
import health.carryover.local.iam.Request;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Decides every call of the cloud by the template's policies, and counts which permission each needed. */
public final class Guard {
    private final Identities identities;
    private final InstantSource time;
    private final Ledger ledger;
    private final LongAdder decided = new LongAdder();

    Guard(Identities identities, Ledger ledger, InstantSource time) {
        this.identities = identities;
        this.ledger = ledger;
        this.time = time;
    }

    /** Why a call may not happen, in AWS's words. */
    public record Refusal(String action, String resource, String message) {}

    /**
     * Decides.
     *
     * @param counts whether the use is one by the deployed system, not by somebody who looks on with its rights
     */
    public Optional<Refusal> refusal(Principal principal, Call call, boolean counts) {
        Request.Context global = this::global;
        for (Access access : call.accesses()) {
            Request request = new Request(
                    principal,
                    access.action(),
                    access.resource(),
                    access.context().or(global));
            Decision decision =
                    Authorization.decide(request, identities.policy(principal), access.policy(), access.weight());
            decided.increment();
            if (!decision.allowed()) return Optional.of(refusal(request, decision));
            if (counts) ledger.used(decision);
        }
        return Optional.empty();
    }

    private static Refusal refusal(Request request, Decision decision) {
        return new Refusal(
                request.action(),
                request.resource(),
                "User: " + request.principal().arn() + " is not authorized to perform: " + request.action()
                        + " on resource: " + request.resource() + " " + decision.reason());
    }

    /** The hop to the gate is plain HTTP on one machine; it stands for the TLS that the SDKs speak to AWS. */
    private @org.jspecify.annotations.Nullable List<String> global(String key) {
        return switch (key) {
            case "aws:securetransport" -> List.of("true");
            case "s3:tlsversion" -> List.of("1.3");
            case "aws:requestedregion" -> List.of(Arns.REGION);
            case "aws:resourceaccount" -> List.of(Arns.ACCOUNT);
            case "aws:currenttime" -> List.of(time.instant().toString());
            case "aws:epochtime" -> List.of(Long.toString(time.instant().getEpochSecond()));
            default -> null;
        };
    }

    /** How many decisions were made so far. */
    public long decisions() {
        return decided.sum();
    }

    public Ledger ledger() {
        return ledger;
    }
}
