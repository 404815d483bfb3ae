package health.carryover.local.iam;

import health.carryover.local.iam.Decision.Grant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Which of the granted permissions were used, how often, and by whom first. Thread-safe. */
public final class Ledger {
    /**
     * One action on one resource that a statement allows.
     *
     * @param owner the role, or the resource whose policy grants it
     * @param action as the policy writes it
     * @param resource as the policy writes it
     * @param uses how often it decided
     * @param first what was going on at its first use; empty when never used
     * @param conditional whether the statement has conditions
     */
    public record Permission(
            String owner,
            String place,
            String action,
            String resource,
            boolean wild,
            boolean conditional,
            long uses,
            String first) {
        public boolean used() {
            return uses > 0;
        }
    }

    private record Book(String owner, AtomicLongArray uses, AtomicReferenceArray<@Nullable String> first) {}

    private final Map<Statement, Book> books = new IdentityHashMap<>();
    private volatile String goingOn = "";

    /** To be called before the first request only. */
    public void open(String owner, Policy policy) {
        for (Statement statement : policy.statements()) {
            int size = statement.actions().size() * statement.resources().size();
            books.putIfAbsent(statement, new Book(owner, new AtomicLongArray(size), new AtomicReferenceArray<>(size)));
        }
    }

    /** Says what is going on from now on: the name of a test. */
    public void during(String what) {
        goingOn = what;
    }

    public void used(Decision decision) {
        for (Grant grant : decision.grants()) {
            Book book = books.get(grant.statement());
            if (book == null) continue;
            int index = grant.action() * grant.statement().resources().size() + grant.resource();
            if (book.uses().getAndIncrement(index) == 0) book.first().set(index, goingOn);
        }
    }

    /** All permissions of all opened policies, by owner and place. */
    public List<Permission> permissions() {
        List<Permission> all = new ArrayList<>();
        books.forEach((statement, book) -> {
            if (!statement.allow()) return;
            int index = 0;
            for (Wildcard action : statement.actions())
                for (Wildcard resource : statement.resources()) {
                    String first = book.first().get(index);
                    all.add(new Permission(
                            book.owner(),
                            statement.place(),
                            (statement.notActions() ? "all but " : "") + action.source(),
                            (statement.notResources() ? "all but " : "") + resource.source(),
                            action.isWild() || resource.isWild() || statement.notActions() || statement.notResources(),
                            !statement.conditions().isEmpty(),
                            book.uses().get(index),
                            first == null ? "" : first));
                    index++;
                }
        });
        all.sort(Comparator.comparing(Permission::owner)
                .thenComparing(Permission::place)
                .thenComparing(Permission::action)
                .thenComparing(Permission::resource));
        return all;
    }
}
