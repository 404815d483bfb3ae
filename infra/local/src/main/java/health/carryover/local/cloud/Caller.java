package health.carryover.local.cloud;

import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Who asks: the access key of the request's credential scope and what the cloud knows of it.
 *
 * @param accessKey a function's logical id, {@code local} for tests and tools, or a temporary key of STS
 * @param role the logical id of the function, or the assumed role's ARN; the access key itself where nothing is known
 * @param tags session tags, as {@code aws:PrincipalTag} shows them to policies
 */
record Caller(String accessKey, String role, Map<String, String> tags) {
    static final Caller NOBODY = new Caller("", "", Map.of());
    private static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

    /** The caller of the request that this thread is answering. */
    static Caller current() {
        if (!CURRENT.isBound()) throw new NoSuchElementException("no request is being answered on this thread");
        return CURRENT.get();
    }

    /** Answers something in the caller's name. */
    <T, X extends Throwable> T answering(ScopedValue.CallableOp<T, X> answer) throws X {
        return ScopedValue.where(CURRENT, this).call(answer);
    }
}
