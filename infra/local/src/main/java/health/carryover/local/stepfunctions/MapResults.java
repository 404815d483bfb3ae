package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.stepfunctions.Execution.Status;
import health.carryover.local.stepfunctions.MapItems.Batch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that a ResultWriter leaves in S3: one per outcome, and the manifest that names them. */
final class MapResults {
    private final String bucket;
    private final String folder;
    private final String mapRunArn;
    private final List<Batch> batches;
    private final @Nullable Execution[] children;

    MapResults(
            JsonNode arguments, String mapRunArn, String unique, List<Batch> batches, @Nullable Execution[] children) {
        bucket = arguments.path("Bucket").asText("");
        String prefix = arguments.path("Prefix").asText("");
        folder = (prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/") + unique + "/";
        this.mapRunArn = mapRunArn;
        this.batches = batches;
        this.children = children;
    }

    /** Arguments of s3:putObject, the manifest last. */
    List<ObjectNode> files() {
        ArrayNode succeeded = Json.array();
        ArrayNode failed = Json.array();
        ArrayNode pending = Json.array();
        for (int i = 0; i < children.length; i++) {
            Execution child = children[i];
            if (child == null)
                pending.add(Json.object().put("Input", Json.text(batches.get(i).input())));
            else (child.status() == Status.SUCCEEDED ? succeeded : failed).add(describe(child));
        }
        List<ObjectNode> files = new ArrayList<>();
        ObjectNode manifest = Json.object().put("DestinationBucket", bucket).put("MapRunArn", mapRunArn);
        ObjectNode names = manifest.putObject("ResultFiles");
        names.set("FAILED", file("FAILED", failed, files));
        names.set("PENDING", file("PENDING", pending, files));
        names.set("SUCCEEDED", file("SUCCEEDED", succeeded, files));
        files.add(put("manifest.json", Json.text(manifest)));
        return files;
    }

    private ArrayNode file(String outcome, ArrayNode entries, List<ObjectNode> files) {
        ArrayNode listed = Json.array();
        if (entries.isEmpty()) return listed;
        String name = outcome + "_0.json";
        files.add(put(name, Json.text(entries)));
        listed.addObject().put("Key", folder + name).put("Size", Json.bytes(entries));
        return listed;
    }

    private ObjectNode put(String name, String body) {
        return Json.object()
                .put("Bucket", bucket)
                .put("Key", folder + name)
                .put("Body", body)
                .put("ContentType", "application/json");
    }

    /** The state's result instead of the children's outputs. */
    ObjectNode output() {
        ObjectNode output = Json.object().put("MapRunArn", mapRunArn);
        output.putObject("ResultWriterDetails").put("Bucket", bucket).put("Key", folder + "manifest.json");
        return output;
    }

    /** One execution as result files and {@code .sync} answers tell of it. */
    static ObjectNode describe(Execution child) {
        ObjectNode entry = Json.object().put("ExecutionArn", child.arn).put("Input", child.inputText);
        entry.putObject("InputDetails").put("Included", true);
        entry.put("Name", child.name);
        Execution.End end = child.end();
        if (end != null && end.output() != null) {
            entry.put("Output", Json.text(end.output()));
            entry.putObject("OutputDetails").put("Included", true);
        }
        if (end != null && end.error() != null) entry.put("Error", end.error());
        if (end != null && end.cause() != null) entry.put("Cause", end.cause());
        entry.put("RedriveCount", child.redriveCount());
        entry.put("StartDate", Json.time(child.start));
        entry.put("StateMachineArn", child.machine.arn());
        entry.put("Status", child.status().name());
        if (end != null) entry.put("StopDate", Json.time(end.time()));
        return entry;
    }
}
