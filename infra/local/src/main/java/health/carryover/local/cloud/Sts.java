package health.carryover.local.cloud;

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
    private final Map<String, Caller> temporary = new ConcurrentHashMap<>();

    /** @param time the wall clock: SDKs hold the life of credentials against it */
    Sts(InstantSource time, Ids ids) {
        this.time = time;
        this.ids = ids;
    }

    Caller caller(String accessKey) {
        return temporary.getOrDefault(accessKey, new Caller(accessKey, accessKey, Map.of()));
    }

    @Override
    public void call(String operation, Fields input, QueryProtocol.Result result) throws XMLStreamException {
        switch (operation) {
            case "GetCallerIdentity" -> {
                Caller caller = Caller.current();
                result.text("Arn", arn(caller));
                result.text("UserId", caller.accessKey());
                result.text("Account", Arn.ACCOUNT);
            }
            case "AssumeRole" -> assume(input, result);
            default -> throw Unknown.operation("sts", operation);
        }
    }

    private static String arn(Caller caller) {
        return caller.role().startsWith("arn:")
                ? caller.role()
                : "arn:aws:sts::" + Arn.ACCOUNT + ":assumed-role/" + caller.role() + "/" + caller.accessKey();
    }

    private void assume(Fields input, QueryProtocol.Result result) throws XMLStreamException {
        String role = input.getValue("RoleArn");
        String session = input.getValue("RoleSessionName");
        if (role == null || session == null)
            throw new AwsError("ValidationError", "RoleArn and RoleSessionName are required");
        Map<String, String> tags = new HashMap<>();
        for (int i = 1; input.getValue("Tags.member." + i + ".Key") != null; i++)
            tags.put(input.getValue("Tags.member." + i + ".Key"), input.getValue("Tags.member." + i + ".Value"));
        String key = "ASIA" + ids.hex(16).toUpperCase(Locale.ROOT);
        String seconds = input.getValue("DurationSeconds");
        Instant expires = time.instant().plusSeconds(seconds == null ? 3600 : Long.parseLong(seconds));
        String assumed = role.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + "/" + session;
        temporary.put(key, new Caller(key, assumed, Map.copyOf(tags)));
        result.open("AssumedRoleUser");
        result.text("Arn", assumed);
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
