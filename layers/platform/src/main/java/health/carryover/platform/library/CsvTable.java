package health.carryover.platform.library;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import health.carryover.platform.library.InvalidLibraryException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads library files; a clinic may have written them, so nothing in them is trusted. */
final class CsvTable {
    static final int LONGEST_FILE = 1_000_000; // characters
    static final int MOST_ROWS = 2_000;
    static final int LONGEST_FIELD = 500; // characters
    private static final int MOST_PROBLEMS = 100;

    private CsvTable() {}

    /** A file beside this class. */
    static String builtIn(String file) {
        try (InputStream bytes = CsvTable.class.getResourceAsStream(file)) {
            if (bytes == null) throw new IllegalStateException(file + " is not on the class path");
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /**
     * The rows with the right number of fields of the right length.
     * @param file its name, for messages
     * @param problems takes what is wrong
     */
    static List<CsvRow> read(String file, String text, List<String> columns, List<Problem> problems) {
        if (text.length() > LONGEST_FILE) {
            problems.add(new Problem(file, 0, "", "longer than " + LONGEST_FILE + " characters"));
            return List.of();
        }
        List<CsvRow> rows = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> records = CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofNamedCsvRecord(withoutMark(text))) {
            int number = 1; // the heading
            for (NamedCsvRecord fields : records) {
                number++;
                if (!fields.getHeader().equals(columns)) {
                    problems.add(new Problem(file, 1, "", "the columns are not " + String.join(",", columns)));
                    return List.of();
                }
                if (rows.size() == MOST_ROWS) {
                    problems.add(new Problem(file, number, "", "more than " + MOST_ROWS + " rows"));
                    return rows;
                }
                if (hasRightFields(fields, file, number, columns, problems))
                    rows.add(new CsvRow(fields, file, number, problems));
            }
        } catch (CsvParseException e) {
            problems.add(new Problem(file, rows.size() + 2, "", "not CSV from here on"));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
        return rows;
    }

    /** Throws what is wrong, if anything. */
    static void refuse(List<Problem> problems) {
        if (problems.isEmpty()) return;
        List<Problem> told = new ArrayList<>(problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())));
        throw new InvalidLibraryException(told);
    }

    private static boolean hasRightFields(
            NamedCsvRecord fields, String file, int number, List<String> columns, List<Problem> problems) {
        int count = fields.getFieldCount();
        if (count != columns.size()) {
            problems.add(new Problem(file, number, "", "has " + count + " fields instead of " + columns.size()));
            return false;
        }
        boolean right = true;
        for (String column : columns)
            if (fields.getField(column).length() > LONGEST_FIELD) {
                problems.add(new Problem(file, number, column, "longer than " + LONGEST_FIELD + " characters"));
                right = false;
            }
        return right;
    }

    /** Spreadsheets write a byte order mark. */
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
