package health.carryover.local.cloud;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.jspecify.annotations.Nullable;

/**
 * One whole request.
 *
 * @param path as it came, percent-encoded
 * @param query as it came, without the question mark; empty when there is none
 */
// The bytes belong to one request and are never compared.
@SuppressWarnings("ArrayRecordComponent")
record Ask(String method, String path, String query, HttpFields headers, byte[] body, Caller caller) {
    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    Fields parameters() {
        return decoded(query);
    }

    @Nullable
    String parameter(String name) {
        return parameters().getValue(name);
    }

    /** The body of a Query-protocol request. */
    Fields form() {
        return decoded(text());
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static Fields decoded(String text) {
        Fields fields = new Fields();
        UrlEncoded.decodeUtf8To(text, fields);
        return fields;
    }
}
