package health.carryover.platform.environment;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The JDK's HTTP client, which while priming connects to nobody: the request is made ready as always, and an answer
 * without content comes from here.
 */
final class PrimedHttp implements SdkHttpClient {
    private static final String SNS_ANSWER =
            "<PublishResponse><PublishResult><MessageId>priming</MessageId></PublishResult></PublishResponse>";

    private final SdkHttpClient real;
    private final Priming priming;

    PrimedHttp(SdkHttpClient real, Priming priming) {
        this.real = real;
        this.priming = priming;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest ready = real.prepareRequest(request);
        return priming.isRunning() ? new Answered(answer(request)) : ready;
    }

    /** The SDK speaks three protocols: JSON, XML of S3 (where HEAD has no body), and the query protocol of SNS. */
    private static String answer(HttpExecuteRequest request) {
        String type = request.httpRequest().firstMatchingHeader("Content-Type").orElse("");
        if (type.startsWith("application/x-amz-json")) return "{}";
        return type.startsWith("application/x-www-form-urlencoded") ? SNS_ANSWER : "";
    }

    private record Answered(String body) implements ExecutableHttpRequest {
        @Override
        public HttpExecuteResponse call() {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            return HttpExecuteResponse.builder()
                    .response(SdkHttpResponse.builder()
                            .statusCode(200)
                            .putHeader("Content-Length", Integer.toString(bytes.length))
                            .build())
                    .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
                    .build();
        }

        @Override
        public void abort() {}
    }

    @Override
    public void close() {
        real.close();
    }

    @Override
    public String clientName() {
        return real.clientName();
    }
}
