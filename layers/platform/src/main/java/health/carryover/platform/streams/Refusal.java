package health.carryover.platform.streams;

import java.io.IOException;

/** Ends the reading of a bad file; becomes a {@link StreamProblem} at the edge. */
final class Refusal extends IOException {
    private static final long serialVersionUID = 1;

    private final StreamProblem.Code code;

    Refusal(StreamProblem.Code code) {
        super(code.name());
        this.code = code;
    }

    Refusal(StreamProblem.Code code, Throwable cause) {
        super(code.name(), cause);
        this.code = code;
    }

    StreamProblem.Code code() {
        return code;
    }
}
