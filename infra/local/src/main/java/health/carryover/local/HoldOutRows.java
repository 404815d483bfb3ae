package health.carryover.local;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import health.carryover.clinical.escalation.Assignment;
import health.carryover.clinical.escalation.Engagement;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.vault.Vault;
import health.carryover.training.HoldOutTrial.Flag;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The outreaches that the hold-out is judged by, from the tables or from a file. */
public final class HoldOutRows {
    private static final List<String> COLUMNS =
            List.of("clinic", "patient", "flagged_at", "later", "propensity", "came_back");

    private HoldOutRows() {}

    /**
     * Outreaches whose 48 hours after the usual deadline are over, of patients who were silent at that deadline and whom no
     * safety event had taken out by then.
     *
     * @param environment of somebody who may read the clinics' records and open their keys
     */
    public static List<Flag> stored(Environment environment, List<String> clinics) {
        Records records = new Records(environment, new Vault(environment));
        Outreach outreach = new Outreach(environment, records);
        Instant now = environment.time().instant();
        List<Flag> flags = new ArrayList<>();
        for (String clinic : clinics)
            for (Entry<?> entry : records.prefix(Key.featuresPk(clinic), "P#", Kind.FEATURES)) {
                PatientRef ref = new PatientRef(clinic, entry.key().sk().substring("P#".length()));
                for (Entry<Escalation> past : records.prefix(Key.patientPk(ref), "ESCALATION#", Kind.ESCALATION))
                    flag(records, outreach, ref, past.content(), now).ifPresent(flags::add);
            }
        return flags;
    }

    private static Optional<Flag> flag(
            Records records, Outreach outreach, PatientRef ref, Escalation escalation, Instant now) {
        Assignment assignment = escalation.assignment();
        Instant deadline = escalation.deadline();
        if (assignment == null || deadline == null) return Optional.empty();
        Instant parting = deadline.minus(assignment.heldBack());
        Instant end = parting.plus(Assignment.HELD_BACK);
        if (now.isBefore(end)) return Optional.empty();
        boolean safety = records.prefix(Key.patientPk(ref), "SAFETY#", Kind.SAFETY).stream()
                .map(event -> event.content().at())
                .anyMatch(at -> !at.isBefore(escalation.flaggedAt()) && !at.isAfter(parting));
        if (safety) return Optional.empty();
        List<Engagement> engaged = outreach.since(ref, escalation.flaggedAt());
        if (engaged.stream().anyMatch(one -> !one.at().isAfter(parting))) return Optional.empty();
        boolean back = engaged.stream().anyMatch(one -> !one.at().isAfter(end));
        return Optional.of(new Flag(
                ref.clinic(),
                ref.patient(),
                escalation.flaggedAt(),
                assignment.arm() == Assignment.Arm.LATER,
                assignment.propensity(),
                back));
    }

    /**
     * A file with the columns clinic, patient, flagged_at (an instant), later (0 or 1), propensity, came_back (0 or 1).
     *
     * @throws IllegalArgumentException naming line and column, never the value
     */
    static List<Flag> read(Path file) throws IOException {
        List<Flag> flags = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                for (String column : COLUMNS)
                    if (row.findField(column).isEmpty())
                        throw new IllegalArgumentException("there is no column " + column + "; needed are " + COLUMNS);
                flags.add(new Flag(
                        row.getField("clinic"),
                        row.getField("patient"),
                        instant(row),
                        bit(row, "later"),
                        propensity(row),
                        bit(row, "came_back")));
            }
        }
        return flags;
    }

    private static IllegalArgumentException wrong(NamedCsvRecord row, String column, String expected) {
        return new IllegalArgumentException(
                "line " + row.getStartingLineNumber() + ", column " + column + ": expected " + expected);
    }

    private static boolean bit(NamedCsvRecord row, String column) {
        return switch (row.getField(column)) {
            case "0" -> false;
            case "1" -> true;
            default -> throw wrong(row, column, "0 or 1");
        };
    }

    private static Instant instant(NamedCsvRecord row) {
        try {
            return Instant.parse(row.getField("flagged_at"));
        } catch (DateTimeException e) {
            throw wrong(row, "flagged_at", "an instant such as 2026-03-02T15:00:00Z");
        }
    }

    private static double propensity(NamedCsvRecord row) {
        try {
            double propensity = Double.parseDouble(row.getField("propensity"));
            if (propensity > 0 && propensity <= 1) return propensity;
        } catch (NumberFormatException e) {
            throw wrong(row, "propensity", "a number above 0, at most 1");
        }
        throw wrong(row, "propensity", "a number above 0, at most 1");
    }
}
