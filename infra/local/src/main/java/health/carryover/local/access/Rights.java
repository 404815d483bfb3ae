package health.carryover.local.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import health.carryover.local.access.Identities.Role;
import health.carryover.local.iam.Ledger;
import health.carryover.local.iam.Policy;
import health.carryover.local.iam.PolicyReader;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import health.carryover.local.template.TemplateException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads every permission of a template: the roles' policies with what SAM adds to them (held against the output of its
 * transform), and the policies of resources.
 */
public final class Rights {
    private static final String FUNCTION = "AWS::Serverless::Function";
    private static final String MACHINE = "AWS::Serverless::StateMachine";
    private static final Map<String, String> SEND =
            Map.of("SQS", "sqs:SendMessage", "SNS", "sns:Publish", "Lambda", "lambda:InvokeFunction");

    private final Template template;
    private final List<String> problems = new ArrayList<>();
    private final PolicyReader reader = new PolicyReader(problems);
    private final Ledger ledger = new Ledger();
    private final Identities identities;
    private final ResourcePolicies resources;

    /** @throws TemplateException naming every policy that is not understood */
    public Rights(Template template) {
        this.template = template;
        identities = new Identities(reader.identity("AdministratorAccess", managed("AdministratorAccess")));
        for (Resource role : template.ofType("AWS::IAM::Role")) declared(role);
        for (Resource function : template.ofType(FUNCTION)) function(function);
        for (Resource machine : template.ofType(MACHINE)) machine(machine);
        resources = new ResourcePolicies(template, reader, ledger);
        if (!problems.isEmpty()) throw new TemplateException("the policies of the template", List.copyOf(problems));
    }

    public Identities identities() {
        return identities;
    }

    public ResourcePolicies resources() {
        return resources;
    }

    public Guard guard(InstantSource time) {
        return new Guard(identities, ledger, time);
    }

    private static JsonNode managed(String name) {
        JsonNode document = ManagedPolicies.document(name);
        if (document == null) throw new IllegalStateException("there is no managed policy " + name);
        return document;
    }

    // --- functions ----------------------------------------------------------------------------------

    private void function(Resource function) {
        String own = function.text("Role");
        if (own == null) {
            String role = Arns.role("carryover-" + function.id() + "Role");
            identities.owns(function.id(), role);
            Policy policy = read("SAM: " + ManagedPolicies.BASIC, managed(ManagedPolicies.BASIC));
            policy = policy.and(sam(function)).and(policies(function));
            role(function.id(), role, policy, "lambda.amazonaws.com");
        } else identities.owns(function.id(), own);
        for (Map.Entry<String, JsonNode> event : function.entries("Events"))
            if (event.getValue().path("Type").asText().equals("ScheduleV2")
                    && !event.getValue().path("Properties").has("RoleArn"))
                eventRole(function, event.getKey(), "lambda:InvokeFunction", "scheduler.amazonaws.com");
    }

    /** What SAM's transform puts into a generated role beside the template's policies. */
    private Policy sam(Resource function) {
        Policy policy = Policy.NONE;
        JsonNode destination = function.at("EventInvokeConfig", "DestinationConfig", "OnFailure");
        policy = policy.and(sending("SAM: EventInvokeConfig", destination, "Destination"));
        policy = policy.and(sending("SAM: DeadLetterQueue", function.at("DeadLetterQueue"), "TargetArn"));
        for (Map.Entry<String, JsonNode> event : function.entries("Events")) {
            if (!event.getValue().path("Type").asText().equals("DynamoDB")) continue;
            policy = policy.and(read("SAM: " + ManagedPolicies.DYNAMODB, managed(ManagedPolicies.DYNAMODB)));
            JsonNode onFailure = event.getValue()
                    .path("Properties")
                    .path("DestinationConfig")
                    .path("OnFailure");
            policy = policy.and(sending("SAM: event " + event.getKey(), onFailure, "Destination"));
        }
        return policy;
    }

    /** Only a destination with a Type is one that SAM permits. */
    private Policy sending(String place, JsonNode destination, String arn) {
        String type = destination.path("Type").asText();
        if (type.isEmpty()) return Policy.NONE;
        String action = SEND.get(type);
        if (action == null) {
            problems.add(place + ".Type: " + type + " is not understood");
            return Policy.NONE;
        }
        return read(place, ManagedPolicies.allow(action, destination.path(arn).asText()));
    }

    // --- state machines -----------------------------------------------------------------------------

    private void machine(Resource machine) {
        String own = machine.text("Role");
        if (own == null) {
            String role = Arns.role("carryover-" + machine.id() + "Role");
            identities.owns(machine.id(), role);
            role(machine.id(), role, policies(machine), "states.amazonaws.com");
        } else identities.owns(machine.id(), own);
        for (Map.Entry<String, JsonNode> event : machine.entries("Events")) {
            if (event.getValue().path("Properties").has("RoleArn")) continue;
            boolean v2 = event.getValue().path("Type").asText().equals("ScheduleV2");
            eventRole(
                    machine,
                    event.getKey(),
                    "states:StartExecution",
                    v2 ? "scheduler.amazonaws.com" : "events.amazonaws.com");
        }
    }

    /** The role under which a schedule or rule starts its target. */
    private void eventRole(Resource owner, String event, String action, String service) {
        String alias = owner.type().equals(FUNCTION) ? owner.text("AutoPublishAlias") : null;
        String target = alias == null ? owner.arn() : owner.arn() + ":" + alias;
        String id = owner.id() + event;
        String role = Arns.role("carryover-" + id + "Role");
        identities.owns(id, role);
        role(id, role, read("SAM: event " + event, ManagedPolicies.allow(action, target)), service);
    }

    // --- policies -----------------------------------------------------------------------------------

    private void role(String owner, String arn, Policy policy, String service) {
        ledger.open(owner, policy);
        identities.add(new Role(arn, policy, reader.resource(owner + ".trust", ManagedPolicies.trust(service))));
    }

    private void declared(Resource role) {
        Policy policy = Policy.NONE;
        JsonNode inline = role.at("Policies");
        for (int i = 0; i < inline.size(); i++)
            policy = policy.and(read("Policies[" + i + "]", inline.get(i).path("PolicyDocument")));
        for (JsonNode arn : role.at("ManagedPolicyArns"))
            policy = policy.and(byName(role.id() + ".ManagedPolicyArns", arn.asText()));
        for (Resource managed : template.ofType("AWS::IAM::ManagedPolicy"))
            for (JsonNode name : managed.at("Roles"))
                if (name.asText().equals(role.name())) policy = policy.and(document(managed));
        ledger.open(role.id(), policy);
        identities.add(new Role(
                role.arn(), policy, reader.resource(role.id() + ".trust", role.at("AssumeRolePolicyDocument"))));
    }

    /** SAM's Policies: a name, a document, a list of either. */
    private Policy policies(Resource owner) {
        JsonNode given = owner.at("Policies");
        Policy policy = Policy.NONE;
        if (given.isMissingNode()) return policy;
        JsonNode list =
                given.isArray() ? given : JsonNodeFactory.instance.arrayNode().add(given);
        for (int i = 0; i < list.size(); i++) {
            JsonNode one = list.get(i);
            String place = "Policies[" + i + "]";
            if (one.isTextual()) policy = policy.and(byName(owner.id() + "." + place, one.asText()));
            else if (one.has("Statement")) policy = policy.and(read(place, one));
            else problems.add(owner.id() + "." + place + ": the SAM policy template is not understood: " + one);
        }
        return policy;
    }

    private Policy byName(String place, String name) {
        for (Resource managed : template.ofType("AWS::IAM::ManagedPolicy"))
            if (managed.ref().equals(name)) return document(managed);
        JsonNode document = ManagedPolicies.document(name);
        if (document != null) return read(name.substring(name.lastIndexOf('/') + 1), document);
        problems.add(place + ": the managed policy " + name + " is not understood");
        return Policy.NONE;
    }

    private Policy document(Resource managed) {
        return read(managed.id(), managed.at("PolicyDocument"));
    }

    private Policy read(String place, @Nullable JsonNode document) {
        return reader.identity(place, document == null ? JsonNodeFactory.instance.objectNode() : document);
    }
}
