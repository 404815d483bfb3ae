package health.carryover.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.platform.json.Json;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MetricsTest {
    /** The form: docs.aws.amazon.com, "CloudWatch embedded metric format specification". */
    @Test
    void a_count_is_a_line_that_cloudwatch_reads_as_a_metric() throws JsonProcessingException {
        Logger logger = (Logger) LoggerFactory.getLogger("health.carryover.metrics");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        try {
            new Metrics(InstantSource.fixed(Instant.ofEpochMilli(7))).count("MovementCheck", "Verdict", "AGREES");
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(null);
        }
        JsonNode line = Json.MAPPER.readTree(lines.list.getFirst().getFormattedMessage());
        assertThat(line.at("/_aws/Timestamp").asLong()).isEqualTo(7);
        JsonNode metric = line.at("/_aws/CloudWatchMetrics/0");
        assertThat(metric.path("Namespace").asText()).isEqualTo("Carryover");
        String dimension = metric.at("/Dimensions/0/0").asText();
        String name = metric.at("/Metrics/0/Name").asText();
        assertThat(line.path(dimension).asText()).isEqualTo("AGREES");
        assertThat(line.path(name).asInt()).isEqualTo(1);
    }
}
