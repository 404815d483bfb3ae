package health.carryover.platform.http;

import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Consent;
import java.util.Set;
import java.util.function.Function;

/**
 * One operation of the API.
 *
 * @param route {@code "POST /v1/sessions"}: method and resource as API Gateway names them
 * @param action the Cedar action
 * @param resource what the action is done to; may refuse with 404
 * @param consent what the patient must have agreed to, for this request
 */
public record Operation(
        String route,
        String action,
        Function<Request, Resource> resource,
        Function<Request, Set<Consent.Scope>> consent,
        Code code) {
    /** The domain's part: after caller, policy and consent, before the answer. */
    public interface Code {
        Answer run(Request request, Resource resource);
    }

    public static Operation of(String route, String action, Function<Request, Resource> resource, Code code) {
        return new Operation(route, action, resource, _ -> Set.of(), code);
    }

    public Operation needing(Function<Request, Set<Consent.Scope>> scopes) {
        return new Operation(route, action, resource, scopes, code);
    }

    /** The caller's own record. */
    public static Resource own(Request request) {
        return new Resource.PatientRecord(
                request.caller().clinic(), request.caller().person(), null);
    }

    /** The caller's clinic. */
    public static Resource clinic(Request request) {
        return new Resource.ClinicRecord(request.caller().clinic());
    }
}
