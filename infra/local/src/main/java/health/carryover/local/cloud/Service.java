package health.carryover.local.cloud;

/** Something that answers whole requests: an AWS service, the API, the control surface. */
interface Service {
    /** @throws AwsError what is answered instead, in the form of the service's protocol */
    Reply answer(Ask ask);
}
