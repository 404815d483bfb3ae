package health.carryover.clinical.escalation;

import health.carryover.clinical.escalation.Engagement.Kind;
import health.carryover.clinical.escalation.Escalation.AfterStoring;
import health.carryover.clinical.escalation.Escalation.Fence;
import health.carryover.clinical.escalation.Escalation.OnEngagement;
import health.carryover.clinical.escalation.Escalation.Phase;
import health.carryover.clinical.escalation.Escalation.Reviewed;
import health.carryover.clinical.escalation.Escalation.Token;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Every interleaving of the atomic steps of an outreach that is under way: the state machine with its functions, the
 * patient's phone, and a member of staff. Decisions are those of the real classes; store and state machine are a few
 * fields. States that were reached before are not explored twice, but each way to them is counted.
 */
final class EngagementRace {
    /** What is left out of the rule "store, then check, on both sides". */
    enum Rule {
        WHOLE,
        CHECK_ONLY_WHEN_ARMING_THE_WINDOW,
        NO_CHECK_AFTER_A_CALL_WITHOUT_ANSWER,
        CLOSE_WITHOUT_LOOKING_AT_THE_OUTCOME
    }

    /** What the member of staff does, at any moments. */
    enum Staff {
        NEVER_CALL,
        HOLD_THE_CALL,
        END_IT_RESUMED,
        END_IT_WITH_A_CONCERN,
        REACH_NOBODY
    }

    /** How many interleavings there are, how many of them break a promise, and which promises. */
    record Found(BigInteger interleavings, BigInteger broken, Set<String> promises) {}

    private static final Instant FLAG = Instant.parse("2026-01-06T07:00:00Z");

    private enum At {
        AWAIT_ENGAGEMENT,
        CREATE_CALL,
        CREATE_CALL_READ_TASK,
        CREATE_CALL_LOOK,
        AWAIT_CALL,
        REMIND_CALL,
        REVIEW,
        CLOSE,
        REVIEWING,
        CLOSED
    }

    private enum Call {
        NONE,
        OPEN,
        CLAIMED,
        DONE,
        WITHDRAWN
    }

    /** A function at work: which line it is at, and what it has read. */
    private record Actor(String line, Escalation read, boolean claimed, int callVersion, String token) {
        static Actor at(String line) {
            return new Actor(line, null, false, 0, "");
        }

        Actor then(String next) {
            return next.equals("over") ? at(next) : new Actor(next, read, claimed, callVersion, token);
        }
    }

    /** All that is stored, and where everybody stands. */
    private record World(
            Escalation item,
            Call call,
            int callVersion,
            boolean shown,
            String outcome,
            boolean stored,
            boolean therapistTold,
            At machine,
            boolean machineClaimed,
            String live,
            String because,
            int tokens,
            int reminders,
            List<Actor> arming,
            Actor patient,
            Actor staff) {}

    /** The world while one step changes it. */
    private static final class Next {
        Escalation item;
        Call call;
        int callVersion;
        boolean shown;
        String outcome;
        boolean stored;
        boolean therapistTold;
        At machine;
        boolean machineClaimed;
        String live;
        String because;
        int tokens;
        int reminders;
        List<Actor> arming;
        Actor patient;
        Actor staff;

        Next(World w) {
            item = w.item;
            call = w.call;
            callVersion = w.callVersion;
            shown = w.shown;
            outcome = w.outcome;
            stored = w.stored;
            therapistTold = w.therapistTold;
            machine = w.machine;
            machineClaimed = w.machineClaimed;
            live = w.live;
            because = w.because;
            tokens = w.tokens;
            reminders = w.reminders;
            arming = new ArrayList<>(w.arming);
            patient = w.patient;
            staff = w.staff;
        }

        World world() {
            return new World(
                    item,
                    call,
                    callVersion,
                    shown,
                    outcome,
                    stored,
                    therapistTold,
                    machine,
                    machineClaimed,
                    live,
                    because,
                    tokens,
                    reminders,
                    List.copyOf(arming),
                    patient,
                    staff);
        }

        void put(Escalation escalation) {
            item = escalation;
        }

        void put(Call status) {
            call = status;
            callVersion++;
        }

        /** The machine enters a waiting state: its token lives from now on, and its function is started. */
        void await(At state) {
            machine = state;
            live = "T" + ++tokens;
            arming.add(new Actor("store", null, false, 0, live));
        }

        boolean complete(String token, String output) {
            if (!token.equals(live)) return false;
            go(output);
            return true;
        }

        void go(String output) {
            live = "";
            because = output;
            machine = output.equals("ENGAGED") || output.equals("RESUMED") ? At.CLOSE : At.REVIEW;
        }
    }

    private final Rule rule;
    private final Staff staff;
    private final Engagement engagement;
    private final Map<World, Found> known = new HashMap<>();

    private EngagementRace(Rule rule, Kind kind, Staff staff) {
        this.rule = rule;
        this.staff = staff;
        engagement = new Engagement(kind, FLAG.plusSeconds(3600), "x");
    }

    static Found check(Rule rule, Kind kind, Staff staff) {
        Escalation waiting = Escalation.opened("e", "e-x", FLAG, List.of())
                .encouraged(FLAG.plusSeconds(60), FLAG.plusSeconds(200_000));
        Next start = new Next(new World(
                waiting,
                Call.NONE,
                0,
                false,
                "",
                false,
                false,
                At.AWAIT_ENGAGEMENT,
                false,
                "",
                "",
                0,
                0,
                List.of(),
                Actor.at("store"),
                Actor.at("claim")));
        start.await(At.AWAIT_ENGAGEMENT);
        return new EngagementRace(rule, kind, staff).explore(start.world());
    }

    private Found explore(World world) {
        Found before = known.get(world);
        if (before != null) return before;
        List<Consumer<Next>> steps = new ArrayList<>();
        machine(world, steps);
        for (int i = 0; i < world.arming.size(); i++) arming(world, i, steps);
        patient(world, steps);
        staff(world, steps);
        Found found;
        if (steps.isEmpty()) {
            Set<String> promises = broken(world);
            found = new Found(BigInteger.ONE, promises.isEmpty() ? BigInteger.ZERO : BigInteger.ONE, promises);
        } else {
            BigInteger interleavings = BigInteger.ZERO;
            BigInteger broken = BigInteger.ZERO;
            Set<String> promises = new TreeSet<>();
            for (Consumer<Next> step : steps) {
                Next next = new Next(world);
                step.accept(next);
                Found further = explore(next.world());
                interleavings = interleavings.add(further.interleavings);
                broken = broken.add(further.broken);
                promises.addAll(further.promises);
            }
            found = new Found(interleavings, broken, promises);
        }
        known.put(world, found);
        return found;
    }

    /** What must hold when nobody has anything left to do but the staff who hold a claimed call. */
    private Set<String> broken(World end) {
        Set<String> broken = new TreeSet<>();
        boolean held = end.call == Call.CLAIMED;
        if (end.call == Call.OPEN) broken.add("an engaged patient has an open call that nobody took");
        boolean concern = end.outcome.equals("CONCERN");
        if (engagement.kind().needsTherapist()) {
            if (end.machine != At.REVIEWING && !end.therapistTold) broken.add("no therapist hears of the pain");
        } else {
            if (held && !end.shown) broken.add("the caller does not see that the patient is back");
            if (end.machine != At.CLOSED && !held && !concern) broken.add("the outreach does not end");
        }
        if (concern && end.machine == At.CLOSED) broken.add("a concern from the call is closed unread");
        if (end.machine == At.CLOSED && end.item.phase() != Phase.CLOSED) broken.add("closed but stored as open");
        return broken;
    }

    private Optional<Engagement> look(Next world) {
        return Engagement.deciding(world.stored ? List.of(engagement) : List.of(), FLAG);
    }

    private String outputOf(Engagement deciding) {
        return deciding.kind().needsTherapist() ? "PAIN" : "ENGAGED";
    }

    // --- the state machine and its functions ---------------------------------------------------------

    private void machine(World world, List<Consumer<Next>> steps) {
        switch (world.machine) {
            // Time is up at any moment, while its function may still be at work.
            case AWAIT_ENGAGEMENT ->
                steps.add(next -> {
                    next.live = "";
                    next.machine = At.CREATE_CALL;
                });
            case CREATE_CALL ->
                steps.add(next -> {
                    next.put(next.item.calling("call"));
                    next.put(Call.OPEN);
                    next.machine = At.CREATE_CALL_READ_TASK;
                });
            case CREATE_CALL_READ_TASK ->
                steps.add(next -> {
                    if (next.call == Call.DONE) {
                        next.go(next.outcome);
                        return;
                    }
                    next.machineClaimed = next.call == Call.CLAIMED;
                    next.machine = At.CREATE_CALL_LOOK;
                });
            case CREATE_CALL_LOOK ->
                steps.add(next -> {
                    Optional<Engagement> found = look(next);
                    if (rule != Rule.CHECK_ONLY_WHEN_ARMING_THE_WINDOW && found.isPresent() && !next.machineClaimed)
                        next.go(outputOf(found.get()));
                    else next.await(At.AWAIT_CALL);
                });
            case AWAIT_CALL -> {
                if (world.reminders == 0 && (staff == Staff.NEVER_CALL || staff == Staff.HOLD_THE_CALL))
                    steps.add(next -> {
                        next.live = "";
                        next.machine = At.REMIND_CALL;
                    });
            }
            case REMIND_CALL ->
                steps.add(next -> {
                    next.reminders++;
                    if (next.call == Call.DONE) {
                        next.go(next.outcome);
                        return;
                    }
                    next.put(next.item.reminded());
                    next.put(Call.OPEN);
                    next.await(At.AWAIT_CALL);
                });
            case REVIEW ->
                steps.add(next -> {
                    next.put(next.item.reviewing("review", Reviewed.PAIN));
                    if (next.call == Call.OPEN || next.call == Call.CLAIMED) next.put(Call.WITHDRAWN);
                    next.machine = At.REVIEWING;
                });
            case CLOSE ->
                steps.add(next -> {
                    if (rule != Rule.CLOSE_WITHOUT_LOOKING_AT_THE_OUTCOME && next.outcome.equals("CONCERN")) {
                        next.go("CONCERN");
                        return;
                    }
                    next.put(next.item.closed(next.because));
                    next.because = "";
                    if (next.call == Call.OPEN || next.call == Call.CLAIMED) next.put(Call.WITHDRAWN);
                    next.machine = At.CLOSED;
                });
            case REVIEWING, CLOSED -> {}
        }
    }

    /** The function that stores a token; it goes on after its state's time was up. */
    private void arming(World world, int index, List<Consumer<Next>> steps) {
        Actor actor = world.arming.get(index);
        Phase phase = index == 0 ? Phase.WAITING : Phase.CALL;
        switch (actor.line) {
            case "store" ->
                steps.add(next -> {
                    if (next.item.phase() != phase) {
                        next.arming.set(index, Actor.at("over"));
                        return;
                    }
                    Instant entered = FLAG.plusSeconds(index);
                    Escalation armed = next.item.armed(new Token(actor.token, new Fence(0, entered, 0)));
                    if (!armed.equals(next.item)) next.put(armed);
                    next.arming.set(index, new Actor("task", armed, false, 0, actor.token));
                });
            case "task" ->
                steps.add(next -> {
                    if (next.call == Call.DONE) next.complete(actor.token, next.outcome);
                    Actor looking = new Actor("look", actor.read, next.call == Call.CLAIMED, 0, actor.token);
                    next.arming.set(index, next.call == Call.DONE ? Actor.at("over") : looking);
                });
            case "look" ->
                steps.add(next -> {
                    boolean naive = rule == Rule.CHECK_ONLY_WHEN_ARMING_THE_WINDOW && index > 0;
                    Optional<Engagement> found = naive ? Optional.empty() : look(next);
                    AfterStoring after = actor.read.afterStoring(found.orElse(null), actor.claimed);
                    String line = switch (after) {
                        case WAIT -> "over";
                        case ENGAGED -> "complete";
                        case SHOW_ON_TASK -> "read";
                    };
                    next.arming.set(index, after == AfterStoring.ENGAGED ? actor.then(line) : Actor.at(line));
                });
            case "complete" ->
                steps.add(next -> {
                    next.complete(actor.token, outputOf(engagement));
                    next.arming.set(index, Actor.at("over"));
                });
            default -> tell(world, actor, steps, (next, after) -> next.arming.set(index, after));
        }
    }

    // --- whoever stored something and now looks for the other side --------------------------------------

    private interface Put {
        void actor(Next next, Actor actor);
    }

    /** Outreach.onEngagement, step by step. */
    private void tell(World world, Actor actor, List<Consumer<Next>> steps, Put put) {
        switch (actor.line) {
            case "read" ->
                steps.add(next -> put.actor(
                        next,
                        next.machine == At.CLOSED
                                ? Actor.at("over, not told")
                                : new Actor("read task", next.item, false, 0, "")));
            case "read task" ->
                steps.add(next ->
                        put.actor(next, new Actor("act", actor.read, next.call == Call.CLAIMED, next.callVersion, "")));
            case "act" -> steps.add(next -> put.actor(next, act(next, actor)));
            case "again" ->
                steps.add(next -> {
                    boolean unchanged = next.machine == At.CLOSED || next.item.equals(actor.read);
                    put.actor(next, Actor.at(unchanged ? "over, not told" : "read"));
                });
            default -> {}
        }
    }

    private Actor act(Next next, Actor actor) {
        return switch (actor.read.onEngagement(engagement, actor.claimed)) {
            case OnEngagement.Nothing _ -> Actor.at("over, not told");
            case OnEngagement.ShowOnTask _ -> {
                if (actor.read.phase() == Phase.REVIEW) yield Actor.at("over, not told");
                if (next.callVersion != actor.callVersion) yield Actor.at("read");
                if (next.call == Call.OPEN || next.call == Call.CLAIMED) {
                    next.shown = true;
                    next.callVersion++;
                }
                yield Actor.at("over, not told");
            }
            case OnEngagement.Complete(String token) -> {
                if (next.complete(token, outputOf(engagement))) yield Actor.at("over");
                yield rule == Rule.CHECK_ONLY_WHEN_ARMING_THE_WINDOW ? Actor.at("over") : actor.then("again");
            }
        };
    }

    private void patient(World world, List<Consumer<Next>> steps) {
        switch (world.patient.line) {
            case "store" ->
                steps.add(next -> {
                    next.stored = true;
                    next.patient = Actor.at("read");
                });
            case "over, not told" -> {
                // Pain that ended no waiting state becomes a review item of its own.
                if (engagement.kind().needsTherapist())
                    steps.add(next -> {
                        next.therapistTold = true;
                        next.patient = Actor.at("over");
                    });
            }
            default -> tell(world, world.patient, steps, (next, after) -> next.patient = after);
        }
    }

    /** May claim the call at any moment, and then holds it, or ends it, or reaches nobody and gives it back. */
    private void staff(World world, List<Consumer<Next>> steps) {
        switch (world.staff.line) {
            case "claim" -> {
                if (world.call != Call.OPEN || staff == Staff.NEVER_CALL) return;
                steps.add(next -> {
                    next.put(Call.CLAIMED);
                    next.staff = Actor.at("outcome");
                });
            }
            case "outcome" -> {
                if (world.call != Call.CLAIMED || staff == Staff.HOLD_THE_CALL) return;
                if (staff != Staff.REACH_NOBODY) {
                    steps.add(next -> {
                        next.outcome = staff == Staff.END_IT_RESUMED ? "RESUMED" : "CONCERN";
                        next.put(Call.DONE);
                        next.staff = Actor.at("look for the token");
                    });
                    return;
                }
                steps.add(next -> {
                    next.put(Call.OPEN);
                    boolean looks = rule == Rule.WHOLE || rule == Rule.CLOSE_WITHOUT_LOOKING_AT_THE_OUTCOME;
                    next.staff = Actor.at(looks ? "look" : "over");
                });
            }
            case "look" -> steps.add(next -> next.staff = Actor.at(next.stored ? "read" : "over"));
            case "look for the token" ->
                steps.add(next -> {
                    Token token = next.machine == At.CLOSED ? null : next.item.token();
                    next.staff = token == null ? Actor.at("over") : new Actor("tell", null, false, 0, token.value());
                });
            case "tell" ->
                steps.add(next -> {
                    next.complete(world.staff.token, next.outcome);
                    next.staff = Actor.at("over");
                });
            default -> tell(world, world.staff, steps, (next, after) -> next.staff = after);
        }
    }
}
