package health.carryover.local.cost;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a month costs. Fixed rows are counted in the template; variable ones are what {@code usage.csv} says that each
 * activity needs, as often as {@code activities.csv} says that a patient does it, with the memory that the template
 * gives each function.
 */
public final class Bill {
    /**
     * One unit of one service.
     *
     * @param fixed whether it is there without any patient
     * @param quantity units a month
     * @param free of them for nothing
     * @param usd for the rest
     */
    public record Row(boolean fixed, String service, String unit, double quantity, double free, double usd) {}

    private record Unit(String service, String name) {}

    private static final double ECR_GB = 1.0;
    private static final int CUSTOM_METRICS = 8;

    private final List<Row> rows = new ArrayList<>();

    /**
     * @param patients in all clinics together
     * @param freeTier whether what every account has for nothing is taken off
     * @param folder {@code infra/cost}
     */
    public Bill(Template template, Path folder, Prices prices, int patients, boolean freeTier) throws IOException {
        fixed(template).forEach((unit, quantity) -> add(true, unit, quantity, prices, freeTier));
        variable(template, folder, patients).forEach((unit, quantity) -> add(false, unit, quantity, prices, freeTier));
    }

    private void add(boolean fixed, Unit unit, double quantity, Prices prices, boolean freeTier) {
        double free = freeTier ? Math.min(quantity, prices.free(unit.service(), unit.name())) : 0;
        rows.add(new Row(
                fixed,
                unit.service(),
                unit.name(),
                quantity,
                free,
                (quantity - free) * prices.usd(unit.service(), unit.name())));
    }

    private static Map<Unit, Double> fixed(Template template) {
        Map<Unit, Double> units = new LinkedHashMap<>();
        units.put(new Unit("KMS", "key-month"), count(template, "AWS::KMS::Key"));
        units.put(new Unit("CloudWatch", "alarm-month"), count(template, "AWS::CloudWatch::Alarm"));
        units.put(new Unit("CloudWatch", "dashboard-month"), count(template, "AWS::CloudWatch::Dashboard"));
        units.put(new Unit("CloudWatch", "custom metric-month"), (double) CUSTOM_METRICS);
        units.put(new Unit("ECR", "GB-month stored"), ECR_GB);
        List<Resource> firewalls = template.ofType("AWS::WAFv2::WebACL");
        if (!firewalls.isEmpty()) {
            units.put(new Unit("WAF", "web ACL-month"), (double) firewalls.size());
            units.put(
                    new Unit("WAF", "rule-month"),
                    firewalls.stream()
                            .mapToDouble(one -> one.at("Rules").size())
                            .sum());
        }
        return units;
    }

    private static double count(Template template, String type) {
        return template.ofType(type).size();
    }

    private static Map<Unit, Double> variable(Template template, Path folder, int patients) throws IOException {
        Map<String, Double> often = new HashMap<>();
        try (CsvReader<NamedCsvRecord> file = CsvReader.builder().ofNamedCsvRecord(folder.resolve("activities.csv"))) {
            for (NamedCsvRecord row : file)
                often.put(row.getField("activity"), Prices.number(row, "per_patient_month"));
        }
        Map<Unit, Double> units = new LinkedHashMap<>();
        try (CsvReader<NamedCsvRecord> file = CsvReader.builder().ofNamedCsvRecord(folder.resolve("usage.csv"))) {
            for (NamedCsvRecord row : file) {
                Double times = often.get(row.getField("activity"));
                if (times == null)
                    throw new IOException(
                            "usage.csv, line " + row.getStartingLineNumber() + ": activities.csv has no such activity");
                double quantity = patients * times * Prices.number(row, "quantity");
                if (row.getField("unit").equals("ms")) {
                    units.merge(new Unit("Lambda", "request"), patients * times, Double::sum);
                    units.merge(
                            new Unit("Lambda", "GB-second arm64"),
                            quantity / 1000 * gigabytes(template, row),
                            Double::sum);
                } else units.merge(new Unit(row.getField("service"), row.getField("unit")), quantity, Double::sum);
                boolean asks = row.getField("service").equals("APIGateway");
                if (asks && !template.ofType("AWS::WAFv2::WebACL").isEmpty())
                    units.merge(new Unit("WAF", "request"), quantity, Double::sum);
            }
        }
        return units;
    }

    private static double gigabytes(Template template, NamedCsvRecord row) throws IOException {
        Resource function = template.resource(row.getField("function"));
        if (function == null)
            throw new IOException("usage.csv, line " + row.getStartingLineNumber() + ": the template has no function "
                    + row.getField("function"));
        return Double.parseDouble(Objects.requireNonNull(function.text("MemorySize"))) / 1024;
    }

    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** US dollars a month. */
    public double usd(boolean fixed) {
        return rows.stream()
                .filter(row -> row.fixed() == fixed)
                .mapToDouble(Row::usd)
                .sum();
    }
}
