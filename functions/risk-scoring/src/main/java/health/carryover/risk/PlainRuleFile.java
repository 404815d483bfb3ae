package health.carryover.risk;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import health.carryover.clinical.risk.PlainRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The thresholds of the plain rule: a file beside the code, with the source of each number. */
public final class PlainRuleFile {
    private static final String FILE = "/risk-rules/plain-rule.csv";

    private PlainRuleFile() {}

    /** The thresholds this version ships with; a damaged file is refused when it is read, not when it is used. */
    public static PlainRule shipped() {
        Map<String, String> values = new HashMap<>();
        try (InputStream file = PlainRuleFile.class.getResourceAsStream(FILE)) {
            if (file == null) throw new IllegalStateException(FILE + " is not on the class path");
            try (CsvReader<NamedCsvRecord> rows =
                    CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(file, StandardCharsets.UTF_8))) {
                for (NamedCsvRecord row : rows) values.put(row.getField("name"), row.getField("value"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
        return new PlainRule(
                value(values, "version"),
                Double.parseDouble(value(values, "high_days_since")),
                Double.parseDouble(value(values, "medium_days_since")),
                Double.parseDouble(value(values, "high_dose_ratio")),
                Double.parseDouble(value(values, "medium_dose_ratio")),
                Duration.ofHours(Long.parseLong(value(values, "first_session_within"))),
                Duration.ofDays(Long.parseLong(value(values, "early"))));
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) throw new IllegalStateException(FILE + " lacks " + name);
        return value;
    }
}
