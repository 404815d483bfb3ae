package health.carryover.local.cloud;

import health.carryover.local.iam.Principal;
import java.util.NoSuchElementException;

/**
 * Who asks: the access key of the request's credential scope and whom it stands for.
 *
 * @param accessKey a function's or state machine's logical id, {@code local} for tests and tools, or a temporary key of
 *     STS; empty for a service
 * @param counts whether what it does counts as use of its permissions; not for a test that looks on with a function's
 */
record Caller(String accessKey, Principal principal, boolean counts) {
    static final Caller NOBODY = new Caller("", Principal.user("anonymous"), false);
    private static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

    /** A service of AWS that works by itself: {@code events.amazonaws.com}. */
    static Caller service(String name) {
        return new Caller("", Principal.service(name), true);
    }

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
