package health.carryover.local.cloud;

/**
 * The process of a function ends right here, as when the sandbox is killed: nothing after this line runs, what was in
 * memory is gone, and the caller gets {@code Runtime.ExitError}. Thrown by interceptors of tests and simulations.
 */
public final class Crash extends Error {
    private static final long serialVersionUID = 1;

    public Crash(String where) {
        // Without a stack trace: simulations throw many, and the place is in the message.
        super(where, null, false, false);
    }
}
