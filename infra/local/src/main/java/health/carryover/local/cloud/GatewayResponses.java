package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What the API answers by itself, in the words of the document's gateway responses; else in a form of our own. */
final class GatewayResponses {
    /** The kinds that the local API gives, with API Gateway's default status. */
    enum Kind {
        UNAUTHORIZED(401),
        ACCESS_DENIED(403),
        MISSING_AUTHENTICATION_TOKEN(403),
        BAD_REQUEST_PARAMETERS(400),
        REQUEST_TOO_LARGE(413),
        INTEGRATION_FAILURE(504),
        API_CONFIGURATION_ERROR(502);

        private final int status;

        Kind(int status) {
            this.status = status;
        }
    }

    private final JsonNode responses;

    GatewayResponses(JsonNode responses) {
        this.responses = responses;
    }

    Reply reply(Kind kind, String requestId, String message) {
        JsonNode own = responses.path(kind.name());
        JsonNode response =
                own.isMissingNode() ? responses.path(kind.status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX") : own;
        int status = response.path("statusCode").asInt(kind.status);
        String type = "application/problem+json";
        String body = Json.text(Json.object()
                .put("type", "about:blank")
                .put("title", message)
                .put("status", status)
                .put("requestId", requestId));
        for (Map.Entry<String, JsonNode> template :
                response.path("responseTemplates").properties()) {
            type = template.getKey();
            body = template.getValue()
                    .asText()
                    .replace("$context.requestId", requestId)
                    .replace("$context.error.responseType", kind.name())
                    .replace(
                            "$context.error.messageString",
                            Json.text(Json.object().textNode(message)))
                    .replace("$context.error.message", message);
        }
        Reply reply =
                Reply.of(status, type, body).with("x-amzn-RequestId", requestId).with("x-amzn-ErrorType", kind.name());
        for (Map.Entry<String, JsonNode> header :
                response.path("responseParameters").properties())
            reply = reply.with(
                    header.getKey().replace("gatewayresponse.header.", ""),
                    ApiDocument.unquoted(header.getValue().asText()));
        return reply;
    }
}
