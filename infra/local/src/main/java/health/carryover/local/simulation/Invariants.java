package health.carryover.local.simulation;

import health.carryover.clinical.escalation.Escalation;
import health.carryover.clinical.escalation.Escalation.Phase;
import health.carryover.local.cloud.Inbox;
import health.carryover.local.simulation.SimulatedPatient.Place;
import health.carryover.platform.records.Attributes;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.SentContact;
import health.carryover.platform.records.Task;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** What must be so whenever the cloud is quiet. Each is judged by the stored items against the reference model. */
final class Invariants {
    private final SimulatedWorld world;
    private final Map<String, SimulatedPatient> byPhone = new HashMap<>();
    private int messagesSeen;
    private long checks;

    Invariants(SimulatedWorld world) {
        this.world = world;
        for (SimulatedPatient patient : world.patients)
            byPhone.put(String.valueOf(stored(patient).pushTarget()), patient);
        messagesSeen = world.cloud.inbox().messages().size();
    }

    long checks() {
        return checks;
    }

    private Patient stored(SimulatedPatient patient) {
        return world.records
                .get(Key.patient(patient.ref()), Kind.PATIENT)
                .orElseThrow()
                .content();
    }

    private void require(boolean so, String otherwise) {
        checks++;
        if (!so) throw new Violation(otherwise);
    }

    /** Messages since the last look: in the hours that the patient allows, and to nobody who does not want any. */
    void messages() {
        List<Inbox.Message> all = world.cloud.inbox().messages();
        for (Inbox.Message message : all.subList(messagesSeen, all.size())) {
            SimulatedPatient to = byPhone.get(message.to());
            if (to == null) continue;
            require(stored(to).contactHours().allow(message.at()), to.name + " got a message in quiet hours");
            require(!to.optedOut, to.name + " got a message after opting out");
            require(to.consents, to.name + " got a message without consent");
        }
        messagesSeen = all.size();
    }

    /**
     * Every open outreach, and how many there are.
     *
     * @param settled no fault is recent enough that something may still be tried again
     */
    void outreaches(boolean settled) {
        Map<String, Integer> open = new HashMap<>();
        Set<String> stored = partitionsWithOpen();
        for (SimulatedPatient patient : world.patients)
            if (stored.contains(Key.patientPk(patient.ref()))) {
                open.merge(patient.ref().clinic(), 1, Integer::sum);
                if (settled) outreach(patient);
            }
        for (Place place : world.places) {
            String clinic = place.clinic().id();
            int count = world.records.openCount(clinic);
            int items = open.getOrDefault(clinic, 0);
            require(count == items, "the count of open outreaches is " + count + ", open are " + items);
            require(items <= place.cap(), items + " outreaches are open under a cap of " + place.cap());
        }
    }

    /** One call for all patients, since this is asked after every step. */
    private Set<String> partitionsWithOpen() {
        String table = world.table("RECORDS_TABLE");
        var keys = KeysAndAttributes.builder()
                .consistentRead(true)
                .projectionExpression("PK")
                .keys(world.patients.stream()
                        .map(patient -> Key.openEscalation(patient.ref()))
                        .map(key -> Map.of("PK", AttributeValue.fromS(key.pk()), "SK", AttributeValue.fromS(key.sk())))
                        .toList())
                .build();
        return world
                .tables
                .batchGetItem(get -> get.requestItems(Map.of(table, keys)))
                .responses()
                .getOrDefault(table, List.of())
                .stream()
                .map(item -> Attributes.require(item, "PK").s())
                .collect(Collectors.toSet());
    }

    private void outreach(SimulatedPatient patient) {
        Escalation escalation = world.records
                .get(Key.openEscalation(patient.ref()), Kind.ESCALATION)
                .orElseThrow()
                .content();
        Optional<Task> task = Optional.ofNullable(escalation.taskId())
                .flatMap(id -> world.records.get(Key.task(patient.ref().clinic(), id), Kind.TASK))
                .map(Entry::content);
        boolean waits = escalation.phase() == Phase.WAITING
                || escalation.phase() == Phase.CALL
                        && task.filter(call -> call.status() == Task.Status.OPEN)
                                .isPresent();
        require(
                !waits || !patient.engagedSince(escalation.flaggedAt()),
                patient.name + " is engaged, and still there is an outreach in phase " + escalation.phase());
        require(
                task.filter(found -> found.status() == Task.Status.WITHDRAWN).isEmpty(),
                patient.name + " has an open outreach whose task was withdrawn");
    }

    /** No task of an outreach that is over, none that its outreach does not know. */
    void tasks(Place place) {
        Map<String, Escalation> open = new HashMap<>();
        for (SimulatedPatient patient : world.patients)
            if (patient.place == place)
                world.records
                        .get(Key.openEscalation(patient.ref()), Kind.ESCALATION)
                        .map(Entry::content)
                        .ifPresent(escalation -> open.put(escalation.id(), escalation));
        for (Task.Status status : List.of(Task.Status.OPEN, Task.Status.CLAIMED))
            for (Entry<Task> entry :
                    world.records.indexed(Key.clinicPk(place.clinic().id()) + "#TASK#" + status, Kind.TASK, 500)) {
                Task task = entry.content();
                if (task.escalation() == null || task.work() == Task.Work.FOLLOW_UP) continue;
                Escalation escalation = open.get(task.escalation());
                require(escalation != null, "a task " + task.work() + " is " + status + " and its outreach over");
                require(
                        escalation != null && task.id().equals(escalation.taskId()),
                        "a task " + task.work() + " is " + status + " and its outreach waits for another");
            }
    }

    /** At the end nobody is left in an outreach. */
    void over(SimulatedPatient patient) {
        require(
                world.records
                        .get(Key.openEscalation(patient.ref()), Kind.ESCALATION)
                        .isEmpty(),
                patient.name + " has an outreach that does not end");
    }

    /** Everything that was accepted is stored, each once and audited; every outreach was pushed at most once. */
    void ledger(SimulatedPatient patient) {
        String pk = Key.patientPk(patient.ref());
        Set<String> sessions = new HashSet<>();
        for (String sortKey : keys(world.table("RECORDS_TABLE"), pk, "SESSION#"))
            require(
                    sessions.add(sortKey.substring(sortKey.lastIndexOf('#') + 1)),
                    patient.name + " has a session stored twice");
        require(
                sessions.equals(patient.sessions.keySet()),
                patient.name + " has " + sessions.size() + " sessions stored, and " + patient.sessions.size()
                        + " were accepted");
        List<Escalation> outreaches = world.records.prefix(pk, "ESCALATION#", Kind.ESCALATION).stream()
                .map(Entry::content)
                .toList();
        long open =
                outreaches.stream().filter(one -> one.phase() != Phase.CLOSED).count();
        require(open <= 1, patient.name + " has " + open + " open outreaches");
        Map<String, Long> audited = audited(pk);
        equal(patient, "sessions", audited, "UploadSession ALLOWED", sessions.size());
        equal(patient, "outreaches opened", audited, "OpenEscalation DONE", outreaches.size());
        long ended = audited.entrySet().stream()
                .filter(event -> event.getKey().matches("(Close|Compensate)Escalation .*"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        require(
                ended == outreaches.size() - open,
                patient.name + ": " + (outreaches.size() - open) + " outreaches ended, " + ended + " ends audited");
        int contacts = keys(world.table("RECORDS_TABLE"), pk, "CONTACT#").size();
        long told = audited.getOrDefault("ReplyToMessage ALLOWED", 0L) + audited.getOrDefault("PlanBreak ALLOWED", 0L);
        // A request that came twice is audited twice.
        require(contacts <= told, patient.name + ": " + contacts + " contacts stored, " + told + " audited");
        require(contacts >= patient.contacts, patient.name + ": a contact that was accepted is not stored");
        Map<String, Long> pushes = world.records.prefix(pk, "SENT#", Kind.SENT).stream()
                .map(Entry::content)
                .collect(Collectors.groupingBy(SentContact::id, Collectors.counting()));
        require(
                pushes.values().stream().allMatch(times -> times == 1),
                patient.name + " has the same message stored twice");
    }

    private void equal(SimulatedPatient patient, String what, Map<String, Long> audited, String event, int stored) {
        long told = audited.getOrDefault(event, 0L);
        require(told == stored, patient.name + ": " + stored + " " + what + " stored, " + told + " audited");
    }

    private List<String> keys(String table, String pk, String prefix) {
        return world
                .tables
                .queryPaginator(query -> query.tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression("PK = :pk AND begins_with(SK, :prefix)")
                        .projectionExpression("SK")
                        .expressionAttributeValues(
                                Map.of(":pk", AttributeValue.fromS(pk), ":prefix", AttributeValue.fromS(prefix))))
                .items()
                .stream()
                .map(item -> Attributes.require(item, "SK").s())
                .toList();
    }

    private Map<String, Long> audited(String pk) {
        return world
                .tables
                .queryPaginator(query -> query.tableName(world.table("AUDIT_TABLE"))
                        .keyConditionExpression("PK = :pk")
                        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk))))
                .items()
                .stream()
                .map(item -> Attributes.require(item, "operation").s() + " "
                        + Attributes.require(item, "outcome").s())
                .collect(Collectors.groupingBy(event -> event, TreeMap::new, Collectors.counting()));
    }
}
