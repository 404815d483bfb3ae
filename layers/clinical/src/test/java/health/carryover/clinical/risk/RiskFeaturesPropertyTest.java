package health.carryover.clinical.risk;

import static health.carryover.clinical.risk.Episode.day;
import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.risk.CarePlan.Outreach;
import health.carryover.clinical.risk.CarePlan.Visit;
import health.carryover.clinical.risk.SessionFact.Recording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What must hold for every history; 300 random ones, each named by its seed. */
class RiskFeaturesPropertyTest {
    private static final double CUT_OFF = 50;

    private static Episode history(Random random) {
        Episode episode = new Episode().perWeek(2 + random.nextInt(6));
        if (random.nextBoolean()) episode.doseFrom(10 + random.nextInt(30), 1 + random.nextInt(7));
        if (random.nextBoolean()) episode.breakOn("2026-01-20", "2026-01-2" + (1 + random.nextInt(9)));
        int sessions = random.nextInt(60);
        for (int i = 0; i < sessions; i++) episode.with(session(random, "s" + i, random.nextDouble() * CUT_OFF));
        for (int i = random.nextInt(4); i > 0; i--)
            episode.visit(Visit.booked(day(0), day(random.nextInt(45)))
                    .becomes(Visit.State.values()[1 + random.nextInt(3)], day(46)));
        if (random.nextBoolean()) episode.message(new Outreach(day(30), random.nextBoolean() ? day(31) : null));
        return episode;
    }

    private static SessionFact session(Random random, String id, double day) {
        Instant endedAt = day(day);
        return new SessionFact(
                id,
                endedAt,
                endedAt.plusSeconds(random.nextInt(200_000)),
                random.nextInt(11) / 10.0,
                random.nextBoolean() ? random.nextInt(11) : null,
                random.nextBoolean() ? random.nextInt(11) : null,
                random.nextBoolean() ? random.nextDouble() : null,
                random.nextBoolean() ? Set.of("bridge") : Set.of("clam", "squat"),
                Recording.values()[random.nextInt(3)]);
    }

    private static void forMany(BiConsumer<Random, Episode> property) {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            property.accept(random, history(random));
        }
    }

    @Test
    void the_order_of_the_uploads_changes_nothing() {
        forMany((random, episode) -> {
            RiskFeatures expected = episode.features(CUT_OFF);
            Collections.shuffle(episode.sessions, random);
            assertThat(episode.features(CUT_OFF)).isEqualTo(expected);
        });
    }

    @Test
    void a_session_sent_twice_changes_nothing() {
        forMany((random, episode) -> {
            RiskFeatures expected = episode.features(CUT_OFF);
            for (SessionFact session : List.copyOf(episode.sessions))
                if (random.nextBoolean())
                    episode.sessions.add(
                            random.nextInt(episode.sessions.size() + 1),
                            random.nextBoolean()
                                    ? session
                                    : Episode.receivedLate(
                                            session,
                                            Duration.between(session.endedAt(), session.receivedAt())
                                                    .plusDays(random.nextInt(3))));
            assertThat(episode.features(CUT_OFF)).isEqualTo(expected);
        });
    }

    @Test
    void what_comes_after_the_cut_off_changes_nothing() {
        forMany((random, episode) -> {
            RiskFeatures expected = episode.features(CUT_OFF);
            for (int i = 0; i < 5; i++) {
                double later = CUT_OFF + 1e-3 + 30 * random.nextDouble();
                episode.with(session(random, "later" + i, later));
                // Done before, heard of afterwards.
                episode.with(Episode.receivedLate(
                        session(random, "late" + i, CUT_OFF * random.nextDouble()), Duration.ofDays(60)));
            }
            episode.doseFrom(CUT_OFF + 0.01, 1)
                    .breakOn("2026-02-01", "2026-03-30", day(CUT_OFF + 1))
                    .visit(Visit.booked(day(CUT_OFF + 1), day(CUT_OFF + 3)))
                    .message(new Outreach(day(CUT_OFF + 0.1), null));
            assertThat(episode.features(CUT_OFF)).isEqualTo(expected);
        });
    }

    @Test
    void what_becomes_of_a_visit_or_message_later_changes_nothing() {
        Episode before = new Episode().visit(Visit.booked(day(1), day(60))).message(new Outreach(day(40), null));
        Episode after = new Episode()
                .visit(Visit.booked(day(1), day(60)).becomes(Visit.State.CANCELLED, day(55)))
                .message(new Outreach(day(40), day(52)));
        assertThat(after.features(CUT_OFF)).isEqualTo(before.features(CUT_OFF));
    }

    @Test
    @ResourceLock(Resources.TIME_ZONE)
    void the_time_zone_of_the_machine_changes_nothing() {
        TimeZone machine = TimeZone.getDefault();
        try {
            List<RiskFeatures> expected = new ArrayList<>();
            TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
            forMany((_, episode) -> expected.add(episode.features(CUT_OFF)));
            List<RiskFeatures> elsewhere = new ArrayList<>();
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            forMany((_, episode) -> elsewhere.add(episode.features(CUT_OFF)));
            assertThat(elsewhere).isEqualTo(expected);
        } finally {
            TimeZone.setDefault(machine);
        }
    }

    @Test
    void every_value_is_within_its_range() {
        forMany((_, episode) -> {
            RiskFeatures features = episode.features(CUT_OFF);
            assertThat(RiskFeatures.of(features.values())).isEqualTo(features);
            for (float column : features.vector()) assertThat(column).isFinite();
        });
    }
}
