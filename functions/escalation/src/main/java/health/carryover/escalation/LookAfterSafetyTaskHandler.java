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
        implements RequestHandler<LookAfterSafetyTaskHandler.Look, LookAfterSafetyTaskHandler.Look> {
    /**
     * Goes in and comes out, so that the machine carries it from look to look; identifiers and times only.
     *
     * @param rung who has been told
     * @param claimant who worked on it at the last look; empty = nobody
     * @param at when the machine came to look: the same for each try of one look
     * @param until when to look again; absent at first and once it is over
     */
    public record Look(
            String clinic,
            String patient,
            String task,
            Rung rung,
            @Nullable String claimant,
            @Nullable Instant at,
            @Nullable Instant until,
            boolean over) {
        Look next(Rung nextRung, @Nullable String nextClaimant, Instant nextUntil) {
            return new Look(clinic, patient, task, nextRung, nextClaimant, null, nextUntil, false);
        }

        Look ended() {
            return new Look(clinic, patient, task, rung, null, null, null, true);
        }
    }

    private final Records records;
    private final SafetyHandover handover;
    private final SafetyClimb climb = SafetyClimbs.inForce();
    private final Environment environment;

    public LookAfterSafetyTaskHandler() {
        this(Environment.ofLambda());
    }

    LookAfterSafetyTaskHandler(Environment environment) {
        this.environment = environment;
        records = new Records(environment, new Vault(environment));
        handover = new SafetyHandover(environment, records);
    }

    @Override
    public Look handleRequest(Look look, Context context) {
        Entry<Task> entry = records.get(Key.task(look.clinic(), look.task()), Kind.TASK)
                .orElseThrow(() -> new IllegalStateException("a safety task that is not there"));
        Task task = entry.content();
        if (task.status().ended()) return look.ended();
        Instant at = look.at() == null ? environment.time().instant() : look.at();
        String claimant = task.status() == Task.Status.CLAIMED ? task.claimedBy() : null;
        Decision decision = climb.decide(look.rung(), claimant, look.claimant());
        Instant until = records.get(Key.clinic(look.clinic()), Kind.CLINIC)
                .orElseThrow()
                .content()
                .hours()
                .after(at, decision.untilNextLook());
        return switch (decision) {
            case Decision.LeaveToClaimant(String who, var _) -> look.next(look.rung(), who, until);
            case Decision.Tell(Rung rung, var _) -> {
                handover.give(entry, look.clinic(), rung, until);
                yield look.next(rung, null, until);
            }
        };
    }
}
