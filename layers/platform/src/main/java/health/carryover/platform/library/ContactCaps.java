package health.carryover.platform.library;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import health.carryover.clinical.engagement.ContactCap;
import health.carryover.clinical.engagement.ContactCap.Kind;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How often a patient may be contacted, from {@code contact-cap.csv}. */
public final class ContactCaps {
    private ContactCaps() {}

    /** The last row of the file. */
    public static ContactCap inForce() {
        NamedCsvRecord row = LastRow.of("contact-cap.csv");
        Map<Kind, Integer> perWeekByKind = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values())
            if (kind.automatic())
                perWeekByKind.put(
                        kind, Integer.parseInt(row.getField(kind.name().toLowerCase(Locale.ROOT))));
        return new ContactCap(
                row.getField("version"),
                Integer.parseInt(row.getField("per_day")),
                Integer.parseInt(row.getField("per_week")),
                perWeekByKind);
    }
}
