package health.carryover.clinicapi;

import health.carryover.clinical.adherence.Program;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.http.Answer;
import health.carryover.platform.http.Operation;
import health.carryover.platform.http.Pages;
import health.carryover.platform.http.Refused;
import health.carryover.platform.http.Request;
import health.carryover.platform.identity.Accounts;
import health.carryover.platform.identity.Caller;
import health.carryover.platform.identity.Caller.Role;
import health.carryover.platform.identity.Identities;
import health.carryover.platform.identity.Identities.Pool;
import health.carryover.platform.library.ExerciseLibrary;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Appointment;
import health.carryover.platform.records.Clear;
import health.carryover.platform.records.Clinic;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Contact;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.History;
import health.carryover.platform.records.Ids;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Staff;
import health.carryover.platform.records.Write;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The people of a clinic: staff and patients enrolled, visits kept. */
final class People {
    record StaffMember(
            String name, Set<Role> roles, @Nullable String covering) {}

    record Enrolment(
            String name,
            String phone,
            LocalDate birthDate,
            ZoneId zone,
            String language,
            String therapist,
            String diagnosis,
            LocalDate planStart,
            @Nullable LocalDate surgeryOn,
            Set<Consent.Scope> consents,
            ProgramChange program) {}

    record PersonCreated(String personId, String username, String subject) {}

    record Booking(String patientId, Instant at) {}

    record AppointmentChange(String patientId, Instant at, Appointment.State state) {}

    record Created(String id) {}

    /** What the front desk sees of a patient. */
    record Listed(String patientId, String name, Patient.Status status, String therapist) {}

    record PatientPage(List<Listed> patients, Optional<String> nextCursor) {}

    record ClinicSettings(String name, ZoneId zone, int staffCapacity, int openOutreaches) {}

    private final Records records;
    private final Identities identities;
    private final Accounts accounts;
    private final Set<String> exercises = ExerciseLibrary.builtIn().codes();
    private final Ids ids = new Ids();

    People(Environment environment, Records records) {
        this.records = records;
        identities = new Identities(environment);
        accounts = new Accounts(environment);
    }

    List<Operation> operations() {
        return List.of(
                Operation.of("GET /v1/clinic", "ReadClinic", Operation::clinic, this::settings),
                Operation.of("POST /v1/staff", "WriteStaff", Operation::clinic, this::addStaff),
                Operation.of("POST /v1/patients", "EnrolPatient", Operation::clinic, this::enrol),
                Operation.of("GET /v1/patients", "ListPatients", Operation::clinic, this::list),
                Operation.of("POST /v1/appointments", "WriteAppointment", Operation::clinic, this::book),
                Operation.of(
                        "PUT /v1/appointments/{appointmentId}",
                        "WriteAppointment",
                        Operation::clinic,
                        this::changeAppointment));
    }

    private Answer settings(Request request, Resource resource) {
        Clinic clinic = records.get(Key.clinic(resource.clinic()), Kind.CLINIC)
                .orElseThrow()
                .content();
        return Answer.ok(new ClinicSettings(
                clinic.name(), clinic.zone(), clinic.staffCapacity(), records.openCount(resource.clinic())));
    }

    private Answer addStaff(Request request, Resource resource) {
        StaffMember member = request.body(StaffMember.class);
        if (member.covering() != null && !isTherapist(resource.clinic(), member.covering()))
            throw Refused.impossible("noSuchTherapist", "/covering");
        return Answer.created(
                create(resource.clinic(), ids.next(request.now()), member, List.of(request.audit(resource))));
    }

    /** Account first, then person and identity in one transaction: an account without an identity may do nothing. */
    PersonCreated create(String clinic, String person, StaffMember member, List<Write> more) {
        Accounts.Account account = accounts.create(Pool.WORKFORCE);
        List<Write> writes = new ArrayList<>(more);
        writes.add(new Write.Create(Entry.first(
                Key.staff(clinic, person),
                Kind.STAFF,
                new Staff(member.name(), names(member.roles()), member.covering(), null),
                Map.of())));
        writes.add(new Write.Other(
                identities.entry(Pool.WORKFORCE, account.subject(), new Caller(clinic, person, member.roles()))));
        records.commit(writes);
        return new PersonCreated(person, account.username(), account.subject());
    }

    private static Set<String> names(Set<Role> roles) {
        Set<String> names = new TreeSet<>();
        roles.forEach(role -> names.add(role.name()));
        return names;
    }

    private boolean isTherapist(String clinic, String person) {
        return Key.isId(person)
                && records.get(Key.staff(clinic, person), Kind.STAFF)
                        .map(staff -> staff.content().roles().contains(Role.THERAPIST.name()))
                        .orElse(false);
    }

    private Answer enrol(Request request, Resource resource) {
        Enrolment enrolment = request.body(Enrolment.class);
        Instant now = request.now();
        LocalDate today = now.atZone(enrolment.zone()).toLocalDate();
        if (enrolment.birthDate().isAfter(today)) throw Refused.impossible("inTheFuture", "/birthDate");
        if (enrolment.surgeryOn() != null && enrolment.surgeryOn().isAfter(today))
            throw Refused.impossible("inTheFuture", "/surgeryOn");
        if (!isTherapist(resource.clinic(), enrolment.therapist()))
            throw Refused.impossible("noSuchTherapist", "/therapist");
        PatientRef ref = new PatientRef(resource.clinic(), ids.next(now));
        Program program = enrolment
                .program()
                .version(1, request.caller().person(), now, enrolment.planStart(), exercises, "/program");
        Patient patient = new Patient(
                enrolment.name(),
                enrolment.phone(),
                enrolment.birthDate(),
                enrolment.zone(),
                enrolment.language(),
                enrolment.therapist(),
                enrolment.diagnosis(),
                enrolment.planStart(),
                Patient.Status.ACTIVE,
                null,
                null,
                Set.of(),
                null,
                now,
                enrolment.surgeryOn());
        History history = new History(
                patient.zone(), patient.planStart(), List.of(), List.of(program), List.of(), List.of(), List.of(), now);
        Accounts.Account account = accounts.create(Pool.PATIENTS);
        records.commit(List.of(
                new Write.Create(Entry.first(Key.patient(ref), Kind.PATIENT, patient, Map.of())),
                new Write.Create(Entry.first(Key.program(ref, 1), Kind.PROGRAM, program, Map.of())),
                new Write.Create(Entry.first(
                        Key.consent(ref, 1), Kind.CONSENT, new Consent(1, enrolment.consents(), now), Map.of())),
                new Write.Create(Entry.first(Key.features(ref), Kind.FEATURES, history, Map.of())),
                new Write.Other(identities.entry(
                        Pool.PATIENTS,
                        account.subject(),
                        new Caller(ref.clinic(), ref.patient(), Set.of(Role.PATIENT)))),
                request.audit(new Resource.PatientRecord(ref.clinic(), ref.patient(), enrolment.therapist()))));
        return Answer.created(new PersonCreated(ref.patient(), account.username(), account.subject()));
    }

    private Answer list(Request request, Resource resource) {
        String pk = Key.featuresPk(resource.clinic());
        Records.Page<History> page =
                records.newestFirst(pk, "P#", Kind.FEATURES, Pages.limit(request), Pages.after(request, "P#"));
        List<Listed> patients = page.entries().stream()
                .map(entry -> entry.key().sk().substring("P#".length()))
                .map(patient -> {
                    Patient profile = records.get(Key.patient(new PatientRef(resource.clinic(), patient)), Kind.PATIENT)
                            .orElseThrow()
                            .content();
                    return new Listed(patient, profile.name(), profile.status(), profile.therapist());
                })
                .toList();
        return Answer.ok(new PatientPage(patients, Pages.cursor(page.lastSortKey())));
    }

    private Answer book(Request request, Resource resource) {
        Booking booking = request.body(Booking.class);
        if (booking.at().isBefore(request.now())) throw Refused.impossible("inThePast", "/at");
        PatientRef ref = known(resource, booking.patientId());
        String id = ids.next(request.now());
        records.commit(List.of(
                new Write.Create(Entry.first(
                        Key.appointment(ref, booking.at(), id),
                        Kind.APPOINTMENT,
                        new Appointment(booking.at(), Appointment.State.BOOKED),
                        Map.of(Clear.state, Appointment.State.BOOKED.name()))),
                request.audit(new Resource.PatientRecord(ref.clinic(), ref.patient(), null))));
        return Answer.created(new Created(id));
    }

    /** An attended visit is a sign of life, so it is stored as a contact too. */
    private Answer changeAppointment(Request request, Resource resource) {
        AppointmentChange change = request.body(AppointmentChange.class);
        PatientRef ref = known(resource, change.patientId());
        String id = Lookup.id(request.path("appointmentId"));
        Entry<Appointment> entry = records.get(Key.appointment(ref, change.at(), id), Kind.APPOINTMENT)
                .orElseThrow(Refused::notFound);
        if (change.state() == Appointment.State.ATTENDED && change.at().isAfter(request.now()))
            throw Refused.impossible("notYet", "/state");
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Replace(entry.next(
                new Appointment(change.at(), change.state()),
                Map.of(Clear.state, change.state().name()))));
        boolean newlyAttended =
                change.state() == Appointment.State.ATTENDED && entry.content().state() != Appointment.State.ATTENDED;
        if (newlyAttended)
            writes.add(new Write.Create(Entry.first(
                    Key.contact(ref, request.now(), id),
                    Kind.CONTACT,
                    new Contact(health.carryover.clinical.escalation.Engagement.Kind.VISIT, request.now(), null),
                    Map.of())));
        writes.add(request.audit(new Resource.PatientRecord(ref.clinic(), ref.patient(), null)));
        records.commit(writes);
        return Answer.ok(new Created(id));
    }

    private PatientRef known(Resource resource, String patient) {
        PatientRef ref = Lookup.ref(resource.clinic(), patient);
        if (records.get(Key.patient(ref), Kind.PATIENT).isEmpty()) throw Refused.notFound();
        return ref;
    }
}
