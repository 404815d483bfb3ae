package health.carryover.platform.records;

/**
 * That a report of a phone is known, so that a repeat of it, however late, opens nothing again.
 *
 * @param task what it opened, or what was open already when it came
 */
public record SafetyReport(String task) {}
