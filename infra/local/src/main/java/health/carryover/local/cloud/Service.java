package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Something that answers whole requests: an AWS service, the API, the control surface. */
interface Service {
    /**
     * What a request asks for, as the permissions see it.
     *
     * @param input the parameters with the names of the service's API
     */
    record Asked(String operation, JsonNode input) {}

    /** Empty for what is no AWS service and has no permissions: the API and the control surface. */
    Optional<Asked> asked(Ask ask);

    /**
     * Answers a request.
     *
     * @throws AwsError what is answered instead, by way of {@link #refusal}
     */
    Reply answer(Ask ask);

    /** An error in the form of the service's protocol. */
    default Reply refusal(AwsError error) {
        return JsonProtocol.error(error);
    }
}
