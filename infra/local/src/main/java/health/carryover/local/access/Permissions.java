package health.carryover.local.access;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.iam.Ledger;
import health.carryover.local.iam.Ledger.Permission;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What the template grants, what of it was used so far, and what a list of exceptions says about the rest. */
public final class Permissions {
    /** The start of every ARN of this account's services in this region. */
    private static final String HERE = ":" + Arns.REGION + ":" + Arns.ACCOUNT + ":";

    /** In a list of exceptions: the roles of all functions. */
    private static final String EVERY = "every function";

    private final Ledger ledger;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final List<String> functions;

    public Permissions(Template template, Ledger ledger) {
        this.ledger = ledger;
        functions = template.ofType("AWS::Serverless::Function").stream()
                .map(Resource::id)
                .toList();
        template.resources().stream()
                .filter(resource -> resource.arn().startsWith("arn:"))
                .sorted(Comparator.comparing(
                                (Resource resource) -> resource.arn().length())
                        .reversed())
                .forEach(resource -> names.put(resource.arn(), resource.id()));
    }

    /** Says what is going on from now on: the name of a test. */
    public void during(String what) {
        ledger.during(what);
    }

    public List<Permission> all() {
        return ledger.permissions();
    }

    /** {@code dynamodb:Query on Records/index/GSI1}: logical ids where the template has them. */
    public String named(Permission permission) {
        return permission.action() + " on " + resource(permission.resource());
    }

    private String resource(String arn) {
        for (Map.Entry<String, String> name : names.entrySet())
            if (arn.startsWith(name.getKey()))
                return name.getValue() + arn.substring(name.getKey().length());
        return arn.replace(HERE, "::");
    }

    // --- exceptions ---------------------------------------------------------------------------------

    /**
     * What is wrong with what is granted, held against a list of exceptions; empty when nothing is.
     *
     * @param exceptions {@code wildcards} and {@code unused}: lists of {@code permission}, {@code of}, {@code reason}
     * @param complete whether everything that the system does was done, so that what is unused is unused
     */
    public List<String> problems(JsonNode exceptions, boolean complete) {
        List<Permission> all = all();
        List<String> problems = new ArrayList<>();
        compare("a wildcard", exceptions.path("wildcards"), all, Permission::wild, problems);
        if (complete) compare("never used", exceptions.path("unused"), all, permission -> !permission.used(), problems);
        return problems;
    }

    private void compare(
            String what, JsonNode list, List<Permission> all, Predicate<Permission> is, List<String> problems) {
        Set<String> found = new LinkedHashSet<>();
        all.stream().filter(is).forEach(permission -> found.add(permission.owner() + ": " + named(permission)));
        Set<String> listed = new LinkedHashSet<>();
        for (JsonNode entry : list) {
            String permission = entry.path("permission").asText();
            if (entry.path("reason").asText().isBlank()) problems.add(permission + " is listed without a reason");
            for (JsonNode owner : entry.path("of"))
                for (String one : owner.asText().equals(EVERY) ? functions : List.of(owner.asText()))
                    listed.add(one + ": " + permission);
        }
        for (String one : found) if (!listed.contains(one)) problems.add(one + " is " + what + " and not listed");
        for (String one : listed)
            if (!found.contains(one)) problems.add(one + " is listed as " + what + " but is not (any more)");
    }

    // --- report -------------------------------------------------------------------------------------

    /** For people: how much is granted and used, then what is unused and what is a wildcard, then who used what first. */
    public String report() {
        List<Permission> all = all();
        StringBuilder text = new StringBuilder();
        long used = all.stream().filter(Permission::used).count();
        text.append("%d permissions granted, %d used, %d never, %d with wildcards%n"
                .formatted(
                        all.size(),
                        used,
                        all.size() - used,
                        all.stream().filter(Permission::wild).count()));
        section(text, "Granted and never used", all, permission -> !permission.used());
        section(text, "Wildcards", all, Permission::wild);
        text.append("%nUsed, and first by%n".formatted());
        for (Permission permission : all)
            if (permission.used())
                text.append("  %s: %s  %dx, %s%n"
                        .formatted(permission.owner(), named(permission), permission.uses(), permission.first()));
        return text.toString();
    }

    private void section(StringBuilder text, String title, List<Permission> all, Predicate<Permission> is) {
        Map<String, List<String>> owners = new TreeMap<>();
        for (Permission permission : all)
            if (is.test(permission))
                owners.computeIfAbsent(named(permission), _ -> new ArrayList<>())
                        .add(permission.owner());
        text.append("%n%s%n".formatted(title));
        owners.forEach((permission, of) -> text.append("  %s: %s%n".formatted(permission, String.join(", ", of))));
        if (owners.isEmpty()) text.append("  none\n");
    }
}
