package health.carryover.platform.http;

import java.util.List;

/** An answer that is a no: RFC 9457 problem details. Thrown by operations, caught by the frame alone. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;
    private final String type;
    private final transient List<Problem> problems;

    private Refused(int status, String type, String title, List<Problem> problems) {
        super(title, null, false, false);
        this.status = status;
        this.type = type;
        this.problems = List.copyOf(problems);
    }

    public int status() {
        return status;
    }

    public String type() {
        return type;
    }

    public List<Problem> problems() {
        return problems;
    }

    public static Refused malformed(List<Problem> problems) {
        return new Refused(400, "malformed-request", "The request is not what the API document describes.", problems);
    }

    public static Refused malformed(String code, String pointer) {
        return malformed(List.of(new Problem(code, pointer)));
    }

    public static Refused unknownCaller() {
        return new Refused(401, "unknown-caller", "The token belongs to nobody known here.", List.of());
    }

    public static Refused forbidden() {
        return new Refused(403, "forbidden", "Your role does not allow this.", List.of());
    }

    public static Refused noConsent(List<Problem> missing) {
        return new Refused(403, "no-consent", "The patient has not consented to this.", missing);
    }

    /** Also for what the caller may not know exists. */
    public static Refused notFound() {
        return new Refused(404, "not-found", "There is no such record for you.", List.of());
    }

    public static Refused conflict(String type, String title) {
        return new Refused(409, type, title, List.of());
    }

    public static Refused stale() {
        return new Refused(412, "stale", "The record changed since you read it; read it again.", List.of());
    }

    public static Refused tooLarge() {
        return new Refused(413, "too-large", "The request body is larger than allowed.", List.of());
    }

    public static Refused impossible(List<Problem> problems) {
        return new Refused(422, "clinically-impossible", "The request is well-formed but cannot be true.", problems);
    }

    public static Refused impossible(String code, String pointer) {
        return impossible(List.of(new Problem(code, pointer)));
    }
}
