package health.carryover.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A SAM template, read: parameters applied, conditions decided, every intrinsic resolved, Globals merged in.
 *
 * <p>A function whose code is an image has no {@code Handler} property; its resource's {@code Metadata} names the
 * handler class as {@code Handler}, which SAM and CloudFormation ignore.
 */
public final class Template {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> SECTIONS = Set.of(
            "AWSTemplateFormatVersion",
            "Transform",
            "Description",
            "Metadata",
            "Parameters",
            "Rules",
            "Mappings",
            "Conditions",
            "Globals",
            "Resources",
            "Outputs");
    private static final Set<String> RESOURCE_KEYS =
            Set.of("Type", "Properties", "Condition", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy", "Metadata");

    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final Map<String, String> outputs = new LinkedHashMap<>();

    /**
     * Reads a template.
     *
     * @param parameters values in place of the template's defaults
     * @throws TemplateException with everything that is not understood
     */
    public static Template read(Path file, Map<String, String> parameters) {
        return new Reading(file, parameters).read();
    }

    private Template() {}

    /** All resources whose condition holds, in the order of the template. */
    public List<Resource> resources() {
        return List.copyOf(resources.values());
    }

    public List<Resource> ofType(String type) {
        return resources.values().stream()
                .filter(resource -> resource.type().equals(type))
                .toList();
    }

    public @Nullable Resource resource(String id) {
        return resources.get(id);
    }

    public Map<String, String> outputs() {
        return Map.copyOf(outputs);
    }

    /** One reading of one file. */
    private static final class Reading implements Intrinsics.Scope {
        private final Path file;
        private final JsonNode root;
        private final List<String> problems = new ArrayList<>();
        private final Map<String, JsonNode> names = new HashMap<>();
        private final Map<String, JsonNode> conditions = new HashMap<>();
        private final Map<String, Names.Physical> physical = new HashMap<>();
        private final Set<String> underWay = new LinkedHashSet<>();
        private final Intrinsics intrinsics;

        Reading(Path file, Map<String, String> given) {
            this.file = file;
            Path absolute = file.toAbsolutePath();
            Path home = absolute.getParent() == null ? absolute : absolute.getParent();
            intrinsics = new Intrinsics(home, this, problems);
            try {
                root = Yaml.read(file);
            } catch (YAMLException e) {
                throw new TemplateException(file.toString(), List.of(String.valueOf(e.getMessage())));
            }
            names.putAll(Map.of(
                    "AWS::AccountId", JSON.textNode(Names.ACCOUNT),
                    "AWS::Region", JSON.textNode(Names.REGION),
                    "AWS::Partition", JSON.textNode("aws"),
                    "AWS::URLSuffix", JSON.textNode("amazonaws.com"),
                    "AWS::StackName", JSON.textNode(Names.STACK),
                    "AWS::StackId", JSON.textNode(Names.arn("cloudformation", "stack/" + Names.STACK + "/local"))));
            names.putAll(Parameters.values(root.path("Parameters"), given, problems));
        }

        Template read() {
            root.fieldNames().forEachRemaining(section -> {
                if (!SECTIONS.contains(section)) problems.add(section + ": the section is not understood");
            });
            JsonNode transform = root.path("Transform");
            if (!transform.isMissingNode() && !transform.asText().equals("AWS::Serverless-2016-10-31"))
                problems.add("Transform: " + transform + " is not understood");
            for (Map.Entry<String, JsonNode> rule : root.path("Rules").properties())
                obey("Rules." + rule.getKey(), rule.getValue());
            Types types = Types.read();
            Template template = new Template();
            for (Map.Entry<String, JsonNode> entry : root.path("Resources").properties()) {
                Resource resource = resource(types, entry.getKey(), entry.getValue());
                if (resource != null) template.resources.put(resource.id(), resource);
            }
            for (Map.Entry<String, JsonNode> output : root.path("Outputs").properties())
                if (holds(output.getValue()))
                    template.outputs.put(
                            output.getKey(),
                            intrinsics
                                    .resolve(
                                            "Outputs." + output.getKey(),
                                            output.getValue().path("Value"))
                                    .asText());
            if (!problems.isEmpty())
                throw new TemplateException(
                        String.valueOf(file.getFileName()), List.copyOf(new LinkedHashSet<>(problems)));
            return template;
        }

        /** What must be true of the parameters. */
        private void obey(String place, JsonNode rule) {
            if (rule.has("RuleCondition")
                    && !intrinsics
                            .resolve(place + ".RuleCondition", rule.path("RuleCondition"))
                            .asBoolean()) return;
            for (JsonNode assertion : rule.path("Assertions"))
                if (!intrinsics
                        .resolve(place + ".Assertions", assertion.path("Assert"))
                        .asBoolean())
                    problems.add(
                            place + ": " + assertion.path("AssertDescription").asText("does not hold"));
        }

        private @Nullable Resource resource(Types types, String id, JsonNode node) {
            node.fieldNames().forEachRemaining(key -> {
                if (!RESOURCE_KEYS.contains(key)) problems.add(id + "." + key + ": is not understood");
            });
            String type = node.path("Type").asText();
            if (!types.knows(type)) {
                problems.add(id + ".Type: " + type + " is not understood");
                return null;
            }
            if (!holds(node)) return null;
            ObjectNode raw = Globals.merge(root.path("Globals"), type, node.path("Properties"), problems);
            JsonNode properties = intrinsics.resolve(id + ".Properties", raw);
            for (String path : types.unknown(type, properties))
                problems.add(id + ".Properties." + path + ": the property is not understood for " + type);
            for (Map.Entry<String, JsonNode> event : properties.path("Events").properties()) {
                String kind = "Event " + event.getValue().path("Type").asText();
                String place = id + ".Properties.Events." + event.getKey();
                if (!types.knows(kind)) problems.add(place + ".Type: the event type is not understood");
                else
                    for (String path : types.unknown(kind, event.getValue().path("Properties")))
                        problems.add(place + ".Properties." + path + ": the property is not understood");
            }
            Names.Physical own = physical(id);
            if (own == null) return null;
            JsonNode metadata = intrinsics.resolve(
                    id + ".Metadata", node.path("Metadata").isObject() ? node.path("Metadata") : JSON.objectNode());
            return new Resource(
                    id, type, (ObjectNode) properties, (ObjectNode) metadata, own.name(), own.ref(), own.attributes());
        }

        private boolean holds(JsonNode node) {
            JsonNode name = node.path("Condition");
            if (name.isMissingNode()) return true;
            JsonNode value = condition(name.asText());
            if (value == null) problems.add("there is no condition " + name.asText());
            return value != null && value.asBoolean();
        }

        private Names.@Nullable Physical physical(String id) {
            JsonNode resource = root.path("Resources").path(id);
            if (resource.isMissingNode())
                return Sam.implied(id, this::physicalOfDeclared, root.path("Resources"), root.path("Globals"));
            return physicalOfDeclared(id);
        }

        private Names.@Nullable Physical physicalOfDeclared(String id) {
            Names.Physical known = physical.get(id);
            if (known != null) return known;
            JsonNode resource = root.path("Resources").path(id);
            String type = resource.path("Type").asText();
            String property = Names.nameProperty(type);
            JsonNode name =
                    property == null ? null : resource.path("Properties").get(property);
            if (!underWay.add(id)) {
                problems.add(id + ": its name depends on itself");
                return null;
            }
            JsonNode value = name == null ? JSON.nullNode() : intrinsics.resolve(id + ".Properties." + property, name);
            Names.Physical made = Names.of(id, type, value.isNull() ? null : value.asText());
            underWay.remove(id);
            physical.put(id, made);
            return made;
        }

        @Override
        public @Nullable JsonNode ref(String name) {
            JsonNode value = names.get(name);
            if (value != null) return value;
            Names.Physical resource = physical(name);
            return resource == null ? null : JSON.textNode(resource.ref());
        }

        @Override
        public @Nullable String attribute(String resource, String attribute) {
            Names.Physical own = physical(resource);
            return own == null ? null : own.attributes().get(attribute);
        }

        @Override
        public @Nullable JsonNode condition(String name) {
            JsonNode known = conditions.get(name);
            if (known != null) return known;
            JsonNode node = root.path("Conditions").get(name);
            if (node == null) return null;
            if (!underWay.add("condition " + name)) {
                problems.add("Conditions." + name + ": depends on itself");
                return JSON.booleanNode(false);
            }
            JsonNode decided = intrinsics.resolve("Conditions." + name, node);
            underWay.remove("condition " + name);
            conditions.put(name, decided);
            return decided;
        }

        @Override
        public JsonNode mappings() {
            return root.path("Mappings");
        }
    }
}
