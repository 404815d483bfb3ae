package health.carryover.local.isolated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import health.carryover.local.cloud.LocalCloud;
import health.carryover.local.cloud.Options;
import health.carryover.local.template.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The zips as built, each with its layer and nothing else, under Lambda's real runtime interface client. */
@Tag("slow")
class IsolatedTest {
    private static Path home;
    private static Scratch scratch;
    private static LocalCloud cloud;
    private static Samples samples;

    @BeforeAll
    static void start() {
        home = Path.of("").toAbsolutePath();
        while (!Files.exists(home.resolve("template.yaml"))) home = home.getParent();
        scratch = Scratch.create();
        cloud = LocalCloud.start(home, Options.at(Instant.now()).withPort(0));
        samples = new Samples(cloud, home);
    }

    @AfterAll
    static void close() {
        cloud.close();
        scratch.close();
    }

    static Stream<String> functions() {
        return cloud.template().ofType("AWS::Serverless::Function").stream()
                .filter(function -> function.text("CodeUri") != null)
                .map(Resource::id);
    }

    /** In Maven's order the zips are packaged before this module is tested; in an IDE they may not be there. */
    private static Sandbox sandbox(String id, Map<String, String> others) throws IOException {
        Resource function = cloud.template().resource(id);
        Map<String, String> variables = Sandbox.variables(function, cloud.environment(id), scratch.folder());
        variables.putAll(others);
        try {
            Path folder = Files.createTempDirectory(scratch.folder(), "unpacked");
            return new Sandbox(
                    Sandbox.Launch.managed(Package.unpack(home, cloud.template(), function, folder)), variables);
        } catch (Package.NotBuilt e) {
            assumeTrue(false, "SKIPPED, nothing was tested: " + e.getMessage());
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void each_zip_with_its_layer_is_primed_and_answers_one_event(String id) throws IOException {
        Sandbox.Outcome outcome = sandbox(id, Map.of()).snapStarted().answer(samples.event(id), 1);
        assertThat(outcome.answered()).as(outcome.answer() + outcome.log()).isTrue();
        assertThat(samples.isAnswer(id, outcome.answer())).as(outcome.answer()).isTrue();
        assertThat(outcome.log()).contains("\"message\":\"primed\"");
    }

    @Test
    void without_snap_start_nothing_is_primed() throws IOException {
        Sandbox.Outcome outcome = sandbox("EncourageFunction", Map.of()).answer(samples.event("EncourageFunction"), 2);
        assertThat(outcome.answered()).isTrue();
        assertThat(outcome.furtherMs()).hasSize(1);
        assertThat(outcome.log()).doesNotContain("\"message\":\"primed\"");
    }

    @Test
    void a_layer_without_cedars_library_fails_before_the_snapshot_and_not_at_the_first_patient() throws IOException {
        Sandbox.Outcome outcome = sandbox("PatientApiFunction", Map.of(CedarHere.VARIABLE, "/nowhere/libcedar.so"))
                .snapStarted()
                .answer(samples.event("PatientApiFunction"), 1);
        assertThat(outcome.answered()).isFalse();
        assertThat(outcome.answer()).contains("libcedar");
    }
}
