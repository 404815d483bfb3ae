package health.carryover.training;

import health.carryover.risk.ModelManifest.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Several models' probabilities for the same rows, held against what happened. */
final class Judgement {
    static final String POOLED = "pooled";

    private static final double JUST_ACTIVE_DAYS = 3;
    private static final long LAPSE_DAYS = 14;
    /** A flag four weeks old is no warning of this lapse any more. */
    private static final long MOST_LEAD_DAYS = 28;

    private static final double FLAGGED = 0.2;
    private static final List<Measure> TOLD = List.of(
            Measure.AUC,
            Measure.AVERAGE_PRECISION,
            Measure.BRIER,
            Measure.CALIBRATION_SLOPE,
            Measure.CALIBRATION_INTERCEPT,
            Measure.ECE,
            Measure.PPV15,
            Measure.RECALL15,
            Measure.PPV20,
            Measure.RECALL20);

    private final List<Example> rows;
    private final Map<String, double[]> probabilities;
    private final long seed;
    private final List<Metrics> models = new ArrayList<>();
    private final List<Report.Interval> intervals = new ArrayList<>();
    private final List<Report.Gain> gains = new ArrayList<>();
    private final List<Report.Early> early = new ArrayList<>();

    private Judgement(List<Example> rows, Map<String, double[]> probabilities, long seed) {
        this.rows = rows;
        this.probabilities = probabilities;
        this.seed = seed;
    }

    /** @param transfer rows judged elsewhere, to be reported beside */
    static Report of(
            String label,
            String served,
            List<Example> rows,
            Map<String, double[]> probabilities,
            List<Metrics> transfer,
            long seed) {
        return new Judgement(rows, probabilities, seed).report(label, served, transfer);
    }

    /** A row per model for the rows given, under the name of a data set. */
    static List<Metrics> metrics(String dataset, List<Example> rows, Map<String, double[]> probabilities, long seed) {
        Judgement judgement = new Judgement(rows, probabilities, seed);
        judgement.judge(dataset, _ -> true);
        return judgement.models;
    }

    private Report report(String label, String served, List<Metrics> transfer) {
        for (String dataset :
                rows.stream().map(Example::dataset).distinct().sorted().toList()) {
            judge(dataset, row -> row.dataset().equals(dataset));
            warn(dataset, row -> row.dataset().equals(dataset));
        }
        judge(POOLED, _ -> true);
        warn(POOLED, _ -> true);
        return new Report(label, served, models, intervals, gains, early, leads(), subgroups(served), transfer);
    }

    /** Some of the rows with what each model says of them. */
    private record Part(List<Example> rows, Map<String, double[]> probabilities) {}

    private Part part(Predicate<Example> chosen) {
        int[] at = IntStream.range(0, rows.size())
                .filter(i -> chosen.test(rows.get(i)))
                .toArray();
        Map<String, double[]> some = new LinkedHashMap<>();
        probabilities.forEach((name, p) ->
                some.put(name, Arrays.stream(at).mapToDouble(i -> p[i]).toArray()));
        return new Part(Arrays.stream(at).mapToObj(rows::get).toList(), some);
    }

    private void judge(String dataset, Predicate<Example> chosen) {
        Part part = part(chosen);
        Map<String, double[][]> drawn = draw(part);
        part.probabilities().forEach((name, p) -> {
            double[] found = new Evaluation(part.rows(), p).measures();
            double[][] draws = drawn.getOrDefault(name, new double[0][]);
            double[] auc = PersonBootstrap.interval(draws, Measure.AUC);
            models.add(new Metrics(
                    name,
                    dataset,
                    part.rows().size(),
                    positives(part.rows()),
                    found[Measure.AUC.ordinal()],
                    auc[0],
                    auc[1],
                    found[Measure.AVERAGE_PRECISION.ordinal()],
                    found[Measure.BRIER.ordinal()],
                    found[Measure.CALIBRATION_SLOPE.ordinal()],
                    found[Measure.CALIBRATION_INTERCEPT.ordinal()],
                    found[Measure.ECE.ordinal()],
                    found[Measure.PPV15.ordinal()],
                    found[Measure.RECALL15.ordinal()],
                    found[Measure.PPV20.ordinal()],
                    found[Measure.RECALL20.ordinal()]));
            for (Measure measure : TOLD) {
                double[] interval = PersonBootstrap.interval(draws, measure);
                intervals.add(new Report.Interval(
                        name, dataset, measure.name(), found[measure.ordinal()], interval[0], interval[1]));
            }
        });
        gains(dataset, part, drawn);
    }

    private Map<String, double[][]> draw(Part part) {
        PersonBootstrap bootstrap = new PersonBootstrap(part.rows(), seed);
        Map<String, double[][]> drawn = new LinkedHashMap<>();
        part.probabilities().forEach((name, p) -> drawn.put(name, bootstrap.measures(p)));
        return drawn;
    }

    private void gains(String dataset, Part part, Map<String, double[][]> drawn) {
        for (String rule : List.of(Candidates.DAYS_SINCE, Candidates.FEWEST)) {
            double[] ruleProbabilities = part.probabilities().get(rule);
            double[][] ruleDraws = drawn.get(rule);
            if (ruleProbabilities == null || ruleDraws == null) continue;
            double[] base = new Evaluation(part.rows(), ruleProbabilities).measures();
            drawn.forEach((name, draws) -> {
                if (name.equals(rule)) return;
                double[] found = new Evaluation(
                                part.rows(), part.probabilities().getOrDefault(name, ruleProbabilities))
                        .measures();
                for (Measure measure : List.of(Measure.AUC, Measure.RECALL20, Measure.BRIER)) {
                    boolean less = measure == Measure.BRIER;
                    double[] interval = less
                            ? PersonBootstrap.difference(ruleDraws, draws, measure)
                            : PersonBootstrap.difference(draws, ruleDraws, measure);
                    double gain = found[measure.ordinal()] - base[measure.ordinal()];
                    gains.add(new Report.Gain(
                            name, rule, dataset, measure.name(), less ? -gain : gain, interval[0], interval[1]));
                }
            });
        }
    }

    private void warn(String dataset, Predicate<Example> chosen) {
        Part part = part(row -> chosen.test(row) && row.daysSince() < JUST_ACTIVE_DAYS);
        int positives = positives(part.rows());
        if (positives == 0) return;
        Map<String, double[][]> drawn = draw(part);
        drawn.forEach((name, draws) -> {
            double[] p = part.probabilities().get(name);
            if (p == null) return;
            double[] found = new Evaluation(part.rows(), p).measures();
            double[] auc = PersonBootstrap.interval(draws, Measure.AUC);
            double[] recall = PersonBootstrap.interval(draws, Measure.RECALL20);
            early.add(new Report.Early(
                    name,
                    dataset,
                    part.rows().size(),
                    positives,
                    found[Measure.AUC.ordinal()],
                    auc[0],
                    auc[1],
                    found[Measure.RECALL20.ordinal()],
                    recall[0],
                    recall[1]));
        });
        if (dataset.equals(POOLED)) gains("early-warning", part, drawn);
    }

    private static int positives(List<Example> rows) {
        return (int) rows.stream().filter(Example::lapsed).count();
    }

    private List<Report.Lead> leads() {
        List<Report.Lead> leads = new ArrayList<>();
        probabilities.forEach((name, p) -> leads.add(lead(name, p)));
        return leads;
    }

    /**
     * A lapse is a row of positive landmarks of a person without a negative one between; it is complete 14 days after the
     * last session. The flag counts from the first of the flagged landmarks that lead up to it without a gap.
     */
    private Report.Lead lead(String name, double[] p) {
        int[] order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        boolean[] flagged = new boolean[p.length];
        for (int i = 0; i < Math.ceil(FLAGGED * p.length); i++) flagged[order[i]] = true;
        Map<String, List<Integer>> byPerson = new LinkedHashMap<>();
        for (int i = 0; i < p.length; i++)
            byPerson.computeIfAbsent(rows.get(i).key(), _ -> new ArrayList<>()).add(i);
        int lapses = 0;
        List<Double> ahead = new ArrayList<>();
        for (List<Integer> person : byPerson.values()) {
            person.sort(Comparator.comparingLong(i -> rows.get(i).day()));
            for (int at = 0; at < person.size(); at++) {
                if (!rows.get(person.get(at)).lapsed()
                        || at > 0 && rows.get(person.get(at - 1)).lapsed()) continue;
                lapses++;
                Example first = rows.get(person.get(at));
                double complete = first.day() - Math.floor(first.daysSince()) + LAPSE_DAYS;
                int flag = -1;
                for (int i = at; i < person.size() && rows.get(person.get(i)).day() < complete; i++)
                    if (flag < 0 && flagged[person.get(i)]) flag = i;
                if (flag < 0) continue;
                while (flag > 0
                        && flagged[person.get(flag - 1)]
                        && rows.get(person.get(flag - 1)).day() >= complete - MOST_LEAD_DAYS) flag--;
                ahead.add(complete - rows.get(person.get(flag)).day());
            }
        }
        ahead.sort(null);
        long week = ahead.stream().filter(days -> days >= 7).count();
        return new Report.Lead(
                name,
                lapses,
                lapses == 0 ? 0 : ahead.size() / (double) lapses,
                ahead.isEmpty() ? 0 : ahead.get(ahead.size() / 2),
                lapses == 0 ? 0 : week / (double) lapses);
    }

    private List<Report.Subgroup> subgroups(String served) {
        List<Report.Subgroup> groups = new ArrayList<>();
        for (String trait : LogCohort.TRAITS) {
            if (trait.equals("team")) continue;
            Set<String> values = new LinkedHashSet<>();
            for (Example row : rows) values.add(row.traits().getOrDefault(trait, "unknown"));
            for (String value : values.stream().sorted().toList()) {
                Part part =
                        part(row -> row.traits().getOrDefault(trait, "unknown").equals(value));
                double[] p = part.probabilities().get(served);
                if (p == null) continue;
                double[] found = new Evaluation(part.rows(), p).measures();
                groups.add(new Report.Subgroup(
                        served,
                        trait,
                        value,
                        (int) part.rows().stream().map(Example::key).distinct().count(),
                        part.rows().size(),
                        positives(part.rows()),
                        found[Measure.AUC.ordinal()],
                        found[Measure.RECALL20.ordinal()]));
            }
        }
        return groups;
    }
}
