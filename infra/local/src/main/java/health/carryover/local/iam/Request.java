package health.carryover.local.iam;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody wants to do to one resource.
 *
 * @param action {@code dynamodb:GetItem}
 * @param resource an ARN, or {@code *} for an action that knows no resources
 */
public record Request(Principal principal, String action, String resource, Context context) {
    /** The condition keys of a request. */
    @FunctionalInterface
    public interface Context {
        Context EMPTY = _ -> null;

        /**
         * Asked for only when a condition wants to know.
         *
         * @param key in lower case
         * @return null when the request does not have the key
         */
        @Nullable
        List<String> values(String key);

        /** These keys, and those of another context where these have none. */
        default Context or(Context other) {
            return key -> {
                List<String> own = values(key);
                return own != null ? own : other.values(key);
            };
        }
    }

    @Nullable
    List<String> values(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        if (name.startsWith("aws:principal") || name.equals("aws:username")) return ofPrincipal(name);
        return context.values(name);
    }

    private @Nullable List<String> ofPrincipal(String name) {
        if (name.startsWith("aws:principaltag/")) {
            String tag = principal.tags().get(name.substring("aws:principaltag/".length()));
            return tag == null ? null : List.of(tag);
        }
        boolean service = principal.kind() == Principal.Kind.SERVICE;
        return switch (name) {
            case "aws:principalarn" -> service ? null : List.of(principal.conditionArn());
            case "aws:principalaccount" -> service ? null : List.of(principal.account());
            case "aws:principalservicename" -> service ? List.of(principal.arn()) : null;
            case "aws:principalisawsservice" -> List.of(Boolean.toString(service));
            case "aws:principaltype" ->
                service ? null : List.of(principal.kind() == Principal.Kind.USER ? "User" : "AssumedRole");
            case "aws:username" ->
                principal.kind() == Principal.Kind.USER
                        ? List.of(principal.arn().substring(principal.arn().lastIndexOf('/') + 1))
                        : null;
            default -> null;
        };
    }
}
