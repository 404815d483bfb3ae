package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import health.carryover.platform.http.ApiFunction;
import health.carryover.platform.json.Json;
import health.carryover.platform.policy.Policy;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The template, the API document, the policy and the state machines name each other: each name leads somewhere. */
class TemplateWalkTest extends LoopCloud {
    /** What Step Functions is told when a function's process ends or runs out of time. */
    private static final List<String> SANDBOX_LOST = List.of("Runtime.ExitError", "Sandbox.Timedout");

    private static final Template TEMPLATE = CLOUD.template();
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([A-Za-z0-9]+)}");

    record Named(Resource resource) {
        @Override
        public String toString() {
            return resource.id();
        }
    }

    private static Stream<Named> ofType(String type) {
        return TEMPLATE.ofType(type).stream().map(Named::new);
    }

    private static String handler(Resource function) {
        String named = function.text("Handler");
        return named != null ? named : function.metadata().path("Handler").asText();
    }

    static Stream<Named> functions() {
        return ofType("AWS::Serverless::Function");
    }

    @ParameterizedTest
    @MethodSource
    void functions(Named named) throws ReflectiveOperationException, IOException {
        Resource function = named.resource();
        Class<?> handler = Class.forName(handler(function));
        assertThat(Modifier.isPublic(handler.getModifiers()))
                .as("Lambda can see the class")
                .isTrue();
        assertThat(Modifier.isPublic(handler.getConstructor().getModifiers())).isTrue();
        assertThat(RequestHandler.class.isAssignableFrom(handler)
                        || RequestStreamHandler.class.isAssignableFrom(handler))
                .isTrue();

        Path module = module(function);
        assertThat(module.resolve("src/main/java").resolve(handler.getName().replace('.', '/') + ".java"))
                .as("the handler's source lies in the module that the function is built from")
                .exists();
        assertThat(Files.readString(home().resolve("pom.xml")))
                .contains("<module>" + home().relativize(module) + "</module>");
    }

    /** From {@code functions/session-upload/target/session-upload.zip}; an image is named after its module. */
    private static Path module(Resource function) {
        String code = function.text("CodeUri");
        if (code == null) return home().resolve("functions").resolve("risk-scoring");
        Matcher zip =
                Pattern.compile("(functions/([a-z-]+))/target/([a-z-]+)\\.zip").matcher(code);
        assertThat(zip.matches()).as(code).isTrue();
        assertThat(zip.group(3)).isEqualTo(zip.group(2));
        return home().resolve(zip.group(1));
    }

    static Stream<Named> machines() {
        return ofType("AWS::Serverless::StateMachine");
    }

    private static Path definition(Resource machine) {
        return home().resolve(machine.text("DefinitionUri", ""));
    }

    @ParameterizedTest
    @MethodSource("machines")
    void every_substitution_of_a_state_machine_is_given_and_none_in_vain(Named machine) throws IOException {
        Set<String> used = new TreeSet<>();
        SUBSTITUTION
                .matcher(Files.readString(definition(machine.resource())))
                .results()
                .forEach(hit -> used.add(hit.group(1)));
        Set<String> given = new TreeSet<>();
        machine.resource().entries("DefinitionSubstitutions").forEach(entry -> given.add(entry.getKey()));
        assertThat(given).isEqualTo(used);
    }

    /** All states, those inside of maps too. */
    private static void states(JsonNode machine, BiConsumer<String, JsonNode> visit) {
        machine.path("States").properties().forEach(state -> {
            visit.accept(state.getKey(), state.getValue());
            states(state.getValue().path("ItemProcessor"), visit);
            state.getValue().path("Branches").forEach(branch -> states(branch, visit));
        });
    }

    @ParameterizedTest
    @MethodSource("machines")
    void no_wait_is_endless_and_no_retry_is_blind(Named machine) throws IOException {
        JsonNode definition = Json.MAPPER.readTree(Files.readString(definition(machine.resource())));
        assertThat(definition.path("TimeoutSeconds").isInt())
                .as("the execution ends some day")
                .isTrue();
        assertThat(definition.path("QueryLanguage").asText()).isEqualTo("JSONata");
        states(definition, (name, state) -> {
            boolean waits = state.path("Resource").asText().endsWith(".waitForTaskToken");
            if (waits)
                assertThat(state.has("TimeoutSeconds")).as("%s ends", name).isTrue();
            if (waits)
                assertThat(state.path("Catch").findValuesAsText("Next"))
                        .as("%s is followed when it is late", name)
                        .isNotEmpty();
            List<String> retried = new ArrayList<>();
            state.path("Retry").forEach(retry -> {
                retry.path("ErrorEquals").forEach(error -> retried.add(error.asText()));
                assertThat(retry.path("MaxAttempts").isInt()).isTrue();
            });
            assertThat(retried).as(name).doesNotContain("States.ALL", "States.TaskFailed", "States.Timeout");
            // A retry for any other reason would wait for a new token, and so the whole time again.
            // The process that ended while arming is one: without a retry a lost sandbox would end the outreach.
            if (waits)
                assertThat(retried)
                        .as(name)
                        .allMatch(error -> error.startsWith("Lambda.") || SANDBOX_LOST.contains(error));
            if (state.path("Type").asText().equals("Task"))
                assertThat(retried).as(name).containsAll(SANDBOX_LOST);
            if (state.path("Type").asText().equals("Task"))
                assertThat(retried).as(name).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("machines")
    void every_class_that_a_state_machine_names_as_an_error_exists(Named machine) throws IOException {
        Matcher classes = Pattern.compile("\"(health\\.carryover\\.[A-Za-z.$]+)\"")
                .matcher(Files.readString(definition(machine.resource())));
        assertThat(classes.results().map(hit -> hit.group(1)).distinct())
                .allSatisfy(name -> assertThat(Class.forName(name)).isAssignableTo(RuntimeException.class));
    }

    private static JsonNode document() {
        return Objects.requireNonNull(TEMPLATE.resource("Api")).at("DefinitionBody");
    }

    private static void operations(BiConsumer<String, JsonNode> visit) {
        document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (!method.getKey().equals("parameters"))
                        visit.accept(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), method.getValue());
                }));
    }

    private static Map<String, ApiFunction> apiFunctions() throws ReflectiveOperationException {
        Map<String, ApiFunction> functions = new HashMap<>();
        for (Resource function : TEMPLATE.ofType("AWS::Serverless::Function")) {
            Class<?> type = Class.forName(handler(function));
            if (!ApiFunction.class.isAssignableFrom(type)) continue;
            var constructor = type.getDeclaredConstructor(health.carryover.platform.environment.Environment.class);
            constructor.setAccessible(true);
            functions.put(function.ref(), (ApiFunction) constructor.newInstance(CLOUD.environment(function.id())));
        }
        return functions;
    }

    @Test
    void every_route_of_the_document_is_served_by_the_function_it_names_and_the_other_way_round() throws Exception {
        Map<String, Set<String>> named = new HashMap<>();
        operations((route, operation) -> {
            String uri = operation
                    .path("x-amazon-apigateway-integration")
                    .path("uri")
                    .asText();
            assertThat(uri).as(route).endsWith(":live/invocations");
            Matcher function =
                    Pattern.compile(":function:([A-Za-z0-9_-]+):live/").matcher(uri);
            assertThat(function.find()).as(uri).isTrue();
            named.computeIfAbsent(function.group(1), _ -> new TreeSet<>()).add(route);
        });
        Map<String, Set<String>> served = apiFunctions().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new TreeSet<>(entry.getValue().routes())));
        assertThat(served).isEqualTo(named);
    }

    @Test
    void every_action_of_the_policy_is_used_by_an_operation_and_every_operation_has_one() throws Exception {
        Set<String> used = new TreeSet<>();
        for (ApiFunction function : apiFunctions().values()) used.addAll(function.actions());
        assertThat(new Policy().actions()).containsExactlyElementsOf(used);
    }

    @Test
    void every_operation_asks_for_one_scope_that_its_pool_has() {
        Map<String, Set<String>> scopes = new HashMap<>();
        for (Resource server : TEMPLATE.ofType("AWS::Cognito::UserPoolResourceServer"))
            for (JsonNode scope : server.at("Scopes"))
                scopes.computeIfAbsent(server.text("UserPoolId", ""), _ -> new TreeSet<>())
                        .add(server.text("Identifier") + "/"
                                + scope.path("ScopeName").asText());
        Map<String, Set<String>> asked = new HashMap<>();
        operations((route, operation) -> {
            JsonNode security = operation.path("security");
            assertThat(security).as(route).hasSize(1);
            assertThat(security.get(0)).as(route).hasSize(1);
            var scheme = security.get(0).properties().iterator().next();
            assertThat(scheme.getValue()).as(route).hasSize(1);
            String arn = document()
                    .path("components")
                    .path("securitySchemes")
                    .path(scheme.getKey())
                    .path("x-amazon-apigateway-authorizer")
                    .path("providerARNs")
                    .path(0)
                    .asText();
            String pool = arn.substring(arn.lastIndexOf('/') + 1);
            String scope = scheme.getValue().get(0).asText();
            assertThat(scopes.get(pool)).as(route).contains(scope);
            asked.computeIfAbsent(pool, _ -> new TreeSet<>()).add(scope);
        });
        assertThat(asked).as("no scope is there in vain").isEqualTo(scopes);
        assertThat(document().has("security"))
                .as("a default would hide a forgotten one")
                .isFalse();
    }

    @Test
    void every_function_behind_the_api_may_be_invoked_by_it_and_no_other() {
        Set<String> behind = new TreeSet<>();
        operations((_, operation) -> {
            Matcher function = Pattern.compile(":function:([A-Za-z0-9_-]+):live/")
                    .matcher(operation
                            .path("x-amazon-apigateway-integration")
                            .path("uri")
                            .asText());
            if (function.find()) behind.add(function.group(1));
        });
        Set<String> permitted = new TreeSet<>();
        for (Resource permission : TEMPLATE.ofType("AWS::Lambda::Permission")) {
            Matcher function =
                    Pattern.compile(":function:([A-Za-z0-9_-]+):live").matcher(permission.text("FunctionName", ""));
            assertThat(function.matches() || function.find())
                    .as(permission.id())
                    .isTrue();
            assertThat(permission.text("Principal")).isEqualTo("apigateway.amazonaws.com");
            permitted.add(function.group(1));
        }
        assertThat(permitted).isEqualTo(behind);
    }

    @Test
    void an_operation_with_a_body_names_a_schema_that_refuses_unknown_members() {
        operations((route, operation) -> {
            if (!operation.has("requestBody")) return;
            String ref = operation
                    .at("/requestBody/content/application~1json/schema/$ref")
                    .asText();
            JsonNode schema = document().at(ref.replaceFirst("#", ""));
            assertThat(schema.path("additionalProperties").asText()).as(route).isEqualTo("false");
            assertThat(schema.path("required")).as(route).isNotEmpty();
        });
    }

    @Test
    void there_are_at_most_ten_alarms_and_each_has_its_paragraph_in_the_runbook_and_its_place_on_the_dashboard()
            throws IOException {
        List<Resource> alarms = TEMPLATE.ofType("AWS::CloudWatch::Alarm");
        assertThat(alarms).hasSizeBetween(1, 10);
        Set<String> described = new TreeSet<>();
        for (Resource alarm : alarms) {
            assertThat(alarm.text("AlarmDescription"))
                    .endsWith(" - infra/RUNBOOK.md#" + alarm.id().toLowerCase(Locale.ROOT));
            assertThat(alarm.at("AlarmActions")).as(alarm.id()).isNotEmpty();
            described.add(alarm.id().toLowerCase(Locale.ROOT));
        }
        assertThat(Files.readAllLines(home().resolve("infra/RUNBOOK.md")).stream()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3)))
                .containsExactlyInAnyOrderElementsOf(described);
        JsonNode dashboard = Json.MAPPER.readTree(
                TEMPLATE.ofType("AWS::CloudWatch::Dashboard").getFirst().text("DashboardBody"));
        List<String> shown = new ArrayList<>();
        dashboard.path("widgets").path(0).path("properties").path("alarms").forEach(alarm -> shown.add(alarm.asText()));
        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(
                        alarms.stream().map(Resource::arn).toList());
    }

    @Test
    void a_trail_locked_for_years_needs_production() {
        Path template = home().resolve("template.yaml");
        assertThatThrownBy(() -> Template.read(template, Map.of("AuditLockMode", "COMPLIANCE")))
                .hasMessageContaining("AuditLockMode=COMPLIANCE cannot be undone");
        Template locked = Template.read(template, Map.of("AuditLockMode", "COMPLIANCE", "Production", "true"));
        assertThat(Objects.requireNonNull(locked.resource("TrailBucket"))
                        .at("ObjectLockConfiguration", "Rule", "DefaultRetention", "Years")
                        .asInt())
                .isEqualTo(6);
    }
}
