package health.carryover.clinicapi;

import health.carryover.platform.environment.Environment;
import health.carryover.platform.http.Answer;
import health.carryover.platform.http.ApiFunction;
import health.carryover.platform.http.Operation;
import health.carryover.platform.http.Refused;
import health.carryover.platform.http.Request;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Clinic;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Ids;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Registry;
import health.carryover.platform.records.Write;
import health.carryover.platform.vault.Vault;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Opens clinics: keys of their own first, then the clinic with its administrator. The only one that wraps key sets. */
public final class ClinicOnboardingHandler extends ApiFunction {
    record Opening(
            String name,
            ZoneId zone,
            Set<DayOfWeek> openDays,
            LocalTime opens,
            LocalTime closes,
            int staffCapacity,
            People.StaffMember administrator) {}

    record Opened(String clinicId, People.PersonCreated administrator) {}

    public ClinicOnboardingHandler() {
        this(Environment.ofLambda());
    }

    ClinicOnboardingHandler(Environment environment) {
        this(environment, new Vault(environment));
    }

    private ClinicOnboardingHandler(Environment environment, Vault vault) {
        this(environment, vault, new Records(environment, vault));
    }

    private ClinicOnboardingHandler(Environment environment, Vault vault, Records records) {
        super(environment, records, List.of(new OpenClinic(environment, vault, records).operation()));
    }

    private static final class OpenClinic {
        private final Vault vault;
        private final Records records;
        private final Registry registry;
        private final People people;
        private final Ids ids = new Ids();

        OpenClinic(Environment environment, Vault vault, Records records) {
            this.vault = vault;
            this.records = records;
            registry = new Registry(environment);
            people = new People(environment, records);
        }

        Operation operation() {
            return Operation.of("POST /v1/clinics", "OpenClinic", Operation::clinic, this::open);
        }

        private Answer open(Request request, Resource resource) {
            Opening opening = request.body(Opening.class);
            if (!opening.opens().isBefore(opening.closes())) throw Refused.impossible("closesBeforeItOpens", "/closes");
            String clinic = ids.next(request.now());
            // The keys must stand before anything can be sealed; a clinic that gets no further has keys and nothing
            // else.
            records.commit(List.of(new Write.Other(vault.newKeySets(clinic))));
            String owner = ids.next(request.now());
            Clinic profile = new Clinic(
                    opening.name(),
                    opening.zone(),
                    opening.openDays(),
                    opening.opens(),
                    opening.closes(),
                    opening.staffCapacity(),
                    owner);
            People.PersonCreated administrator = people.create(
                    clinic,
                    owner,
                    opening.administrator(),
                    List.of(
                            new Write.Create(Entry.first(Key.clinic(clinic), Kind.CLINIC, profile, Map.of())),
                            new Write.Other(registry.entry(
                                    new Registry.Listed(clinic, opening.zone(), opening.staffCapacity()))),
                            request.audit(resource)));
            return Answer.created(new Opened(clinic, administrator));
        }
    }
}
