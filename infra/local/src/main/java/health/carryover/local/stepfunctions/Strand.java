package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.clock.VirtualClock.Timer;
import health.carryover.local.stepfunctions.State.States;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One thread of states, one after the other: the whole machine, a branch of a Parallel, an iteration of a Map. */
final class Strand {
    /** Whoever started the strand. */
    interface Ending {
        void succeeded(Strand strand, JsonNode output);

        void failed(Strand strand, Failure failure);
    }

    final Run run;
    final Scope scope;
    /** {@code Map.Item} of the context object inside an iteration. */
    final @Nullable JsonNode mapItem;

    private final States states;
    private final Ending ending;
    /** Id of the event that the next event of this strand names as the one before it. */
    long previous;

    /** The latest one, kept when the strand failed; requests look whether it can be taken up again. */
    private volatile @Nullable Visit visit;

    private boolean over;

    Strand(Run run, States states, Scope scope, @Nullable JsonNode mapItem, Ending ending) {
        this.run = run;
        this.states = states;
        this.scope = scope;
        this.mapItem = mapItem;
        this.ending = ending;
    }

    /** Goes on with the state after what other strands have to do now. */
    void go(String state, JsonNode input) {
        State next = states.byName().get(state);
        if (next == null) throw new IllegalStateException("a definition was accepted that points to nowhere");
        post(() -> {
            Visit entered = new Visit(this, next, input);
            visit = entered;
            entered.enter();
        });
    }

    void start(JsonNode input) {
        go(states.startAt(), input);
    }

    void post(Runnable step) {
        run.engine.clock.execute(() -> live(step));
    }

    Timer after(Duration delay, Runnable step) {
        return run.engine.clock.at(run.now().plus(delay), () -> live(step));
    }

    private void live(Runnable step) {
        if (!over && run.execution.running()) step.run();
    }

    void end(JsonNode output) {
        over = true;
        visit = null;
        ending.succeeded(this, output);
    }

    void fail(Failure failure) {
        over = true;
        ending.failed(this, failure);
    }

    /** Ends the strand because a sibling failed, writing what was aborted. */
    void abort(long cause) {
        over = true;
        Visit current = visit;
        if (current != null) current.abort(cause);
    }

    /** Ends the strand without a word: the execution is over. */
    void abandon() {
        over = true;
        Visit current = visit;
        if (current != null) current.abandon();
    }

    /** Whether the strand failed in a Task, which the history then calls aborted. */
    boolean failedInTask() {
        Visit failed = visit;
        return failed != null && failed.state() instanceof State.Task;
    }

    boolean resumable() {
        Visit failed = visit;
        return failed != null
                && !(failed.state() instanceof State.Parallel)
                && !(failed.state() instanceof State.MapState);
    }

    void resume() {
        Visit failed = visit;
        if (failed == null) throw new IllegalStateException("nothing to resume");
        over = false;
        post(failed::again);
    }
}
