package health.carryover.platform.metrics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.platform.json.Json;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts as lines of CloudWatch's embedded metric format, which CloudWatch reads out of the log. Names and codes only,
 * never an id: a metric outlives the record and is seen by people who may not see a patient.
 */
public final class Metrics {
    static final String NAMESPACE = "Carryover";

    /** A logger of its own: a line must be nothing but the document. */
    private static final Logger lines = LoggerFactory.getLogger("health.carryover.metrics");

    private final InstantSource time;

    public Metrics(InstantSource time) {
        this.time = time;
    }

    /** One more of {@code name}, told apart by one dimension that has few values. */
    public void count(String name, String dimension, String value) {
        amount(name, dimension, value, 1);
    }

    /** {@code amount} of {@code name}, told apart likewise; of several the largest and the sum can be asked for. */
    public void amount(String name, String dimension, String value, double amount) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        ObjectNode head = line.putObject("_aws").put("Timestamp", time.millis());
        ObjectNode metric = head.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
        metric.putArray("Dimensions").addArray().add(dimension);
        metric.putArray("Metrics").addObject().put("Name", name).put("Unit", "Count");
        line.put(dimension, value).put(name, amount);
        lines.info(line.toString());
    }
}
