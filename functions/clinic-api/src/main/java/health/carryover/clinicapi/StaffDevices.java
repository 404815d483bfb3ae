package health.carryover.clinicapi;

import health.carryover.platform.environment.Environment;
import health.carryover.platform.http.Answer;
import health.carryover.platform.http.Operation;
import health.carryover.platform.http.Refused;
import health.carryover.platform.http.Request;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Staff;
import health.carryover.platform.records.Write;
import java.util.List;
import software.amazon.awssdk.services.sns.SnsClient;

/** The phones of those who work at the clinic, to be told of tasks that wait for them. */
final class StaffDevices {
    record Device(String token) {}

    record Created(String id) {}

    private final Records records;
    private final SnsClient sns;
    private final String pushApplication;

    StaffDevices(Environment environment, Records records) {
        this.records = records;
        sns = environment.client(SnsClient.builder());
        pushApplication = environment.variable("PUSH_APPLICATION");
    }

    List<Operation> operations() {
        return List.of(Operation.of("POST /v1/devices", "RegisterOwnDevice", Operation::clinic, this::register));
    }

    private Answer register(Request request, Resource resource) {
        Entry<Staff> staff = records.get(
                        Key.staff(resource.clinic(), request.caller().person()), Kind.STAFF)
                .orElseThrow(Refused::notFound);
        String endpoint = sns.createPlatformEndpoint(create -> create.platformApplicationArn(pushApplication)
                        .token(request.body(Device.class).token()))
                .endpointArn();
        records.commit(List.of(
                new Write.Replace(staff.next(staff.content().withPushTarget(endpoint), staff.clear())),
                request.audit(resource)));
        return Answer.created(new Created(endpoint.substring(endpoint.lastIndexOf('/') + 1)));
    }
}
