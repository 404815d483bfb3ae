package health.carryover.local.access;

/** ARNs of the one account and region. */
final class Arns {
    static final String ACCOUNT = "000000000000";
    static final String REGION = "us-east-1";

    private Arns() {}

    static String of(String service, String rest) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + rest;
    }

    static String role(String name) {
        return "arn:aws:iam::" + ACCOUNT + ":role/" + name;
    }

    static String bucket(String name) {
        return "arn:aws:s3:::" + name;
    }
}
