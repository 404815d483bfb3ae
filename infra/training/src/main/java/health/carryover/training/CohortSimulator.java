package health.carryover.training;

import health.carryover.clinical.risk.CarePlan;
import health.carryover.clinical.risk.CarePlan.Dose;
import health.carryover.clinical.risk.CarePlan.Outreach;
import health.carryover.clinical.risk.CarePlan.PlannedBreak;
import health.carryover.clinical.risk.CarePlan.Visit;
import health.carryover.clinical.risk.Lapse14;
import health.carryover.clinical.risk.SessionFact;
import health.carryover.clinical.risk.SessionFact.Recording;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * People who do not exist. Their numbers are assumptions, not estimates: a model trained on them can be checked for
 * being built right, never for being right about patients.
 *
 * <p>Each day a person exercises with a probability whose logit adds up
 * <ul>
 *   <li>motivation: a person's own level and a random walk around it; it falls for good when somebody quietly gives up
 *       (over one to four weeks, so the signs come before the silence), when pain is gone and the exercises seem
 *       pointless, or when visits are missed;
 *   <li>habit: grows by each session, decays by each missed day, and keeps the time of day together;
 *   <li>pain: falls over weeks, flares at random and after sessions, and keeps some people away more than others;
 *   <li>life events: two days to two weeks in which little is possible; a third is announced as a planned break;
 *   <li>chance: the same person does not do the same thing twice.
 * </ul>
 * Device trouble makes sessions be checked off by hand, arrive late or never, and phones fall silent. Visits are
 * weekly for six weeks, then every two to four weeks. Messages go out after some days without a session. Plans end by discharge, goals met,
 * surgery, hold, transfer or withdrawn consent.
 *
 * <p>Person {@code n} of a seed is the same whatever the size of the cohort.
 */
public final class CohortSimulator {
    private static final LocalDate FIRST_START = LocalDate.of(2024, 1, 8);
    private static final int START_SPREAD_DAYS = 364;
    private static final int FIRST_CUT_OFF_DAY = 21;
    private static final List<String> ZONES = List.of(
            "America/New_York",
            "America/Chicago",
            "America/Denver",
            "America/Los_Angeles",
            "America/Phoenix",
            "Pacific/Honolulu");
    private static final int[] DOSES = {3, 4, 5, 5, 7};
    private static final int[] LATER_VISITS = {14, 14, 21, 28};
    private static final LocalTime NIGHT = LocalTime.of(2, 0);

    private CohortSimulator() {}

    /** {@code persons} episodes; the same for the same seed. */
    public static List<SimulatedPerson> cohort(long seed, int persons) {
        return IntStream.range(0, persons).mapToObj(n -> person(seed, n)).toList();
    }

    /** Person {@code number} of a seed, who is the same whatever the size of the cohort. */
    static SimulatedPerson person(long seed, int number) {
        return new Life(new SplittableRandom(seed * 1_000_003L + number), number).live();
    }

    private static double logistic(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /** One person's weeks, day by day. */
    private static final class Life {
        private final SplittableRandom random;
        private final int number;

        // Who it is.
        private final ZoneId zone;
        private final LocalDate start;
        private final Instant prescribedAt;
        private final int planDays;
        private final double ownMotivation;
        private final double painAvoidance;
        private final double recoveryPerDay;
        private final double usualHour;
        private final double ownForm;
        private final int exercises = 6;
        private final double[] dislike = new double[exercises];

        // How it is today.
        private double mood;
        private double habit = 0.35;
        private double pain;
        private double flare;
        private double giveUp;
        private double givingUpPerDay;
        private int busyDaysLeft;
        private double busyEffect;
        private int troubleDaysLeft;
        private boolean troubleDelays;
        private boolean troubleLoses;
        private Instant troubleEnds = Instant.EPOCH;
        private double lift;
        private int daysIdle;
        private int dose;
        private int owed;

        // What is on record.
        private final List<Dose> doses = new ArrayList<>();
        private final List<PlannedBreak> breaks = new ArrayList<>();
        private final List<Visit> visits = new ArrayList<>();
        private final List<Outreach> outreach = new ArrayList<>();
        private final List<SessionFact> sessions = new ArrayList<>();
        private final List<Lapse14.Silence> silences = new ArrayList<>();
        private @Nullable Visit nextVisit;

        Life(SplittableRandom random, int number) {
            this.random = random;
            this.number = number;
            zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            start = FIRST_START.plusDays(random.nextInt(START_SPREAD_DAYS));
            prescribedAt = at(start, 9 + 8 * random.nextDouble());
            planDays = 7 * (8 + random.nextInt(15));
            ownMotivation = 0.9 + 0.9 * random.nextGaussian();
            painAvoidance = Math.abs(0.25 * random.nextGaussian());
            recoveryPerDay = 0.01 + 0.03 * random.nextDouble();
            usualHour = random.nextDouble() < 0.55 ? 7.5 + random.nextGaussian() : 18.5 + 1.2 * random.nextGaussian();
            ownForm = 0.68 + 0.09 * random.nextGaussian();
            for (int i = 0; i < exercises; i++) dislike[i] = random.nextGaussian();
            pain = 2.5 + 4 * random.nextDouble();
            dose = DOSES[random.nextInt(DOSES.length)];
            doses.add(new Dose(prescribedAt, dose));
        }

        private Instant at(LocalDate day, double hour) {
            int second = (int) Math.round(Math.clamp(hour, 0, 23.99) * 3600);
            return day.atTime(LocalTime.ofSecondOfDay(second)).atZone(zone).toInstant();
        }

        SimulatedPerson live() {
            LocalDate planned = start.plusDays(planDays);
            Lapse14.@Nullable PlanEnd end = null;
            bookVisit(start, 7);
            for (LocalDate day = start; day.isBefore(planned) && end == null; day = day.plusDays(1)) {
                long dayOfPlan = start.until(day, ChronoUnit.DAYS);
                drift();
                lifeHappens(day);
                deviceMisbehaves(day);
                visit(day, dayOfPlan);
                exercise(day);
                remind(day);
                if (dayOfPlan % 7 == 6) changeDose(day, dayOfPlan);
                end = surprise(day);
            }
            if (end == null)
                end = new Lapse14.PlanEnd(
                        random.nextDouble() < 0.6 ? Lapse14.Ending.DISCHARGE : Lapse14.Ending.GOALS_MET,
                        at(planned, 12));
            List<Instant> cutOffs = new ArrayList<>();
            for (LocalDate day = start.plusDays(FIRST_CUT_OFF_DAY);
                    day.atTime(NIGHT).atZone(zone).toInstant().isBefore(end.at());
                    day = day.plusDays(7))
                cutOffs.add(day.atTime(NIGHT).atZone(zone).toInstant());
            Lapse14.Observation observation =
                    new Lapse14.Observation(List.of(end), silences, end.at().plus(Duration.ofDays(60)));
            return new SimulatedPerson(
                    "sim-%05d".formatted(number),
                    new CarePlan(zone, doses, breaks, visits, outreach),
                    sessions,
                    observation,
                    cutOffs);
        }

        private void drift() {
            mood += -0.04 * mood + 0.16 * random.nextGaussian();
            lift *= 0.9;
            pain = Math.max(0, pain - recoveryPerDay);
            flare *= 0.8;
            if (random.nextDouble() < 0.012) flare += 1 + 2.5 * random.nextDouble();
            if (givingUpPerDay == 0) {
                double hazard = 0.0045 * Math.exp(-0.45 * (ownMotivation + mood) + 0.25 * flare);
                if (pain < 0.8) hazard += 0.008;
                if (random.nextDouble() < hazard) givingUpPerDay = 0.12 + 0.5 * random.nextDouble();
            } else if (random.nextDouble() < 0.012) {
                givingUpPerDay = 0;
                giveUp *= 0.4;
            }
            giveUp = Math.clamp(giveUp + givingUpPerDay, 0, 5);
            if (givingUpPerDay == 0) giveUp *= 0.97;
        }

        private void lifeHappens(LocalDate day) {
            if (busyDaysLeft > 0) {
                busyDaysLeft--;
            } else if (random.nextDouble() < 0.011) {
                busyDaysLeft = 2 + random.nextInt(12);
                busyEffect = 1.5 + 2.5 * random.nextDouble();
                if (random.nextDouble() < 0.33) {
                    busyEffect = 3;
                    LocalDate first = day.plusDays(random.nextInt(2));
                    breaks.add(new PlannedBreak(first, first.plusDays(busyDaysLeft), at(day, 8)));
                }
            }
        }

        private void deviceMisbehaves(LocalDate day) {
            if (troubleDaysLeft > 0) {
                troubleDaysLeft--;
            } else if (random.nextDouble() < 0.007) {
                double kind = random.nextDouble();
                troubleDelays = kind < 0.3;
                troubleLoses = kind >= 0.3 && kind < 0.38;
                // Silence is mostly short; now and then a phone is lost or never opened again for weeks.
                troubleDaysLeft = troubleDelays || troubleLoses
                        ? random.nextDouble() < 0.04
                                ? 40
                                : (int) Math.min(14, 1 - 3 * Math.log(1 - random.nextDouble()))
                        : 2 + random.nextInt(17);
                troubleEnds = at(day.plusDays(troubleDaysLeft + 1L), 12);
                if (troubleDelays || troubleLoses) silences.add(new Lapse14.Silence(at(day, 0), troubleEnds));
            }
        }

        private void bookVisit(LocalDate from, int days) {
            nextVisit = Visit.booked(at(from, 10), at(from.plusDays(days), 9 + random.nextInt(8)));
        }

        private void visit(LocalDate day, long dayOfPlan) {
            Visit visit = nextVisit;
            if (visit == null) {
                if (random.nextDouble() < 0.02) bookVisit(day, 3 + random.nextInt(7));
                return;
            }
            if (!visit.at().atZone(zone).toLocalDate().equals(day)) return;
            int interval = dayOfPlan < 42 ? 7 : LATER_VISITS[random.nextInt(LATER_VISITS.length)];
            boolean comes = random.nextDouble()
                    < logistic(2.2 + 0.7 * (ownMotivation + mood) - 0.6 * giveUp - (busyDaysLeft > 0 ? 1 : 0));
            if (comes) {
                visits.add(visit.becomes(Visit.State.ATTENDED, visit.at()));
                lift += 0.5;
                giveUp = Math.max(0, giveUp - 0.4);
                bookVisit(day, interval);
            } else {
                boolean cancels = random.nextDouble() < 0.6;
                visits.add(
                        cancels
                                ? visit.becomes(Visit.State.CANCELLED, at(day.minusDays(1), 15))
                                : visit.becomes(Visit.State.MISSED, visit.at()));
                if (random.nextDouble() < 0.6) bookVisit(day, interval);
                else nextVisit = null;
            }
        }

        private double wish() {
            return 0.75
                    + ownMotivation
                    + mood
                    + 2.2 * (habit - 0.4)
                    + lift
                    - giveUp
                    - painAvoidance * Math.max(0, pain + 1.5 * flare - 3)
                    - (busyDaysLeft > 0 ? busyEffect : 0);
        }

        private void exercise(LocalDate day) {
            boolean due = random.nextDouble() < dose / 7.0;
            if (due) owed = Math.min(2, owed + 1);
            double chance = owed > 0 ? logistic(wish()) : 0.02;
            boolean does = random.nextDouble() < chance;
            habit += does ? 0.05 * (1 - habit) : due ? -0.06 * habit : 0;
            if (!does) {
                daysIdle++;
                if (owed > 0 && random.nextDouble() < 0.6) owed--;
                return;
            }
            owed = Math.max(0, owed - 1);
            daysIdle = 0;
            record(day);
        }

        private void record(LocalDate day) {
            double spread = 0.6 + 3.2 * (1 - habit) + 0.8 * Math.min(giveUp, 3) + (busyDaysLeft > 0 ? 2 : 0);
            Instant endedAt = at(day, usualHour + spread * random.nextGaussian());
            if (endedAt.isBefore(prescribedAt)) return;
            double willing = wish();
            double felt = pain + flare;
            @Nullable Integer before = random.nextDouble() < 0.9 ? points(felt + 0.6 * random.nextGaussian()) : null;
            boolean flares = random.nextDouble() < 0.05 + 0.02 * felt;
            if (flares) flare += 0.6;
            @Nullable
            Integer after = before != null && random.nextDouble() < 0.95
                    ? points(before + (flares ? 2 + random.nextDouble() : 0.5 * random.nextGaussian()))
                    : null;
            Set<String> skipped = new HashSet<>();
            for (int i = 0; i < exercises; i++)
                if (random.nextDouble() < logistic(-3.4 + 1.1 * dislike[i] - 0.5 * willing + 0.15 * felt))
                    skipped.add("exercise-" + (i + 1));
            double done = Math.clamp(
                    (exercises - skipped.size()) / (double) exercises
                            - (random.nextDouble() < logistic(-1.5 - 0.6 * willing) ? 0.3 * random.nextDouble() : 0),
                    0.1,
                    1);
            boolean trouble = troubleDaysLeft > 0;
            boolean byHand = random.nextDouble() < (trouble ? 0.7 : 0.06);
            @Nullable
            Double form = byHand
                    ? null
                    : Double.valueOf(Math.clamp(
                            ownForm + 0.015 * willing + 0.1 * habit - 0.02 * giveUp + 0.06 * random.nextGaussian(),
                            0,
                            1));
            Recording recording =
                    byHand ? Recording.MANUAL : random.nextDouble() < 0.8 ? Recording.CAMERA : Recording.SENSOR;
            if (trouble && troubleLoses) return;
            Instant receivedAt = trouble && troubleDelays
                    ? troubleEnds
                    : endedAt.plusSeconds(30 + random.nextInt(random.nextDouble() < 0.05 ? 86_400 : 300));
            sessions.add(new SessionFact(
                    "sim-%05d-%04d".formatted(number, sessions.size()),
                    endedAt,
                    receivedAt.isBefore(endedAt) ? endedAt : receivedAt,
                    done,
                    before,
                    after,
                    form,
                    skipped,
                    recording));
        }

        private static int points(double pain) {
            return (int) Math.clamp(Math.round(pain), 0, 10);
        }

        private void remind(LocalDate day) {
            boolean quiet = outreach.isEmpty() || outreach.getLast().sentAt().isBefore(at(day.minusDays(10), 10));
            if (daysIdle < 5 || !quiet || random.nextDouble() > 0.25) return;
            Instant sent = at(day, 10);
            boolean answers = random.nextDouble() < logistic(0.4 + 0.6 * (ownMotivation + mood) - 0.7 * giveUp);
            outreach.add(new Outreach(sent, answers ? sent.plusSeconds(600 + random.nextInt(40 * 3600)) : null));
            if (answers) {
                lift += 0.8;
                if (random.nextDouble() < 0.25) {
                    givingUpPerDay = 0;
                    giveUp *= 0.5;
                }
            }
        }

        private void changeDose(LocalDate day, long dayOfPlan) {
            if (random.nextDouble() > 0.05) return;
            int changed = Math.clamp(dose + (random.nextBoolean() ? 1 : -1), 2, 7);
            if (changed == dose || dayOfPlan < 7) return;
            dose = changed;
            doses.add(new Dose(at(day, 12), dose));
        }

        private Lapse14.@Nullable PlanEnd surprise(LocalDate day) {
            double chance = random.nextDouble();
            if (chance < 0.0004) return new Lapse14.PlanEnd(Lapse14.Ending.SURGERY, at(day, 22));
            if (chance < 0.0010) return new Lapse14.PlanEnd(Lapse14.Ending.HOLD, at(day, 22));
            if (chance < 0.0014) return new Lapse14.PlanEnd(Lapse14.Ending.TRANSFER, at(day, 22));
            if (chance < 0.0016) return new Lapse14.PlanEnd(Lapse14.Ending.CONSENT_WITHDRAWN, at(day, 22));
            return null;
        }
    }
}
