package health.carryover.local.cloud;

import health.carryover.local.iam.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.stream.XMLStreamException;
import org.eclipse.jetty.util.Fields;

/** STS, and with it the cloud's register of who an access key is. Every key's secret is the same, {@link #SECRET}. */
final class Sts implements QueryProtocol.Operations {
    static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
    static final String SECRET = "carryover";

    private final InstantSource time;
    private final Ids ids;
    private final Callers callers;
    private final Map<String, Caller> temporary = new ConcurrentHashMap<>();

    /** @param time the wall clock: SDKs hold the life of credentials against it */
    Sts(InstantSource time, Ids ids, Callers callers) {
        this.time = time;
        this.ids = ids;
        this.callers = callers;
    }

    Caller caller(String accessKey) {
        Caller session = temporary.get(accessKey);
        return session != null ? session : callers.caller(accessKey);
    }

    @Override
    public void call(String operation, Fields input, QueryProtocol.Result result) throws XMLStreamException {
        switch (operation) {
            case "GetCallerIdentity" -> {
                Caller caller = Caller.current();
                result.text("Arn", caller.principal().arn());
                result.text("UserId", caller.accessKey());
                result.text("Account", Arn.ACCOUNT);
            }
            case "AssumeRole" -> assume(input, result);
            default -> throw Unknown.operation("sts", operation);
        }
    }

    private void assume(Fields input, QueryProtocol.Result result) throws XMLStreamException {
        String role = input.getValue("RoleArn");
        String session = input.getValue("RoleSessionName");
        if (role == null || session == null)
            throw new AwsError("ValidationError", "RoleArn and RoleSessionName are required");
        if (input.getValue("Policy") != null || input.getValue("PolicyArns.member.1.arn") != null)
            throw Unknown.operation("sts", "AssumeRole with a session policy");
        Map<String, String> tags = new HashMap<>();
        for (int i = 1; input.getValue("Tags.member." + i + ".Key") != null; i++)
            tags.put(
                    input.getValue("Tags.member." + i + ".Key").toLowerCase(Locale.ROOT),
                    input.getValue("Tags.member." + i + ".Value"));
        String key = "ASIA" + ids.hex(16).toUpperCase(Locale.ROOT);
        String seconds = input.getValue("DurationSeconds");
        Instant expires = time.instant().plusSeconds(seconds == null ? 3600 : Long.parseLong(seconds));
        Principal assumed = Principal.session(role, session, tags);
        temporary.put(key, new Caller(key, assumed, true));
        result.open("AssumedRoleUser");
        result.text("Arn", assumed.arn());
        result.text("AssumedRoleId", key + ":" + session);
        result.close();
        result.open("Credentials");
        result.text("AccessKeyId", key);
        result.text("SecretAccessKey", SECRET);
        result.text("SessionToken", "session-of-" + key);
        result.text("Expiration", expires.toString());
        result.close();
    }
}
