package health.carryover.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads policy documents. What is not understood is a problem that names its place; nothing is passed over. */
public final class PolicyReader {
    private static final Set<String> DOCUMENT = Set.of("Version", "Id", "Statement");
    private static final Set<String> STATEMENT =
            Set.of("Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "NotResource", "Condition");
    private static final String CURRENT = "2012-10-17";
    private static final Pattern ACTION = Pattern.compile("\\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern ROOT = Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}):root");

    private final List<String> problems;

    /** @param problems where they are put, each with its place */
    public PolicyReader(List<String> problems) {
        this.problems = problems;
    }

    /** A policy of a role or user. */
    public Policy identity(String place, JsonNode document) {
        return read(place, document, false);
    }

    /** A policy of a bucket, key, queue ... or the trust policy of a role. */
    public Policy resource(String place, JsonNode document) {
        return read(place, document, true);
    }

    private Policy read(String place, JsonNode document, boolean ofResource) {
        if (!document.isObject()) problem(place, "is not a policy document");
        document.fieldNames().forEachRemaining(name -> {
            if (!DOCUMENT.contains(name)) problem(place + "." + name, "is not understood");
        });
        String version = document.path("Version").asText("2008-10-17");
        if (!version.equals(CURRENT) && !version.equals("2008-10-17"))
            problem(place + ".Version", "there is no version " + version);
        JsonNode statements = document.path("Statement");
        List<Statement> read = new ArrayList<>();
        if (statements.isObject())
            read.add(statement(place + ".Statement", statements, version.equals(CURRENT), ofResource));
        for (int i = 0; statements.isArray() && i < statements.size(); i++)
            read.add(
                    statement(place + ".Statement[" + i + "]", statements.get(i), version.equals(CURRENT), ofResource));
        if (read.isEmpty()) problem(place, "has no Statement");
        return new Policy(read);
    }

    private Statement statement(String place, JsonNode node, boolean variables, boolean ofResource) {
        node.fieldNames().forEachRemaining(name -> {
            if (!STATEMENT.contains(name)) problem(place + "." + name, "is not understood");
        });
        String effect = node.path("Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny"))
            problem(place + ".Effect", "is Allow or Deny, not '" + effect + "'");
        if (node.has("Principal") != ofResource)
            problem(
                    place,
                    ofResource ? "a resource's policy names a Principal" : "an identity's policy has no Principal");
        boolean notActions = node.has("NotAction");
        boolean notResources = node.has("NotResource");
        List<Wildcard> actions = new ArrayList<>();
        for (String action : texts(place, node.path(notActions ? "NotAction" : "Action"))) {
            if (!ACTION.matcher(action).matches()) problem(place, "'" + action + "' is not an action");
            actions.add(Wildcard.action(action));
        }
        if (actions.isEmpty() || (notActions && node.has("Action")))
            problem(place, "names either an Action or a NotAction");
        return new Statement(
                place,
                effect.equals("Allow"),
                ofResource ? principals(place + ".Principal", node.path("Principal")) : null,
                notActions,
                actions,
                notResources,
                resources(place, node, notResources, variables),
                conditions(place + ".Condition", node.path("Condition"), variables));
    }

    private List<Wildcard> resources(String place, JsonNode node, boolean not, boolean variables) {
        List<Wildcard> resources = new ArrayList<>();
        boolean trust =
                !node.has("Resource") && !not && node.path("Action").toString().contains("sts:");
        // A trust policy is about its own role.
        if (trust) return List.of(new Wildcard("*", false, true));
        List<String> named = texts(place, node.path(not ? "NotResource" : "Resource"));
        for (String resource : named) {
            if (!resource.equals("*") && resource.split(":", 6).length < 6)
                problem(place, "'" + resource + "' is not an ARN");
            wildcard(place, resource, variables, true, resources);
        }
        if (named.isEmpty() || (not && node.has("Resource")))
            problem(place, "names either a Resource or a NotResource");
        return resources;
    }

    private Principals principals(String place, JsonNode node) {
        if (node.asText().equals("*")) return new Principals(true, Set.of(), Set.of(), Set.of());
        boolean everybody = false;
        Set<String> accounts = new HashSet<>();
        Set<String> arns = new HashSet<>();
        Set<String> services = new HashSet<>();
        for (Map.Entry<String, JsonNode> kind : node.properties()) {
            for (String name : texts(place, kind.getValue())) {
                var root = ROOT.matcher(name);
                switch (kind.getKey()) {
                    case "Service" -> services.add(name);
                    case "AWS" -> {
                        if (name.equals("*")) everybody = true;
                        else if (ACCOUNT.matcher(name).matches()) accounts.add(name);
                        else if (root.matches()) accounts.add(root.group(1));
                        else if (name.startsWith("arn:") && !name.contains("*")) arns.add(name);
                        else problem(place, "'" + name + "' is not a principal");
                    }
                    default -> problem(place, "the kind " + kind.getKey() + " is not understood");
                }
            }
        }
        if (!everybody && accounts.isEmpty() && arns.isEmpty() && services.isEmpty()) problem(place, "names nobody");
        return new Principals(everybody, accounts, arns, services);
    }

    private List<Condition> conditions(String place, JsonNode node, boolean variables) {
        List<Condition> conditions = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String word = entry.getKey();
            Condition.Quantifier quantifier = Condition.Quantifier.NONE;
            if (word.startsWith("ForAllValues:")) quantifier = Condition.Quantifier.FOR_ALL;
            if (word.startsWith("ForAnyValue:")) quantifier = Condition.Quantifier.FOR_ANY;
            String name = word.substring(word.indexOf(':') + 1);
            boolean ifExists = name.endsWith("IfExists");
            Operator operator = Operator.of(ifExists ? name.substring(0, name.length() - 8) : name);
            boolean sensible = quantifier == Condition.Quantifier.NONE ? !word.contains(":") : true;
            if (operator == null || !sensible || (operator == Operator.NULL && ifExists)) {
                problem(place + "." + word, "the condition operator is not understood");
                continue;
            }
            for (Map.Entry<String, JsonNode> key : entry.getValue().properties()) {
                String at = place + "." + word + "." + key.getKey();
                if (!ConditionKeys.known(key.getKey())) problem(at, "the condition key is not understood");
                List<Wildcard> wanted = new ArrayList<>();
                for (String value : texts(at, key.getValue())) {
                    String objection = operator.objection(value);
                    if (objection != null) problem(at, objection);
                    wildcard(at, value, variables, operator.isWild(), wanted);
                }
                if (wanted.isEmpty()) problem(at, "has no value");
                conditions.add(new Condition(quantifier, operator, ifExists, key.getKey(), wanted));
            }
        }
        return conditions;
    }

    private void wildcard(String place, String text, boolean variables, boolean wild, List<Wildcard> to) {
        if (!variables && text.contains("${"))
            problem(place, "'" + text + "' has a variable, which needs Version " + CURRENT);
        try {
            to.add(new Wildcard(text, variables, wild));
        } catch (IllegalArgumentException e) {
            problem(place, String.valueOf(e.getMessage()));
        }
    }

    private List<String> texts(String place, @Nullable JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node == null || node.isMissingNode()) return texts;
        if (node.isArray()) node.forEach(one -> texts.addAll(texts(place, one)));
        else if (node.isValueNode() && !node.isNull()) texts.add(node.asText());
        else problem(place, "a text was expected, not " + node);
        return texts;
    }

    private void problem(String place, String what) {
        problems.add(place + ": " + what);
    }
}
