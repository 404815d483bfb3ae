package health.carryover.platform.policy;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import health.carryover.platform.identity.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who may do what, as written in {@code carryover.cedar}. Nothing is allowed that no policy permits. */
public final class Policy {
    /** What an action is done to. */
    public sealed interface Resource {
        String clinic();

        /** @param therapist the treating one; absent for a patient's own calls, where it plays no part */
        record PatientRecord(
                String clinic, String patient, @Nullable String therapist) implements Resource {}

        record ClinicRecord(String clinic) implements Resource {}

        /** @param work the kind of task, as in {@code CALL}, {@code REVIEW} */
        record TaskRecord(String clinic, String task, String work) implements Resource {}
    }

    private static final String FILE = "/health/carryover/platform/policy/carryover.cedar";
    private static final EntityTypeName USER = typeName("User");
    private static final EntityTypeName ACTION = typeName("Action");

    private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
    private final PolicySet policies;
    private final Set<String> actions;

    public Policy() {
        try (InputStream file = Policy.class.getResourceAsStream(FILE)) {
            if (file == null) throw new IllegalStateException("the policy file is missing");
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            policies = PolicySet.parsePolicies(text);
            actions = Pattern.compile("Action::\"([A-Za-z]+)\"")
                    .matcher(text)
                    .results()
                    .map(match -> match.group(1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AuthException e) {
            throw new IllegalStateException("the policy file cannot be read", e);
        }
    }

    /** An operation without a policy that names its action would always be refused: it must not start. */
    public void requireKnown(String action) {
        if (!actions.contains(action)) throw new IllegalStateException("no policy names the action " + action);
    }

    public boolean permits(Caller caller, String action, Resource resource) {
        Entity user = new Entity(
                new EntityUID(USER, caller.clinic() + "/" + caller.person()),
                Map.of(
                        "clinic", new PrimString(caller.clinic()),
                        "person", new PrimString(caller.person()),
                        "roles",
                                new CedarList(caller.roles().stream()
                                        .<Value>map(role -> new PrimString(role.name()))
                                        .toList())),
                Set.of());
        Entity target = entity(resource);
        try {
            AuthorizationResponse response = engine.isAuthorized(
                    new AuthorizationRequest(user.getEUID(), new EntityUID(ACTION, action), target.getEUID(), Map.of()),
                    policies,
                    Set.of(user, target));
            return response.success
                    .orElseThrow(() -> new IllegalStateException("the policies could not be evaluated"))
                    .isAllowed();
        } catch (AuthException e) {
            throw new IllegalStateException("the policies could not be evaluated", e);
        }
    }

    private static Entity entity(Resource resource) {
        Map<String, Value> attributes = new HashMap<>();
        attributes.put("clinic", new PrimString(resource.clinic()));
        return switch (resource) {
            case Resource.PatientRecord record -> {
                attributes.put("patient", new PrimString(record.patient()));
                if (record.therapist() != null) attributes.put("therapist", new PrimString(record.therapist()));
                yield new Entity(
                        new EntityUID(typeName("Patient"), record.clinic() + "/" + record.patient()),
                        attributes,
                        Set.of());
            }
            case Resource.ClinicRecord record ->
                new Entity(new EntityUID(typeName("Clinic"), record.clinic()), attributes, Set.of());
            case Resource.TaskRecord record -> {
                attributes.put("work", new PrimString(record.work()));
                yield new Entity(
                        new EntityUID(typeName("Task"), record.clinic() + "/" + record.task()), attributes, Set.of());
            }
        };
    }

    private static EntityTypeName typeName(String name) {
        return EntityTypeName.parse(name).orElseThrow();
    }

    /** The actions that the policies name; a test compares them with those that operations use. */
    public List<String> actions() {
        return actions.stream().sorted().toList();
    }
}
