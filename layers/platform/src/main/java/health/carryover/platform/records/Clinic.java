package health.carryover.platform.records;

import health.carryover.clinical.escalation.ClinicHours;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * A clinic.
 *
 * @param staffCapacity open outreaches that the staff can work on at once
 * @param owner id of the person who is told when nobody else acts
 */
public record Clinic(
        String name,
        ZoneId zone,
        Set<DayOfWeek> openDays,
        LocalTime opens,
        LocalTime closes,
        int staffCapacity,
        String owner) {
    public ClinicHours hours() {
        return new ClinicHours(openDays, opens, closes, zone);
    }
}
