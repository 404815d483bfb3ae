package health.carryover.platform.records;

/** Says that a session was received; never expires. All that matters of it stands in clear. */
public record UploadMarker(String sessionId) {}
