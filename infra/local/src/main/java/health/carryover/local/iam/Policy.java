package health.carryover.local.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All statements that one identity or one resource has, looked up by action. Thread-safe. */
public final class Policy {
    public static final Policy NONE = new Policy(List.of());

    /** A statement that means an action, and by which of its patterns. */
    record Candidate(Statement statement, int action) {}

    private final List<Statement> statements;
    /** Few: the actions that the cloud knows. */
    private final Map<String, List<Candidate>> byAction = new ConcurrentHashMap<>();

    Policy(List<Statement> statements) {
        this.statements = List.copyOf(statements);
    }

    public Policy and(Policy other) {
        List<Statement> all = new ArrayList<>(statements);
        all.addAll(other.statements);
        return new Policy(all);
    }

    List<Statement> statements() {
        return statements;
    }

    List<Candidate> meaning(Request request) {
        List<Candidate> known = byAction.get(request.action());
        return known != null ? known : byAction.computeIfAbsent(request.action(), _ -> find(request));
    }

    private List<Candidate> find(Request request) {
        List<Candidate> found = new ArrayList<>();
        for (Statement statement : statements) {
            int action = statement.action(request);
            if (action >= 0) found.add(new Candidate(statement, action));
        }
        return List.copyOf(found);
    }
}
