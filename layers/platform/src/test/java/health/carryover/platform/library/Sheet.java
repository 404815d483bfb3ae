package health.carryover.platform.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A CSV file in the making: valid rows, of which a test changes the one thing it is about. */
record Sheet(List<String> columns, List<List<String>> rows) {
    static Sheet of(List<String> columns) {
        return new Sheet(columns, List.of());
    }

    /** With one more row, given as column=value; columns that are not given stay empty. */
    Sheet with(String... fields) {
        List<String> row = new ArrayList<>();
        for (String column : columns)
            row.add(Arrays.stream(fields)
                    .filter(field -> field.startsWith(column + "="))
                    .map(field -> field.substring(column.length() + 1))
                    .findFirst()
                    .orElse(""));
        List<List<String>> more = new ArrayList<>(rows);
        more.add(row);
        return new Sheet(columns, more);
    }

    /** The last row with another value. */
    Sheet but(String column, String value) {
        List<List<String>> changed = new ArrayList<>(rows);
        List<String> last = new ArrayList<>(changed.removeLast());
        last.set(columns.indexOf(column), value);
        changed.add(last);
        return new Sheet(columns, changed);
    }

    /** The last row once more, with another value. */
    Sheet copied(String column, String value) {
        List<List<String>> more = new ArrayList<>(rows);
        more.add(rows.getLast());
        return new Sheet(columns, more).but(column, value);
    }

    String text() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns);
        lines.addAll(rows);
        return lines.stream()
                .map(line -> line.stream()
                        .map(field -> "\"" + field.replace("\"", "\"\"") + "\"")
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
