package health.carryover.platform.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Paging by opaque cursor: a sort key of the caller's own partition, so a forged one finds nothing foreign. */
public final class Pages {
    private static final int DEFAULT = 25;
    private static final int MOST = 100;
    private static final Pattern REST_OF_KEY = Pattern.compile("[A-Za-z0-9#:._-]{1,200}");

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

    /** @param prefix that the sort key must have; a key outside of it would start the query beyond its own bounds */
    public static Optional<String> after(Request request, String prefix) {
        return request.query("cursor")
                .map(cursor -> decoded(cursor)
                        .filter(sortKey -> sortKey.startsWith(prefix)
                                && REST_OF_KEY
                                        .matcher(sortKey.substring(prefix.length()))
                                        .matches())
                        .orElseThrow(() -> Refused.malformed("cursor", "/cursor")));
    }

    private static Optional<String> decoded(String cursor) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public static Optional<String> cursor(Optional<String> lastSortKey) {
        return lastSortKey.map(
                key -> Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8)));
    }
}
