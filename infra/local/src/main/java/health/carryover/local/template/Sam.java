package health.carryover.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The resources that SAM makes beside those of the template, as far as a template may refer to them. */
final class Sam {
    private static final Set<String> WITH_ROLE = Set.of("AWS::Serverless::Function", "AWS::Serverless::StateMachine");

    private Sam() {}

    /** {@code FunctionRole}, {@code FunctionAliaslive}, {@code Function.Alias}, {@code Api.Stage}; null for anything else. */
    static Names.@Nullable Physical implied(
            String id, Function<String, Names.@Nullable Physical> declared, JsonNode resources, JsonNode globals) {
        if (id.endsWith(".Stage")) {
            JsonNode stage = property(resources, globals, id.substring(0, id.length() - 6), "StageName", "Api");
            return stage == null ? null : new Names.Physical(stage.asText(), stage.asText(), Map.of());
        }
        for (Map.Entry<String, JsonNode> entry : resources.properties()) {
            String owner = entry.getKey();
            String type = entry.getValue().path("Type").asText();
            if (id.equals(owner + "Role") && WITH_ROLE.contains(type)) return Names.of(id, "AWS::IAM::Role", null);
            if (!type.equals("AWS::Serverless::Function")) continue;
            JsonNode alias = property(resources, globals, owner, "AutoPublishAlias", "Function");
            if (alias != null && (id.equals(owner + ".Alias") || id.equals(owner + "Alias" + alias.asText()))) {
                Names.Physical function = declared.apply(owner);
                if (function == null) return null;
                String arn = function.attributes().get("Arn") + ":" + alias.asText();
                return new Names.Physical(alias.asText(), arn, Map.of("AliasArn", arn));
            }
        }
        return null;
    }

    private static @Nullable JsonNode property(
            JsonNode resources, JsonNode globals, String owner, String name, String section) {
        JsonNode own = resources.path(owner).path("Properties").get(name);
        return own != null ? own : globals.path(section).get(name);
    }
}
