package health.carryover.escalation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import health.carryover.clinical.safety.SafetyClimb;
import health.carryover.clinical.safety.SafetyClimb.Decision;
import health.carryover.clinical.safety.SafetyClimb.Rung;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.library.SafetyClimbs;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Task;
import health.carryover.platform.vault.Vault;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One look at a safety task: over once a therapist has dealt with it; otherwise whose turn it is, who is told, and when
 * somebody looks again. A repeat of the same look finds the task given away already and changes nothing.
 */
public final class LookAfterSafetyTaskHandler
        implements RequestHandler<LookAfterSafetyTaskHandler.Look, LookAfterSafetyTaskHandler.Looked> {
    /**
     * Identifiers and times only.
     *
     * @param rung who has been told
     * @param claimant who worked on it at the last look; absent = nobody
     * @param at when the machine came to look: the same for each try of one look
     */
    public record Look(
            String clinic,
            String patient,
            String task,
            Rung rung,
            @Nullable String claimant,
            Instant at) {
        Looked next(Rung nextRung, @Nullable String nextClaimant, Instant until) {
            return new Looked(clinic, patient, task, nextRung, nextClaimant, until, false);
        }

        Looked ended() {
            return new Looked(clinic, patient, task, rung, null, null, true);
        }
    }

    /**
     * What the machine carries to the next look.
     *
     * @param until when that is; absent once the task is over
     */
    public record Looked(
            String clinic,
            String patient,
            String task,
            Rung rung,
            @Nullable String claimant,
            @Nullable Instant until,
            boolean over) {}

    private final Records records;
    private final SafetyHandover handover;
    private final SafetyClimb climb = SafetyClimbs.inForce();

    public LookAfterSafetyTaskHandler() {
        this(Environment.ofLambda());
    }

    LookAfterSafetyTaskHandler(Environment environment) {
        records = new Records(environment, new Vault(environment));
        handover = new SafetyHandover(environment, records);
    }

    @Override
    public Looked handleRequest(Look look, Context context) {
        Entry<Task> entry = records.get(Key.task(look.clinic(), look.task()), Kind.TASK)
                .orElseThrow(() -> new IllegalStateException("a safety task that is not there"));
        Task task = entry.content();
        if (task.status().ended()) return look.ended();
        String claimant = task.status() == Task.Status.CLAIMED ? task.claimedBy() : null;
        Decision decision = climb.decide(look.rung(), claimant, look.claimant());
        Instant until = records.get(Key.clinic(look.clinic()), Kind.CLINIC)
                .orElseThrow()
                .content()
                .hours()
                .after(look.at(), decision.untilNextLook());
        return switch (decision) {
            case Decision.LeaveToClaimant(String who, var _) -> look.next(look.rung(), who, until);
            case Decision.Tell(Rung rung, var _) -> {
                handover.give(entry, look.clinic(), rung, until);
                yield look.next(rung, null, until);
            }
        };
    }
}
