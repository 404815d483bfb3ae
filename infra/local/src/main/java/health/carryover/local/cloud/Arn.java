package health.carryover.local.cloud;

/** ARNs of the one account and region of the local cloud. */
final class Arn {
    static final String ACCOUNT = "000000000000";
    static final String REGION = "us-east-1";

    private Arn() {}

    static String of(String service, String rest) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + rest;
    }

    /** {@code lambda} of {@code arn:aws:lambda:us-east-1:000000000000:function:x}; empty for anything that is no ARN. */
    static String service(String arn) {
        String[] parts = arn.split(":", 4);
        return parts.length == 4 ? parts[2] : "";
    }
}
