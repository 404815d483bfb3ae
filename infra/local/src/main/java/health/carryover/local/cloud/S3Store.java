package health.carryover.local.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
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
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
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
        try {
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
