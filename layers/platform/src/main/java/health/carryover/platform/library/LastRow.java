package health.carryover.platform.library;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Of a data file whose rows are the versions of one rule: the rule in force. */
final class LastRow {
    private LastRow() {}

    static NamedCsvRecord of(String file) {
        try (InputStream in = LastRow.class.getResourceAsStream(file)) {
            if (in == null) throw new IllegalStateException(file + " is not on the class path");
            return CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8)).stream()
                    .reduce((first, second) -> second)
                    .orElseThrow(() -> new IllegalStateException(file + " has no row"));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
