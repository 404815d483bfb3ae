package health.carryover.platform.records;

/** A landmark or sensor stream in storage: announced, then accepted once consent and content were checked on arrival. */
public record Recording(String uploadId, String exercise, String objectKey, long bytes, String sha256) {}
