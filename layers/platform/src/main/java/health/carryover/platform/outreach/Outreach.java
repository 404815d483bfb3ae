package health.carryover.platform.outreach;

import health.carryover.clinical.escalation.Engagement;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.clinical.escalation.Escalation.OnEngagement;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Clear;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/**
 * The open escalation of a patient, as all functions that touch it see it. The rule that keeps an engaged patient from
 * being called: whoever has news stores it first and looks for the other side's afterwards.
 */
public final class Outreach {
    private static final Logger log = LoggerFactory.getLogger(Outreach.class);

    /** Each round means that the state machine moved on meanwhile; it has fewer waiting states than this. */
    private static final int ROUNDS = 8;

    private final Records records;
    private final SfnClient stepFunctions;

    public Outreach(Environment environment, Records records) {
        this.records = records;
        stepFunctions = environment.client(SfnClient.builder());
    }

    public Optional<Entry<Escalation>> open(PatientRef patient) {
        return records.get(Key.openEscalation(patient), Kind.ESCALATION);
    }

    /** The open escalation, if it is this one. */
    public Optional<Entry<Escalation>> open(PatientRef patient, String escalation) {
        return open(patient).filter(entry -> entry.content().id().equals(escalation));
    }

    public Optional<Entry<Task>> task(PatientRef patient, Escalation escalation) {
        return Optional.ofNullable(escalation.taskId())
                .flatMap(task -> records.get(Key.task(patient.clinic(), task), Kind.TASK));
    }

    /** What the patient did since the flag, by strong reads. */
    public List<Engagement> since(PatientRef patient, Instant flaggedAt) {
        String pk = Key.patientPk(patient);
        List<Engagement> all = new ArrayList<>();
        records
                .range(pk, "SESSION#" + Key.instant(Engagement.sessionsFrom(flaggedAt)), "SESSION#~", Kind.SESSION)
                .stream()
                .map(Entry::content)
                .filter(stored -> stored.session().counts())
                .forEach(stored -> all.add(new Engagement(
                        Engagement.Kind.SESSION,
                        stored.session().endedAt(),
                        stored.session().sessionId())));
        records.range(pk, "CONTACT#" + Key.instant(flaggedAt), "CONTACT#~", Kind.CONTACT)
                .forEach(entry -> all.add(new Engagement(
                        entry.content().kind(),
                        entry.content().at(),
                        entry.key().sk())));
        return all;
    }

    public Optional<Engagement> deciding(PatientRef patient, Instant flaggedAt) {
        return Engagement.deciding(since(patient, flaggedAt), flaggedAt);
    }

    public boolean openSafetyEvent(PatientRef patient) {
        return records.prefix(Key.patientPk(patient), "SAFETY#", Kind.SAFETY).stream()
                .anyMatch(event -> event.content().clearedAt() == null);
    }

    /** Whether a safety event ends an outreach flagged then: one that is open, or came since, even if cleared already. */
    public boolean endedBySafetyEvent(PatientRef patient, Instant flaggedAt) {
        return records.prefix(Key.patientPk(patient), "SAFETY#", Kind.SAFETY).stream()
                .map(Entry::content)
                .anyMatch(event -> event.clearedAt() == null || !event.at().isBefore(flaggedAt));
    }

    /**
     * To be called after an engagement was stored: ends the outreach, or shows the engagement to who works on it.
     *
     * @return whether this ended a waiting state, so that the state machine goes on with this engagement
     */
    public boolean onEngagement(PatientRef patient, Engagement engagement) {
        for (int round = 0; round < ROUNDS; round++) {
            Optional<Entry<Escalation>> found = open(patient);
            if (found.isEmpty()) return false;
            Escalation escalation = found.get().content();
            Optional<Entry<Task>> task = task(patient, escalation);
            boolean claimed = task.isPresent() && task.get().content().status() == Task.Status.CLAIMED;
            switch (escalation.onEngagement(engagement, claimed)) {
                case OnEngagement.Nothing nothing -> {
                    return false;
                }
                case OnEngagement.ShowOnTask show -> {
                    if (task.isEmpty() || showOn(patient, task.get(), engagement)) return false;
                }
                case OnEngagement.Complete complete -> {
                    if (complete(complete.token(), Step.after(engagement))) return true;
                    // The state had ended. If nothing new is stored yet, its successor will store and then look, and
                    // so see the engagement; otherwise act on what is stored now.
                    boolean unchanged = open(patient)
                            .map(again -> again.version() == found.get().version())
                            .orElse(true);
                    if (unchanged) return false;
                }
            }
        }
        log.atWarn()
                .addKeyValue("patient", patient.patient())
                .log("an engagement met a state machine that never rests");
        return false;
    }

    private boolean showOn(PatientRef patient, Entry<Task> task, Engagement engagement) {
        if (task.content().status().ended() || task.content().engagedAt() != null) return true;
        Task shown = task.content().engaged(engagement.at());
        return records.transact(List.of(new Write.Replace(task.next(shown, clear(patient.clinic(), shown)))))
                instanceof Write.Result.Committed;
    }

    /**
     * Ends a waiting state.
     *
     * @return false when it had ended already, which is no error: the caller looks what is true now
     */
    public boolean complete(String token, Step output) {
        try {
            stepFunctions.sendTaskSuccess(request -> request.taskToken(token).output(Json.text(output)));
            return true;
        } catch (TaskTimedOutException | TaskDoesNotExistException e) {
            log.atInfo().addKeyValue("code", e.awsErrorDetails().errorCode()).log("the waiting state had ended");
            return false;
        }
    }

    /** What stands in clear on a task: its place in the index while it is open, and nothing of it afterwards. */
    public static Map<Clear, String> clear(String clinic, Task task) {
        Map<Clear, String> clear = new HashMap<>();
        clear.put(Clear.status, task.status().name());
        clear.put(Clear.kind, task.work().name());
        clear.put(Clear.dueAt, Key.instant(task.dueAt()));
        if (!task.status().ended()) {
            clear.put(Clear.GSI1PK, Key.clinicPk(clinic) + "#TASK#" + task.status());
            clear.put(Clear.GSI1SK, Key.instant(task.dueAt()) + "#" + task.id());
        }
        return clear;
    }

    public static Entry<Task> newTask(String clinic, Task task) {
        return Entry.first(Key.task(clinic, task.id()), Kind.TASK, task, clear(clinic, task));
    }

    public static Map<Clear, String> clear(Escalation escalation) {
        Map<Clear, String> clear = new HashMap<>();
        clear.put(Clear.state, escalation.phase().name());
        clear.put(Clear.execution, escalation.execution());
        if (escalation.deadline() != null) clear.put(Clear.deadline, Key.instant(escalation.deadline()));
        return clear;
    }
}
