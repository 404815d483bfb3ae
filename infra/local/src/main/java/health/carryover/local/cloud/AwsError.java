package health.carryover.local.cloud;

/** An error as an AWS service answers it: a code such as {@code ResourceNotFoundException}, a message, an HTTP status. */
public final class AwsError extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String code;
    private final int status;

    public AwsError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** A client error, HTTP 400. */
    public AwsError(String code, String message) {
        this(400, code, message);
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }
}
