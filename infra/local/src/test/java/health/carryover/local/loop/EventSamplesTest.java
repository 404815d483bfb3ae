package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.cloud.Invocation;
import health.carryover.local.isolated.Samples;
import health.carryover.local.isolated.Samples.Sample;
import health.carryover.local.template.Resource;
import health.carryover.platform.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples under {@code events/}: each is what a function of ours receives on AWS, and is understood. */
class EventSamplesTest extends LoopCloud {
    private static final Path FOLDER = home().resolve("events");
    private static final Samples SAMPLES = new Samples(CLOUD, home());

    static List<Sample> samples() {
        return Samples.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void samples(Sample sample) throws IOException {
        JsonNode event = Json.MAPPER.readTree(SAMPLES.event(sample));
        Invocation invocation = CLOUD.invoke(sample.function(), event);
        CLOUD.waitUntilQuiet();
        assertThat(invocation).isInstanceOf(Invocation.Answered.class);
        assertThat(((Invocation.Answered) invocation).payload().toString()).contains(SAMPLES.expected(sample));
    }

    @Test
    void every_sample_is_used_and_every_function_has_one() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<String> found = files.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                    .toList();
            assertThat(samples().stream().map(Sample::file)).containsExactlyInAnyOrderElementsOf(found);
        }
        assertThat(samples().stream().map(Sample::function).distinct())
                .containsExactlyInAnyOrderElementsOf(CLOUD.template().ofType("AWS::Serverless::Function").stream()
                        .map(Resource::id)
                        .toList());
    }
}
