package health.carryover.local.cloud.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.Map;
import java.util.Objects;

/** Answers what API Gateway told it. */
public final class ApiEcho implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
    @Override
    @SuppressWarnings("unchecked")
    public APIGatewayProxyResponseEvent handleRequest(APIGatewayProxyRequestEvent event, Context context) {
        if (Objects.equals(event.getBody(), "break")) throw new IllegalStateException("broken on purpose");
        Map<String, Object> authorizer = event.getRequestContext().getAuthorizer();
        Map<String, Object> claims = authorizer == null ? Map.of() : (Map<String, Object>) authorizer.get("claims");
        String body = String.join(
                "|",
                event.getResource(),
                event.getPath(),
                event.getHttpMethod(),
                String.valueOf(event.getPathParameters()),
                String.valueOf(event.getQueryStringParameters()),
                String.valueOf(claims.get("sub")),
                String.valueOf(event.getBody()),
                String.valueOf(event.getIsBase64Encoded()),
                event.getRequestContext().getStage());
        return new APIGatewayProxyResponseEvent()
                .withStatusCode(200)
                .withHeaders(Map.of("Content-Type", "text/plain"))
                .withBody(body);
    }
}
