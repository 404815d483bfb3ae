package health.carryover.local.loop;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Does something once, just before the n-th call that any function makes to AWS from now on. */
final class Interruption implements ExecutionInterceptor {
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> what = new AtomicReference<>();
    private volatile String before = "";

    /** @param call from 1 */
    void arm(int call, Runnable action) {
        before = "";
        left.set(call);
        what.set(action);
    }

    /** @return the call before which it happened, empty if it has not, which then it never will */
    String disarm() {
        what.set(null);
        return before;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (what.get() == null || left.decrementAndGet() != 0) return;
        Runnable action = what.getAndSet(null);
        if (action == null) return;
        before = context.request().getClass().getSimpleName().replaceFirst("Request$", "");
        action.run();
    }
}
