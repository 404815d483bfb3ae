package health.carryover.platform.outreach;

import health.carryover.platform.environment.Environment;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Staff;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.EndpointDisabledException;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/** Tells a person of the clinic that a task waits for them, at whatever hour; says nothing about whom it is about. */
public final class StaffPush {
    private static final Logger log = LoggerFactory.getLogger(StaffPush.class);

    /** Whether the person was told; goes into the audit. */
    public enum Told {
        PUSHED,
        /** No phone registered, or the phone's app is gone. The task stands in the person's list all the same. */
        NO_DEVICE
    }

    private final Records records;
    private final SnsClient sns;

    public StaffPush(Environment environment, Records records) {
        this.records = records;
        sns = environment.client(SnsClient.builder());
    }

    /** @param task a repeat for the same task replaces the message on the phone */
    public Told tell(String clinic, String person, String task, boolean safety) {
        Optional<String> target = records.get(Key.staff(clinic, person), Kind.STAFF)
                .map(Entry::content)
                .map(Staff::pushTarget);
        Told told = target.isPresent() && published(target.get(), task, safety) ? Told.PUSHED : Told.NO_DEVICE;
        log.atInfo().addKeyValue("task", task).addKeyValue("outcome", told).log("staff told of a task");
        return told;
    }

    private boolean published(String target, String task, boolean safety) {
        String words = safety ? "A safety task waits for you." : "A task waits for you.";
        try {
            new PhoneMessage(task, words, "task/" + task, true).publish(sns, target);
            return true;
        } catch (EndpointDisabledException | NotFoundException e) {
            // The app was removed from the phone: no reason to keep a safety task from climbing.
            return false;
        }
    }
}
