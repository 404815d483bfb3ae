package health.carryover.local.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamRequestContent;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import org.gaul.shaded.org.eclipse.jetty.server.handler.EagerContentHandler;
import org.gaul.shaded.org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3Proxy in memory, and the hop to it. The hop changes nothing that a signature covers, the Host header included, so
 * S3Proxy itself verifies signatures and the life of presigned URLs.
 */
final class S3Store implements AutoCloseable {
    private static final Set<String> NOT_FORWARDED = Set.of(
            "connection", "keep-alive", "transfer-encoding", "expect", "upgrade", "te", "trailer", "proxy-connection");
    private static final int MINUTES = 5;
    private static final int BUFFER = 16 * 1024;
    /** Below S3Proxy's 30 s, so that no request goes out on a connection that it is just closing. */
    private static final long IDLE_MS = 20_000;
    /** More than any recording or part of a video; what is larger streams. */
    private static final long READ_AHEAD_BYTES = 32 * 1024 * 1024;

    private final S3Proxy proxy;
    private final HttpClient hop = new HttpClient();
    private final S3Client client;

    S3Store() {
        BlobStore blobs = new TransientNio2BlobStore();
        proxy = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "local", Sts.SECRET)
                .ignoreUnknownHeaders(true)
                .build();
        proxy.setBlobStoreLocator((_, _, _) -> new AccessGrant(Sts.SECRET, blobs));
        hop.setUserAgentField(null);
        hop.setFollowRedirects(false);
        hop.setIdleTimeout(IDLE_MS);
        try {
            readBodiesFirst(proxy);
            proxy.start();
            hop.start();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy does not start", e);
        }
        hop.getContentDecoderFactories().clear();
        client = S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(address())
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", Sts.SECRET)))
                .build();
    }

    /**
     * S3Proxy answers a refusal, and a body that ends in a trailer, before it has read all of it, and then closes on
     * whoever still sends: the answer is lost, or an object is stored of which nobody hears. So its server reads first.
     * S3Proxy has no setting for that, and no accessor to its server.
     */
    private static void readBodiesFirst(S3Proxy proxy) throws ReflectiveOperationException {
        Field field = S3Proxy.class.getDeclaredField("server");
        field.setAccessible(true);
        ((Server) field.get(proxy))
                .insertHandler(new EagerContentHandler(new RetainedContentLoaderFactory(READ_AHEAD_BYTES, -1, false)));
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** Past the gate, for the cloud itself. */
    S3Client client() {
        return client;
    }

    /** What came back, its body not read yet. */
    record Answer(int status, HttpFields headers, InputStream body) {}

    Answer forward(Request request) throws IOException {
        String query = request.getHttpURI().getQuery();
        String path = request.getHttpURI().getPath() + (query == null ? "" : "?" + query);
        long length = request.getLength();
        org.eclipse.jetty.client.Request out = hop.newRequest(address())
                .path(path)
                .method(request.getMethod())
                .headers(headers -> {
                    for (HttpField field : request.getHeaders())
                        if (!NOT_FORWARDED.contains(field.getLowerCaseName())) headers.add(field);
                    if (mayComeWithAnySecret(request)) resigned(request).forEach(headers::put);
                });
        if (length != 0 && (length > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)))
            out.body(new Body(
                    request.getHeaders().get(HttpHeader.CONTENT_TYPE), Content.Source.asInputStream(request), length));
        InputStreamResponseListener listener = new InputStreamResponseListener();
        out.send(listener);
        try {
            org.eclipse.jetty.client.Response answer = listener.get(MINUTES, TimeUnit.MINUTES);
            return new Answer(answer.getStatus(), answer.getHeaders(), listener.getInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while S3Proxy answered", e);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException("S3Proxy did not answer", e);
        }
    }

    /**
     * The real command line comes with whatever keys its user has, and the other services of the gate take any; S3Proxy
     * wants the one secret that it knows. Presigned addresses are left alone: they are checked, as on AWS.
     */
    private static boolean mayComeWithAnySecret(Request request) {
        String payload = request.getHeaders().get("x-amz-content-sha256");
        return request.getHeaders().contains(HttpHeader.AUTHORIZATION)
                && payload != null
                && !payload.startsWith("STREAMING-AWS4-HMAC");
    }

    /** The signing headers anew, under the secret that S3Proxy knows. */
    private static Map<String, List<String>> resigned(Request request) {
        SdkHttpRequest.Builder unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(request.getMethod()))
                .uri(URI.create(request.getHttpURI().asString()));
        for (HttpField field : request.getHeaders()) {
            String name = field.getLowerCaseName();
            if (name.startsWith("x-amz-") && !name.equals("x-amz-date") || name.equals("content-md5"))
                unsigned.appendHeader(name, field.getValue());
        }
        unsigned.putHeader("Host", request.getHeaders().get(HttpHeader.HOST));
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsBasicCredentials.create(LocalCloud.ADMINISTRATOR, Sts.SECRET))
                        .request(unsigned.build())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, Arn.REGION)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false))
                .request();
        Map<String, List<String>> headers = new HashMap<>();
        signed.headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("host")) headers.put(name, values);
        });
        return headers;
    }

    static void back(Answer answer, Response response) {
        response.setStatus(answer.status());
        for (HttpField field : answer.headers())
            if (!NOT_FORWARDED.contains(field.getLowerCaseName()) && field.getHeader() != HttpHeader.DATE)
                response.getHeaders().add(field);
    }

    /** S3Proxy wants to know the length. */
    private static final class Body extends InputStreamRequestContent {
        private final long length;

        Body(String type, InputStream stream, long length) {
            super(type, stream, new ByteBufferPool.Sized(null, false, BUFFER));
            this.length = length;
        }

        @Override
        public long getLength() {
            return length;
        }
    }

    @Override
    public void close() {
        client.close();
        try {
            hop.stop();
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy did not close", e);
        }
    }
}
