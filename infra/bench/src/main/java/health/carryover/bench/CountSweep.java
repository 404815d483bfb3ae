package health.carryover.bench;

import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.body.Simulated;
import health.carryover.clinical.body.TrueRep;
import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.Recording;
import health.carryover.clinical.motion.View;
import health.carryover.platform.library.ExerciseLibrary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts simulated people whose repetitions are known, one after another, every setting drawn from a seed. */
final class CountSweep {
    /** Out of sight for longer, a repetition is not counted. */
    private static final long BRIDGED_MS = 300;

    private final ExerciseLibrary library;
    private final List<Move> moves;
    private final Difficulty difficulty;

    /** How hard it is made. */
    enum Difficulty {
        /** Noise as measured, up to 5 % of the frames without a person. */
        MEASURED(1, 0.05),
        /** Double noise, 20 % of the frames without a person. */
        HARD(2, 0.2);

        private final double noise;
        private final double losses;

        Difficulty(double noise, double losses) {
            this.noise = noise;
            this.losses = losses;
        }

        double noise() {
            return noise;
        }

        double losses() {
            return losses;
        }
    }

    /**
     * One recording counted.
     * @param full found, as partial
     * @param trueFull fewest and most that a correct counter finds: what began before the recording may be left out, and
     *     what was out of sight for longer than the counter bridges is to be told as not seen (DECISIONS.md)
     * @param seenFull the same for somebody who looks on and would count that too
     */
    record Outcome(
            long seed,
            Move move,
            View view,
            String settings,
            int full,
            int partial,
            int[] trueFull,
            int[] truePartial,
            int[] seenFull,
            int[] seenPartial,
            List<AngleErrors.Pair> angles) {
        boolean exact() {
            return within(full, trueFull) && within(partial, truePartial);
        }

        /** Exact, with repetitions owed even when the person was out of sight in their midst. */
        boolean exactForOnlooker() {
            return within(full, seenFull) && within(partial, seenPartial);
        }

        /** Whether the full repetitions, those that credit is given for, are right. */
        boolean exactFull() {
            return within(full, trueFull);
        }

        /** Whether the repetitions were found, however judged. */
        boolean exactTogether() {
            return within(full + partial, new int[] {trueFull[0] + truePartial[0], trueFull[1] + truePartial[1]});
        }

        private static boolean within(int found, int[] range) {
            return found >= range[0] && found <= range[1];
        }

        @Override
        public String toString() {
            return "seed %d %s: full %d of %s, partial %d of %s; %s"
                    .formatted(seed, move, full, range(trueFull), partial, range(truePartial), settings);
        }

        private static String range(int[] range) {
            return range[0] == range[1] ? String.valueOf(range[0]) : range[0] + "-" + range[1];
        }
    }

    CountSweep(ExerciseLibrary library, Difficulty difficulty) {
        this.library = library;
        this.difficulty = difficulty;
        moves = countable().filter(m -> library.find(m.exercise()).isPresent()).toList();
    }

    /** Moves with repetitions that turn a joint the camera can see. */
    private static Stream<Move> countable() {
        return Arrays.stream(Move.values())
                .filter(move -> move != Move.WALKING && move != Move.STANDING && !move.hold())
                .filter(move -> move != Move.PENDULUM) // timed, not counted
                .filter(move -> switch (move.primary()) {
                    case NONE, SHOULDER_OUTWARD_ROTATION -> false;
                    default -> true;
                });
    }

    /** Those that the library does not know yet. */
    List<Move> skipped() {
        return countable().filter(m -> library.find(m.exercise()).isEmpty()).toList();
    }

    List<Outcome> run(long from, int runs) {
        List<Outcome> outcomes = new ArrayList<>();
        for (long seed = from; seed < from + runs; seed++) outcomes.add(run(seed));
        return outcomes;
    }

    Outcome run(long seed) {
        Move move = moves.get((int) Math.floorMod(seed, (long) moves.size()));
        Exercise exercise = library.find(move.exercise()).orElseThrow();
        DrawnPerson person = DrawnPerson.draw(move, exercise.views(), difficulty, seed);
        BodyModel model = person.model();
        Simulated simulated = model.simulate();
        MotionReport report = exercise.analyse(simulated.recording()).orElseThrow();
        List<DrawnPerson.Span> unseen = unseen(simulated.recording(), person.other());
        return new Outcome(
                seed,
                move,
                person.view(),
                person.settings(),
                report.full().size(),
                report.partial().size(),
                expected(simulated.reps(), true, unseen),
                expected(simulated.reps(), false, unseen),
                expected(simulated.reps(), true, List.of()),
                expected(simulated.reps(), false, List.of()),
                AngleErrors.pairs(simulated.reps(), report, move));
    }

    /** When the person was out of sight for longer than the counter bridges. */
    private static List<DrawnPerson.Span> unseen(Recording recording, List<DrawnPerson.Span> other) {
        List<DrawnPerson.Span> unseen = new ArrayList<>();
        long last = 0;
        for (Frame frame : recording.frames()) {
            long now = frame.timeMs();
            if (!frame.hasPerson() || other.stream().anyMatch(span -> span.covers(now))) continue;
            if (now - last - 1000 / recording.fps() > BRIDGED_MS) unseen.add(new DrawnPerson.Span(last, now));
            last = now;
        }
        return unseen;
    }

    private static int[] expected(List<TrueRep> reps, boolean full, List<DrawnPerson.Span> unseen) {
        int sure = 0;
        int possible = 0;
        for (TrueRep rep : reps) {
            if (rep.share() > 0.7 != full) continue;
            possible++;
            boolean seen = unseen.stream()
                    .noneMatch(span -> span.toMs() > rep.start().toMillis()
                            && span.fromMs() < rep.end().toMillis());
            if (!rep.cut() && seen) sure++;
        }
        return new int[] {sure, possible};
    }

    /** Exact recordings and all, by move. */
    static Map<Move, int[]> byMove(List<Outcome> outcomes) {
        Map<Move, int[]> table = new TreeMap<>();
        for (Outcome outcome : outcomes) {
            int[] row = table.computeIfAbsent(outcome.move(), _ -> new int[3]);
            if (outcome.exact()) row[0]++;
            if (outcome.exactTogether()) row[1]++;
            row[2]++;
        }
        return table;
    }
}
