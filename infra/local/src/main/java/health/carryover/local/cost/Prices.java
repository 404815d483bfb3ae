package health.carryover.local.cost;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** {@code infra/cost/prices.csv}: what AWS asked for a unit, where, by which page, on which day. */
public final class Prices {
    private record Price(double usd, double free) {}

    private final Map<String, Price> prices = new HashMap<>();
    private final TreeSet<String> dates = new TreeSet<>();

    private Prices() {}

    /** @throws IOException also when a number cannot be read, with its row */
    public static Prices read(Path file) throws IOException {
        Prices read = new Prices();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                read.prices.put(
                        row.getField("service") + "/" + row.getField("unit"),
                        new Price(number(row, "price_usd"), number(row, "free_per_month")));
                read.dates.add(row.getField("date"));
            }
        }
        return read;
    }

    static double number(NamedCsvRecord row, String field) throws IOException {
        try {
            double number = Double.parseDouble(row.getField(field));
            if (number >= 0 && Double.isFinite(number)) return number;
        } catch (NumberFormatException _) {
            // said below
        }
        throw new IOException("line " + row.getStartingLineNumber() + ": " + field + " is no number of at least 0");
    }

    /** @throws IllegalArgumentException naming the price that the file lacks */
    public double usd(String service, String unit) {
        return price(service, unit).usd();
    }

    /** Units a month that every account has for nothing, without an end. */
    double free(String service, String unit) {
        return price(service, unit).free();
    }

    private Price price(String service, String unit) {
        Price price = prices.get(service + "/" + unit);
        if (price == null)
            throw new IllegalArgumentException("infra/cost/prices.csv has no " + service + " per " + unit);
        return price;
    }

    /** The oldest and the newest day on which a price was looked up. */
    public String dates() {
        return dates.first().equals(dates.last()) ? dates.first() : dates.first() + " to " + dates.last();
    }
}
