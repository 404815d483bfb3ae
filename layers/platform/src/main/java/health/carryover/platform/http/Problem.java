package health.carryover.platform.http;

/** One thing wrong with a request: a stable code and the JSON pointer of the member, never its value. */
public record Problem(String code, String pointer) {}
