package health.carryover.local.simulation;

import health.carryover.local.demo.Clinic;
import health.carryover.local.demo.Clinic.Person;
import health.carryover.platform.records.PatientRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the reference model knows of one patient: all that the cloud has said yes to, and nothing that it computed. */
final class SimulatedPatient {
    final String name;
    final Place place;
    final Person person;
    /** Sessions that the API has accepted, as they were sent. */
    final Map<String, Map<String, Object>> sessions = new LinkedHashMap<>();
    /** Instants of what ends an outreach: sessions' ends with 15 minutes of grace, answers, breaks. */
    final List<Instant> engagements = new ArrayList<>();

    int contacts;
    int breaks;
    boolean optedOut;
    boolean consents = true;
    int safetyEvents;

    SimulatedPatient(String name, Place place, Person person) {
        this.name = name;
        this.place = place;
        this.person = person;
    }

    PatientRef ref() {
        return new PatientRef(place.clinic().id(), person.id());
    }

    boolean engagedSince(Instant flaggedAt) {
        return engagements.stream().anyMatch(at -> !at.isBefore(flaggedAt));
    }

    /** A clinic and who works there. */
    record Place(Clinic clinic, Person frontDesk, Person therapist, int cap) {}
}
