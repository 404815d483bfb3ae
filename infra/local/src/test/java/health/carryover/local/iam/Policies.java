package health.carryover.local.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.carryover.local.iam.Authorization.ResourcePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Words for tests of the evaluation. */
final class Policies {
    static final String ACCOUNT = "111122223333";
    static final Principal ROLE =
            Principal.session("arn:aws:iam::" + ACCOUNT + ":role/uploader", "one", Map.of("clinic", "north"));
    static final Principal USER = Principal.user("arn:aws:iam::" + ACCOUNT + ":user/Nikki");

    private Policies() {}

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError("the test's own JSON is wrong", e);
        }
    }

    static String document(String... statements) {
        return "{'Version':'2012-10-17','Statement':[" + String.join(",", statements) + "]}";
    }

    static Policy identity(String... statements) {
        List<String> problems = new ArrayList<>();
        Policy policy = new PolicyReader(problems).identity("policy", json(document(statements)));
        if (!problems.isEmpty()) throw new AssertionError(problems.toString());
        return policy;
    }

    static Policy resource(String... statements) {
        List<String> problems = new ArrayList<>();
        Policy policy = new PolicyReader(problems).resource("policy", json(document(statements)));
        if (!problems.isEmpty()) throw new AssertionError(problems.toString());
        return policy;
    }

    static List<String> problems(boolean ofResource, String document) {
        List<String> problems = new ArrayList<>();
        PolicyReader reader = new PolicyReader(problems);
        if (ofResource) reader.resource("policy", json(document));
        else reader.identity("policy", json(document));
        return problems;
    }

    static Request request(Principal principal, String action, String resource, Map<String, List<String>> keys) {
        return new Request(principal, action, resource, keys::get);
    }

    static Request request(Principal principal, String action, String resource) {
        return request(principal, action, resource, Map.of());
    }

    static boolean allows(Policy identity, Request request) {
        return Authorization.decide(request, identity, Policy.NONE, ResourcePolicy.ADDS)
                .allowed();
    }
}
