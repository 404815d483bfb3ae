package health.carryover.local.cloud;

/** Something that answers whole requests: an AWS service, the API, the control surface. */
interface Service {
    /**
     * Answers a request.
     *
     * @throws AwsError what is answered instead, by way of {@link #refusal}
     */
    Reply answer(Ask ask);

    /** An error in the form of the service's protocol. */
    default Reply refusal(AwsError error) {
        return JsonProtocol.error(error);
    }
}
