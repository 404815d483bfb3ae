package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.clock.VirtualClock;
import health.carryover.local.cloud.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a recorded state machine on the interpreter, its tasks answered from the recording, and compares with what AWS did. */
public final class Conformance {
    /** All fixed times of the recordings lie before it. */
    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

    /** A case that is still running after so much virtual time has failed; its steps are bounded by the history. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private static final String ARN = "arn:aws:states:us-east-1:111111111111:";

    private Conformance() {}

    /**
     * @param document the text of a case file
     * @return the first difference, or nothing when the case passed
     * @throws IllegalArgumentException when it is no case
     */
    public static Optional<String> firstDifference(String document) {
        return firstDifference(document, false);
    }

    /** @param exact whether ids, places and AWS's wording of errors must agree too */
    static Optional<String> firstDifference(String document, boolean exact) {
        JsonNode testCase;
        try {
            testCase = Json.parse(document);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        for (String field : new String[] {"definition", "input", "expected"}) {
            if (!testCase.has(field))
                throw new IllegalArgumentException("not a conformance case: no \"" + field + "\"");
        }
        try (VirtualClock clock = new VirtualClock(START)) {
            return Optional.ofNullable(run(testCase, clock, exact));
        }
    }

    private static @Nullable String run(JsonNode testCase, VirtualClock clock, boolean exact) {
        MockTasks tasks = new MockTasks(testCase.path("mocks"), clock);
        Engine engine = new Engine(clock, tasks, 1);
        Execution execution;
        try {
            String source = Json.text(testCase.get("definition"));
            StateMachine.Definition definition = DefinitionReader.read(source, tasks, engine.expressions, false);
            StateMachine machine = new StateMachine(
                    ARN + "stateMachine:test-machine",
                    "test-machine",
                    false,
                    "snf_role_arn",
                    source,
                    definition,
                    START,
                    START);
            Run run = engine.prepare(
                    machine,
                    ARN + "execution:test-machine:test-execution",
                    "test-execution",
                    testCase.get("input"),
                    null);
            execution = run.execution;
            clock.execute(run::begin);
            clock.awaitQuiet();
            for (JsonNode action : testCase.path("actions")) {
                clock.advanceTo(START.plusSeconds(action.path("afterSeconds").asLong()));
                if (!action.path("do").asText().equals("StopExecution"))
                    return "action " + action.path("do") + " is not known";
                execution.close(new Execution.End(Execution.Status.ABORTED, clock.instant(), null, null, null), 0);
            }
            clock.advance(LONGEST);
        } catch (AwsError e) {
            return "refused: " + e.getMessage();
        } catch (IllegalStateException e) {
            return "the interpreter broke: " + (e.getCause() == null ? e : e.getCause());
        }
        if (execution.running()) return "still running after " + LONGEST.toDays() + " days";
        String wrong = tasks.firstDifference();
        return wrong != null ? wrong : new Comparison(testCase, execution, exact).firstDifference();
    }
}
