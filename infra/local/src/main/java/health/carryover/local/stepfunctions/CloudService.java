package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.cloud.AwsError;
import org.jspecify.annotations.Nullable;

/** One AWS service as a Task state calls it. Called on the clock's thread; may take wall-clock time, not virtual time. */
@FunctionalInterface
public interface CloudService {
    /**
     * @param operation in PascalCase: {@code PutItem}
     * @param parameters with the names of the service's API in PascalCase, as state machines write them
     * @return the answer, its names in PascalCase too; a stream such as the Body of {@code GetObject} is a string
     * @throws AwsError what the service answers instead
     */
    JsonNode call(String operation, JsonNode parameters);

    /** Finds services by the name in the resource: {@code dynamodb}, {@code s3}, {@code sqs}, {@code sns}, {@code events} ... */
    @FunctionalInterface
    interface Directory {
        /** Nothing when there is no such service; a definition that needs it is then refused. */
        @Nullable
        CloudService find(String service);
    }
}
