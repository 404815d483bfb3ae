package health.carryover.local.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text of a policy: {@code *} stands for any characters, {@code ?} for one, {@code ${key}} for what the request says
 * and {@code ${key, 'otherwise'}} for that or something else. What a variable brings is taken literally, so that a tag
 * whose value is {@code *} opens nothing. A variable that the request does not have matches nothing.
 */
final class Wildcard {
    /** Private-use characters stand for the two wildcards once a text is compiled. */
    private static final char ANY = '\uE000';

    private static final char ONE = '\uE001';
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern NAMED =
            Pattern.compile("\\s*(?<key>[A-Za-z0-9:/_.@ -]+?)\\s*(?:,\\s*'(?<otherwise>[^']*)'\\s*)?");

    private record Part(
            String text,
            @Nullable String variable,
            @Nullable String otherwise) {}

    private final String source;
    private final List<Part> parts = new ArrayList<>();
    private final @Nullable String constant;
    private final String @Nullable [] arn;
    /** Neither variable nor wildcard: most ARNs of a template. */
    private final boolean exact;

    /**
     * @param variables whether {@code ${...}} is one: only in documents of version 2012-10-17
     * @param wild whether {@code *} and {@code ?} are wildcards: not in {@code StringEquals}
     * @throws IllegalArgumentException when a variable is not understood
     */
    Wildcard(String source, boolean variables, boolean wild) {
        this(source, source, variables, wild);
    }

    /** An action: matched in lower case, shown as it is written. */
    static Wildcard action(String action) {
        return new Wildcard(action, action.toLowerCase(Locale.ROOT), false, true);
    }

    private Wildcard(String shown, String source, boolean variables, boolean wild) {
        this.source = shown;
        int from = 0;
        if (variables) {
            Matcher matcher = VARIABLE.matcher(source);
            while (matcher.find()) {
                literal(source.substring(from, matcher.start()), wild);
                variable(matcher.group(1));
                from = matcher.end();
            }
        }
        literal(source.substring(from), wild);
        boolean fixed = parts.stream().allMatch(part -> part.variable() == null);
        constant = fixed ? String.join("", parts.stream().map(Part::text).toList()) : null;
        arn = constant == null ? null : constant.split(":", 6);
        exact = constant != null && !isWild();
    }

    private void literal(String text, boolean wild) {
        parts.add(new Part(wild ? text.replace('*', ANY).replace('?', ONE) : text, null, null));
    }

    private void variable(String inside) {
        // ${*}, ${?} and ${$} are the characters themselves.
        if (inside.equals("*") || inside.equals("?") || inside.equals("$")) {
            parts.add(new Part(inside, null, null));
            return;
        }
        Matcher named = NAMED.matcher(inside);
        if (!named.matches() || !ConditionKeys.known(named.group("key")))
            throw new IllegalArgumentException("the policy variable ${" + inside + "} is not understood");
        parts.add(new Part("", named.group("key"), named.group("otherwise")));
    }

    /** As it stands in the policy. */
    String source() {
        return source;
    }

    boolean isWild() {
        return parts.stream()
                .anyMatch(part -> part.text().indexOf(ANY) >= 0 || part.text().indexOf(ONE) >= 0);
    }

    /** The compiled text with its variables filled in, or null when the request does not have them. */
    private @Nullable String filled(Request request) {
        if (constant != null) return constant;
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part.variable() == null) {
                text.append(part.text());
                continue;
            }
            List<String> values = request.values(part.variable());
            String value = values != null && values.size() == 1 ? values.getFirst() : part.otherwise();
            if (value == null || value.indexOf(ANY) >= 0 || value.indexOf(ONE) >= 0) return null;
            text.append(value);
        }
        return text.toString();
    }

    boolean matches(String value, Request request) {
        String pattern = filled(request);
        return pattern != null && matches(pattern, value);
    }

    boolean matchesIgnoringCase(String value, Request request) {
        String pattern = filled(request);
        return pattern != null && pattern.equalsIgnoreCase(value);
    }

    /** The text that is meant when there are no wildcards in it. */
    @Nullable
    String text(Request request) {
        return filled(request);
    }

    /** Part by part: a wildcard does not reach over the first five colons of an ARN. */
    boolean matchesArn(String value, Request request) {
        if (exact) return value.equals(constant);
        String[] wanted = arn;
        if (wanted == null) {
            String pattern = filled(request);
            if (pattern == null) return false;
            wanted = pattern.split(":", 6);
        }
        if (wanted.length == 1) return matches(wanted[0], value);
        String[] given = value.split(":", 6);
        if (given.length != wanted.length) return false;
        for (int i = wanted.length - 1; i >= 0; i--) if (!matches(wanted[i], given[i])) return false;
        return true;
    }

    private static boolean matches(String pattern, String value) {
        int at = 0;
        int star = -1;
        int resume = 0;
        int i = 0;
        while (i < value.length()) {
            char wanted = at < pattern.length() ? pattern.charAt(at) : '\0';
            if (at < pattern.length() && wanted == ANY) {
                star = at++;
                resume = i;
            } else if (at < pattern.length() && (wanted == ONE || wanted == value.charAt(i))) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else return false;
        }
        while (at < pattern.length() && pattern.charAt(at) == ANY) at++;
        return at == pattern.length();
    }

    @Override
    public String toString() {
        return source;
    }
}
