package health.carryover.local.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One call of a service's API: what it needs, and what may be written down about it.
 *
 * @param service as in the credential scope: {@code dynamodb}
 * @param source as CloudTrail names it: {@code dynamodb.amazonaws.com}
 * @param operation {@code TransactWriteItems}
 * @param accesses all of them must be allowed
 * @param shown identifiers only: names, ARNs, partition keys; never contents
 * @param resources ARNs that it is about
 * @param data whether CloudTrail counts it as a data event
 */
public record Call(
        String service,
        String source,
        String operation,
        List<Access> accesses,
        ObjectNode shown,
        List<String> resources,
        boolean readOnly,
        boolean data) {}
