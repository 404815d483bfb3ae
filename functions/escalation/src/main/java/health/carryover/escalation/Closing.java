package health.carryover.escalation;

import health.carryover.clinical.escalation.Escalation;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The end of an outreach, as one transaction: moved away, counted down, its open task withdrawn. */
final class Closing {
    private Closing() {}

    static List<Write> writes(PatientRef patient, Entry<Escalation> open, Optional<Entry<Task>> task, String because) {
        Escalation closed = open.content().closed(because);
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Delete(open));
        writes.add(new Write.Create(Entry.first(
                Key.closedEscalation(patient, closed.id()), Kind.ESCALATION, closed, Outreach.clear(closed))));
        writes.add(new Write.Count(patient.clinic(), -1, 0));
        task.filter(found -> !found.content().status().ended()).ifPresent(found -> {
            Task withdrawn = found.content().withdrawn(because);
            writes.add(new Write.Replace(found.next(withdrawn, Outreach.clear(patient.clinic(), withdrawn))));
        });
        return writes;
    }
}
