package health.carryover.platform.library;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import health.carryover.clinical.adherence.PainRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The pain rule in force, from {@code pain-rule.csv}. */
public final class PainRules {
    private static final String FILE = "pain-rule.csv";

    private PainRules() {}

    /** The last row of the file. */
    public static PainRule inForce() {
        try (InputStream file = PainRules.class.getResourceAsStream(FILE)) {
            if (file == null) throw new IllegalStateException(FILE + " is not on the class path");
            NamedCsvRecord row =
                    CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(file, StandardCharsets.UTF_8)).stream()
                            .reduce((first, second) -> second)
                            .orElseThrow(() -> new IllegalStateException(FILE + " has no row"));
            return new PainRule(
                    row.getField("version"),
                    Integer.parseInt(row.getField("high_after")),
                    Integer.parseInt(row.getField("rise_with_high")),
                    Integer.parseInt(row.getField("rise")));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }
}
