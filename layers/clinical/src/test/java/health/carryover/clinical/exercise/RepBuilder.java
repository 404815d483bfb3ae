package health.carryover.clinical.exercise;

import health.carryover.clinical.motion.Angle;
import health.carryover.clinical.motion.Compensation;
import health.carryover.clinical.motion.Rep;
import health.carryover.clinical.motion.Tempo;
import java.time.Duration;
import java.util.Map;

/** A full repetition of 90 degrees in controlled tempo, wholly seen; tests change the one thing they are about. */
final class RepBuilder {
    private Rep.Kind kind = Rep.Kind.FULL;
    private double excursionDeg = 90;
    private Tempo tempo = new Tempo(Duration.ofMillis(1200), Duration.ofMillis(400), Duration.ofMillis(1200));
    private boolean cut;
    private Map<Compensation, Double> strays = Map.of();

    private RepBuilder() {}

    static RepBuilder full() {
        return new RepBuilder();
    }

    static RepBuilder partial(double degrees) {
        RepBuilder builder = new RepBuilder();
        builder.kind = Rep.Kind.PARTIAL;
        builder.excursionDeg = degrees;
        return builder;
    }

    RepBuilder kind(Rep.Kind of) {
        kind = of;
        return this;
    }

    RepBuilder excursion(double degrees) {
        excursionDeg = degrees;
        return this;
    }

    RepBuilder tempo(long upMs, long holdMs, long downMs) {
        tempo = new Tempo(Duration.ofMillis(upMs), Duration.ofMillis(holdMs), Duration.ofMillis(downMs));
        return this;
    }

    RepBuilder cut() {
        cut = true;
        return this;
    }

    RepBuilder strays(Map<Compensation, Double> by) {
        strays = by;
        return this;
    }

    Rep build() {
        Duration length = tempo.up().plus(tempo.hold()).plus(tempo.down());
        return new Rep(
                kind,
                Rep.Sides.BOTH,
                Duration.ZERO,
                length.dividedBy(2),
                length,
                new Angle(5 + excursionDeg),
                excursionDeg,
                tempo,
                cut,
                0.9,
                strays);
    }
}
