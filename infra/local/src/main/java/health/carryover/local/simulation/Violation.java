package health.carryover.local.simulation;

/** Something that must never be so is so. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    Violation(String what) {
        super(what);
    }
}
