package health.carryover.platform.library;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import health.carryover.platform.library.InvalidLibraryException.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A row of a library file. A field that makes no sense is noted and a stand-in given in its place, so that the whole row
 * is looked at; whoever reads the row asks {@link #isGood} before using any of it.
 */
final class CsvRow {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,4}(\\.[0-9]{1,6})?");

    private final NamedCsvRecord fields;
    private final String file;
    private final int number;
    private final List<Problem> problems;
    private boolean good = true;

    CsvRow(NamedCsvRecord fields, String file, int number, List<Problem> problems) {
        this.fields = fields;
        this.file = file;
        this.number = number;
        this.problems = problems;
    }

    boolean isGood() {
        return good;
    }

    void wrong(String column, String message) {
        good = false;
        problems.add(new Problem(file, number, column, message));
    }

    /**
     * Notes what a record's constructor said.
     * @param otherwise the column when the message does not begin with one
     */
    void wrong(IllegalArgumentException refusal, String otherwise) {
        String message = String.valueOf(refusal.getMessage());
        int colon = message.indexOf(": ");
        String column = colon < 0 ? "" : message.substring(0, colon);
        if (fields.getHeader().contains(column)) wrong(column, message.substring(colon + 2));
        else wrong(otherwise, message);
    }

    String text(String column) {
        return fields.getField(column).strip();
    }

    boolean isEmpty(String column) {
        return text(column).isEmpty();
    }

    <E extends Enum<E>> E one(String column, Class<E> type) {
        return constant(column, text(column), type);
    }

    /** Separated by spaces; may be none. */
    <E extends Enum<E>> List<E> several(String column, Class<E> type) {
        List<E> constants = new ArrayList<>();
        for (String word : words(column)) {
            E constant = constant(column, word, type);
            if (constants.contains(constant)) wrong(column, constant + " stands there twice");
            constants.add(constant);
        }
        return constants;
    }

    <E extends Enum<E>> E constant(String column, String word, Class<E> type) {
        E[] constants = type.getEnumConstants();
        for (E each : constants) if (each.name().equals(word)) return each;
        wrong(column, "not one of " + Arrays.toString(constants));
        return constants[0];
    }

    List<String> words(String column) {
        return isEmpty(column) ? List.of() : Arrays.asList(text(column).split(" +"));
    }

    boolean yes(String column) {
        String text = text(column);
        if (!text.equals("yes") && !text.equals("no")) wrong(column, "yes or no");
        return text.equals("yes");
    }

    double number(String column) {
        return number(column, text(column));
    }

    double number(String column, String text) {
        if (NUMBER.matcher(text).matches()) return Double.parseDouble(text);
        wrong(column, "not a number such as 12 or 0.35");
        return 1;
    }

    Duration seconds(String column) {
        return Duration.ofMillis(Math.round(number(column) * 1000));
    }

    void mustBeEmpty(String why, String... columns) {
        for (String column : columns) if (!isEmpty(column)) wrong(column, "must be empty: " + why);
    }
}
