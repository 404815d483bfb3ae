package health.carryover.bench;

import health.carryover.clinical.body.Active;
import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Limb;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.body.Sex;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Somebody who exercises at home, drawn from a seed: how far, how fast, how evenly, how tall, how filmed, how tracked.
 * @param settings what was drawn, to read
 * @param other when the tracker follows somebody else, times of the recording; mostly never
 */
record DrawnPerson(BodyModel model, View view, String settings, List<Span> other) {
    record Span(long fromMs, long toMs) {
        boolean covers(long timeMs) {
            return timeMs >= fromMs && timeMs < toMs;
        }
    }

    private static final List<ImageSize> SIZES = List.of(
            new ImageSize(1280, 720),
            new ImageSize(720, 1280),
            new ImageSize(640, 480),
            new ImageSize(480, 640),
            new ImageSize(1920, 1080));
    private static final List<Double> RATES = List.of(10.0, 15.0, 24.0, 30.0, 60.0);

    static DrawnPerson draw(Move move, List<View> views, CountSweep.Difficulty difficulty, long seed) {
        return new Drawing(seed).draw(move, views, difficulty);
    }

    private static final class Drawing {
        private final Random random;
        private final long seed;
        private final StringJoiner said = new StringJoiner(", ");
        private final List<Span> other = new ArrayList<>();

        Drawing(long seed) {
            this.seed = seed;
            random = new Random(seed * 104_729 + 13);
        }

        private double between(double low, double high) {
            return low + (high - low) * random.nextDouble();
        }

        private boolean chance(double probability) {
            return random.nextDouble() < probability;
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private void say(String text, Object... numbers) {
            said.add(String.format(Locale.ROOT, text, numbers));
        }

        DrawnPerson draw(Move move, List<View> views, CountSweep.Difficulty difficulty) {
            // half of a small movement would be no more than the tracker's noise
            boolean large = BodyModel.doing(move, 1).rangeDeg() >= 45;
            List<Double> shares = shares(large);
            BodyModel usual = BodyModel.doing(move, shares.size()).shares(shares);
            double range = usual.rangeDeg() * between(large ? 0.7 : 0.85, 1.05);
            double up = between(0.6, 2.5);
            double hold = between(0, 1);
            double down = between(0.6, 2.5);
            double rest = between(0.3, 2);
            View view = any(views);
            double azimuth = azimuth(view);
            Active active = active(move, azimuth);
            ImageSize size = any(SIZES);
            double fps = any(RATES);
            double share = between(0.5, 0.85);
            double stature = Math.clamp(1.68 + 0.1 * random.nextGaussian(), 1.45, 2);
            say("range %.0f, up %.1f hold %.1f down %.1f rest %.1f s", range, up, hold, down, rest);
            say(
                    "%s, azimuth %.0f, %d x %d at %.0f, size %.2f, %.2f m",
                    active, azimuth, size.width(), size.height(), fps, share, stature);
            BodyModel model = usual.range(range)
                    .tempo(seconds(up), seconds(hold), seconds(down), seconds(rest))
                    .variability(1)
                    .body(stature, any(List.of(Sex.values())), 0.03)
                    .active(active)
                    .seenFrom(azimuth)
                    .held(between(0, 15), between(-5, 5), between(2.2, 4.5))
                    .camera(size, fps)
                    .height(share)
                    .noise(difficulty.noise(), seed);
            model = losses(model, difficulty);
            BodyModel whole = accidents(model, move, up + hold + down + rest);
            return new DrawnPerson(whole, view, said.toString(), other);
        }

        private List<Double> shares(boolean large) {
            boolean mixed = chance(0.4) && large;
            int reps = 3 + random.nextInt(10);
            List<Double> shares = new ArrayList<>();
            StringJoiner kinds = new StringJoiner("");
            for (int i = 0; i < reps; i++) {
                boolean partial = mixed && i >= 2 && chance(0.3) || mixed && i == 0 && chance(0.2);
                shares.add(partial ? between(0.3, 0.5) : between(0.92, 1));
                kinds.add(partial ? "p" : "F");
            }
            say("%s", kinds);
            return shares;
        }

        private double azimuth(View view) {
            double middle = switch (view) {
                case FRONTAL, MIXED -> 0;
                case OBLIQUE -> 45;
                case LATERAL -> 90;
                case REAR -> 180;
            };
            double off = between(-20, 20);
            return chance(0.5) ? middle + off : -middle + off;
        }

        /** Seen from the side, the near limb works: the far one is hidden, and the app asks to turn round. */
        private Active active(Move move, double azimuth) {
            boolean aside = Math.abs(Math.sin(Math.toRadians(azimuth))) > 0.6;
            Active near = Math.sin(Math.toRadians(azimuth)) > 0 ? Active.LEFT : Active.RIGHT;
            boolean arm = switch (move.primary()) {
                case ELBOW_FLEXION, SHOULDER_ELEVATION -> true;
                default -> false;
            };
            return switch (move.kind()) {
                case BOTH -> Active.BOTH;
                case SAME -> aside ? near : any(List.of(Active.LEFT, Active.RIGHT));
                case ONE -> any(List.of(near, Active.ALTERNATING));
                case EITHER ->
                    aside
                            ? arm && chance(0.5) ? Active.BOTH : near
                            : any(List.of(Active.LEFT, Active.RIGHT, Active.ALTERNATING, arm ? Active.BOTH : near));
            };
        }

        private BodyModel losses(BodyModel model, CountSweep.Difficulty difficulty) {
            if (difficulty == CountSweep.Difficulty.MEASURED && chance(0.5)) return model;
            double rate =
                    difficulty == CountSweep.Difficulty.HARD ? difficulty.losses() : between(0, difficulty.losses());
            int run = 1 + random.nextInt(3);
            say("%.0f %% lost in runs of %d", 100 * rate, run);
            return chance(0.3) && run == 1 ? model.dropping(rate) : model.losing(rate, run);
        }

        private BodyModel accidents(BodyModel drawn, Move move, double cycle) {
            BodyModel model = drawn;
            double skipped = 0;
            if (chance(0.15)) {
                double pause = between(0.5, 1.5);
                say("pauses %.1f s half way", pause);
                model = model.pausingHalfWay(seconds(pause));
            }
            if (chance(0.15)) {
                double from = between(0, cycle);
                say("begins at %.1f s", from);
                model = model.startingAt(seconds(from));
                skipped = from;
            } else if (chance(0.1) && move != Move.SIT_TO_STAND) { // getting onto the chair would be half of one
                say("walks in and out");
                model = model.arriving(seconds(4), seconds(4));
            }
            double whole = model.length().toMillis() / 1000.0;
            if (chance(0.15)) {
                Limb limb = any(List.of(Limb.values()));
                double time = between(0.2, 0.5);
                double from = between(0, whole);
                say("%s hidden %.1f s at %.1f", limb, time, from);
                model = model.hiding(limb, seconds(from), seconds(time));
            }
            if (chance(0.05)) {
                double time = between(0.2, 0.6);
                double from = between(0, whole);
                say("somebody else tracked %.1f s at %.1f", time, from);
                model = model.overtaken(seconds(from), seconds(time));
                other.add(new Span(Math.round(1000 * (from - skipped)), Math.round(1000 * (from - skipped + time))));
            }
            if (chance(0.05)) {
                say("mirrored");
                model = model.mirrored();
            }
            return model;
        }

        private static Duration seconds(double seconds) {
            return Duration.ofMillis(Math.round(seconds * 1000));
        }
    }
}
