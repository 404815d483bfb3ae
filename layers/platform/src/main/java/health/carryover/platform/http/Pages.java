package health.carryover.platform.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Paging by opaque cursor: a sort key of the caller's own partition, so a forged one finds nothing foreign. */
public final class Pages {
    private static final int DEFAULT = 25;
    private static final int MOST = 100;

    private Pages() {}

    public static int limit(Request request) {
        return request.query("limit")
                .map(text -> {
                    try {
                        int limit = Integer.parseInt(text);
                        if (limit < 1 || limit > MOST) throw Refused.malformed("outside1To100", "/limit");
                        return limit;
                    } catch (NumberFormatException e) {
                        throw Refused.malformed("notANumber", "/limit");
                    }
                })
                .orElse(DEFAULT);
    }

    /** @param prefix that the sort key must have */
    public static Optional<String> after(Request request, String prefix) {
        return request.query("cursor").map(cursor -> {
            try {
                String sortKey = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                if (!sortKey.startsWith(prefix)) throw Refused.malformed("cursor", "/cursor");
                return sortKey;
            } catch (IllegalArgumentException e) {
                throw Refused.malformed("cursor", "/cursor");
            }
        });
    }

    public static Optional<String> cursor(Optional<String> lastSortKey) {
        return lastSortKey.map(
                key -> Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8)));
    }
}
