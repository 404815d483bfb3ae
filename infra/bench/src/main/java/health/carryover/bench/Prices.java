package health.carryover.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** {@code infra/prices.csv}: what AWS asked for a unit, where, by which page, on which day. */
final class Prices {
    private final Map<String, Double> usd = new HashMap<>();

    private Prices() {}

    static Prices read(Path file) throws IOException {
        Prices prices = new Prices();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows)
                prices.usd.put(
                        row.getField("service") + "/" + row.getField("unit"),
                        Double.parseDouble(row.getField("price_usd")));
        }
        return prices;
    }

    /** @throws IllegalArgumentException naming the price that the file lacks */
    double usd(String service, String unit) {
        Double price = usd.get(service + "/" + unit);
        if (price == null) throw new IllegalArgumentException("infra/prices.csv has no " + service + " per " + unit);
        return price;
    }
}
