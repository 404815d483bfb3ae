package health.carryover.patientapi;

import health.carryover.clinical.adherence.Adherence;
import health.carryover.clinical.adherence.PlannedBreak;
import health.carryover.clinical.adherence.Program;
import health.carryover.clinical.escalation.Engagement;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.http.Answer;
import health.carryover.platform.http.ApiFunction;
import health.carryover.platform.http.Operation;
import health.carryover.platform.http.Pages;
import health.carryover.platform.http.Refused;
import health.carryover.platform.http.Request;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Contact;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Ids;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Patient;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Plans;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.StoredSession;
import health.carryover.platform.records.Write;
import health.carryover.platform.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.SnsClient;

/** A patient's own record: program, progress, consents, and the answers to the clinic's messages. */
public final class PatientApiHandler extends ApiFunction {
    private static final int LONGEST_BREAK_DAYS = 90;

    record Me(
            String name,
            Patient.Status status,
            ZoneId zone,
            Preferences preferences,
            Set<Consent.Scope> consents,
            Adherence adherence) {}

    record Preferences(LocalTime contactFrom, LocalTime contactTo, ZoneId zone, Set<Patient.Channel> optedOut) {}

    record ConsentChange(Set<Consent.Scope> granted) {}

    record BreakPlan(LocalDate from, LocalDate to, PlannedBreak.Reason reason) {}

    /** The same answer within this is a repeat of its request, which bears no id. Our own choice. */
    private static final Duration REPEATED = Duration.ofMinutes(10);

    enum ReplyAnswer {
        FINE,
        IN_PAIN,
        AWAY,
        CHANGE;

        Engagement.Kind kind() {
            return switch (this) {
                case FINE -> Engagement.Kind.REPLY_FINE;
                case IN_PAIN -> Engagement.Kind.REPLY_PAIN;
                case AWAY -> Engagement.Kind.REPLY_AWAY;
                case CHANGE -> Engagement.Kind.REPLY_CHANGE;
            };
        }
    }

    record Reply(ReplyAnswer answer, @Nullable String words) {}

    record Device(String token) {}

    record Created(String id) {}

    record SessionPage(List<StoredSession> sessions, Optional<String> nextCursor) {}

    public PatientApiHandler() {
        this(Environment.ofLambda());
    }

    PatientApiHandler(Environment environment) {
        this(environment, new Records(environment, new Vault(environment)));
    }

    private PatientApiHandler(Environment environment, Records records) {
        super(environment, records, new Operations(environment, records).all());
    }

    private static final class Operations {
        private final Records records;
        private final Outreach outreach;
        private final Plans plans;
        private final Progress progress;
        private final ShortProgram shortProgram;
        private final Safety safety;
        private final SnsClient sns;
        private final String pushApplication;
        private final Ids ids = new Ids();

        Operations(Environment environment, Records records) {
            this.records = records;
            outreach = new Outreach(environment, records);
            plans = new Plans(records);
            progress = new Progress(records, plans, outreach);
            shortProgram = new ShortProgram(records, outreach);
            safety = new Safety(records, outreach);
            sns = environment.client(SnsClient.builder());
            pushApplication = environment.variable("PUSH_APPLICATION");
        }

        List<Operation> all() {
            return List.of(
                    Operation.of("GET /v1/me", "ReadOwnRecord", Operation::own, this::me),
                    Operation.of("GET /v1/me/program", "ReadOwnProgram", Operation::own, this::program),
                    Operation.of("GET /v1/me/progress", "ReadOwnProgress", Operation::own, progress::answer),
                    Operation.of("GET /v1/me/sessions", "ReadOwnSessions", Operation::own, this::sessions),
                    Operation.of("PUT /v1/me/consents", "ChangeConsent", Operation::own, this::consents),
                    Operation.of("PUT /v1/me/preferences", "ChangePreferences", Operation::own, this::preferences),
                    Operation.of("POST /v1/me/breaks", "PlanBreak", Operation::own, this::planBreak),
                    Operation.of("POST /v1/me/replies", "ReplyToMessage", Operation::own, this::reply),
                    Operation.of("GET /v1/me/safety", "ReadSafetyQuestions", Operation::own, safety::questions),
                    Operation.of("POST /v1/me/safety", "ReportSafety", Operation::own, safety::report),
                    Operation.of("POST /v1/me/devices", "RegisterDevice", Operation::own, this::device));
        }

        private Entry<Patient> patient(Request request) {
            return records.get(Key.patient(request.caller().self()), Kind.PATIENT)
                    .orElseThrow(Refused::notFound);
        }

        private Answer me(Request request, Resource resource) {
            PatientRef ref = request.caller().self();
            Patient patient = patient(request).content();
            Set<Consent.Scope> granted = records.latest(Key.patientPk(ref), "CONSENT#", Kind.CONSENT)
                    .map(entry -> entry.content().granted())
                    .orElse(Set.of());
            Adherence adherence = plans.course(ref, patient.zone(), request.now(), Plans.HISTORY_DAYS)
                    .adherence()
                    .withoutScore();
            return Answer.ok(
                    new Me(patient.name(), patient.status(), patient.zone(), preferences(patient), granted, adherence));
        }

        private static Preferences preferences(Patient patient) {
            var hours = patient.contactHours();
            return new Preferences(hours.from(), hours.to(), patient.zone(), patient.optedOut());
        }

        private Answer program(Request request, Resource resource) {
            if (request.query("version").isPresent()) return shortProgram.answer(request);
            Entry<Program> program = records.latest(
                            Key.patientPk(request.caller().self()), "PROGRAM#", Kind.PROGRAM)
                    .orElseThrow(Refused::notFound);
            return Answer.ok(program.content()).withVersion(program.content().version());
        }

        private Answer sessions(Request request, Resource resource) {
            Records.Page<StoredSession> page = records.newestFirst(
                    Key.patientPk(request.caller().self()),
                    "SESSION#",
                    Kind.SESSION,
                    Pages.limit(request),
                    Pages.after(request, "SESSION#"));
            return Answer.ok(new SessionPage(
                    page.entries().stream().map(Entry::content).toList(), Pages.cursor(page.lastSortKey())));
        }

        private Answer consents(Request request, Resource resource) {
            PatientRef ref = request.caller().self();
            int version = 1
                    + records.latest(Key.patientPk(ref), "CONSENT#", Kind.CONSENT)
                            .map(entry -> entry.content().version())
                            .orElse(0);
            Consent consent =
                    new Consent(version, request.body(ConsentChange.class).granted(), request.now());
            records.commit(List.of(
                    new Write.Create(Entry.first(Key.consent(ref, version), Kind.CONSENT, consent, Map.of())),
                    request.audit(resource)));
            return Answer.ok(consent);
        }

        private Answer preferences(Request request, Resource resource) {
            Preferences wanted = request.body(Preferences.class);
            if (!wanted.contactFrom().isBefore(wanted.contactTo()))
                throw Refused.impossible("endsBeforeItBegins", "/contactTo");
            Entry<Patient> entry = patient(request);
            Patient changed = entry.content()
                    .withPreferences(wanted.contactFrom(), wanted.contactTo(), wanted.zone(), wanted.optedOut());
            records.commit(List.of(new Write.Replace(entry.next(changed, entry.clear())), request.audit(resource)));
            return Answer.ok(preferences(changed));
        }

        private Answer planBreak(Request request, Resource resource) {
            BreakPlan plan = request.body(BreakPlan.class);
            if (plan.to().isBefore(plan.from())) throw Refused.impossible("endsBeforeItBegins", "/to");
            if (plan.from().plusDays(LONGEST_BREAK_DAYS).isBefore(plan.to()))
                throw Refused.impossible("longerThan90Days", "/to");
            PatientRef ref = request.caller().self();
            String id = ids.next(request.now());
            records.commit(List.of(
                    new Write.Create(Entry.first(
                            Key.plannedBreak(ref, plan.from(), id),
                            Kind.BREAK,
                            new PlannedBreak(plan.from(), plan.to(), plan.reason()),
                            Map.of())),
                    contact(ref, id, new Contact(Engagement.Kind.BREAK, request.now(), null)),
                    request.audit(resource)));
            return Answer.created(new Created(id));
        }

        /** Ends or redirects an outreach; what follows hangs on the stream of the stored contact. */
        private Answer reply(Request request, Resource resource) {
            Reply reply = request.body(Reply.class);
            PatientRef ref = request.caller().self();
            Optional<Key> sent = repeated(ref, reply, request.now());
            if (sent.isPresent())
                return Answer.created(
                        new Created(sent.get().sk().substring(sent.get().sk().lastIndexOf('#') + 1)));
            String id = ids.next(request.now());
            records.commit(List.of(
                    contact(ref, id, new Contact(reply.answer().kind(), request.now(), reply.words())),
                    request.audit(resource)));
            return Answer.created(new Created(id));
        }

        /** The same answer once more, by a phone that did not hear ours: not if an outreach began in between. */
        private Optional<Key> repeated(PatientRef ref, Reply reply, Instant now) {
            Optional<Instant> flaggedAt =
                    outreach.open(ref).map(open -> open.content().flaggedAt());
            return records
                    .range(Key.patientPk(ref), "CONTACT#" + Key.instant(now.minus(REPEATED)), "CONTACT#~", Kind.CONTACT)
                    .stream()
                    .filter(entry -> entry.content().kind() == reply.answer().kind()
                            && Objects.equals(entry.content().words(), reply.words())
                            && flaggedAt
                                    .map(flagged -> !entry.content().at().isBefore(flagged))
                                    .orElse(true))
                    .map(Entry::key)
                    .findFirst();
        }

        private static Write contact(PatientRef ref, String id, Contact contact) {
            return new Write.Create(Entry.first(Key.contact(ref, contact.at(), id), Kind.CONTACT, contact, Map.of()));
        }

        private Answer device(Request request, Resource resource) {
            String endpoint = sns.createPlatformEndpoint(create -> create.platformApplicationArn(pushApplication)
                            .token(request.body(Device.class).token()))
                    .endpointArn();
            Entry<Patient> entry = patient(request);
            records.commit(List.of(
                    new Write.Replace(entry.next(entry.content().withPushTarget(endpoint), entry.clear())),
                    request.audit(resource)));
            return Answer.created(new Created(endpoint.substring(endpoint.lastIndexOf('/') + 1)));
        }
    }
}
