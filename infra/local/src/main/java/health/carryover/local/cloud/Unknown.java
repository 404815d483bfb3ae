package health.carryover.local.cloud;

/** What the local cloud says to an operation it does not have. */
final class Unknown {
    private Unknown() {}

    static AwsError operation(String service, String operation) {
        return new AwsError(
                501, "UnknownOperationException", "the local cloud's " + service + " has no operation " + operation);
    }
}
