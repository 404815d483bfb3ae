package health.carryover.clinicapi;

import health.carryover.platform.http.Answer;
import health.carryover.platform.http.Operation;
import health.carryover.platform.http.Refused;
import health.carryover.platform.http.Request;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.HoldOutDecision;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the clinic takes part in finding out if outreach works. It counts for flags from then on, not for open ones. */
final class HoldOuts {
    record Decision(boolean takesPart) {}

    private final Records records;

    HoldOuts(Records records) {
        this.records = records;
    }

    List<Operation> operations() {
        return List.of(
                Operation.of("GET /v1/clinic/hold-out", "ReadClinic", Operation::clinic, this::read),
                Operation.of("PUT /v1/clinic/hold-out", "DecideHoldOut", Operation::clinic, this::decide));
    }

    private Optional<HoldOutDecision> latest(String clinic) {
        return records.latest(Key.clinicPk(clinic), "HOLDOUT#", Kind.HOLD_OUT).map(Entry::content);
    }

    private Answer read(Request request, Resource resource) {
        return Answer.ok(latest(resource.clinic()).orElseThrow(Refused::notFound));
    }

    private Answer decide(Request request, Resource resource) {
        int version = latest(resource.clinic()).map(HoldOutDecision::version).orElse(0) + 1;
        HoldOutDecision decision = new HoldOutDecision(
                version,
                request.body(Decision.class).takesPart(),
                request.caller().person(),
                request.now());
        Write.Result result = records.transact(List.of(
                new Write.Create(
                        Entry.first(Key.holdOut(resource.clinic(), version), Kind.HOLD_OUT, decision, Map.of())),
                request.audit(resource)));
        // Two administrators at once: the second reads what the first decided before deciding again.
        if (result instanceof Write.Result.Refused) throw Refused.stale();
        return Answer.ok(decision);
    }
}
