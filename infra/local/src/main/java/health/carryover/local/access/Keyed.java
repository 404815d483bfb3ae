package health.carryover.local.access;

import health.carryover.local.iam.Authorization.ResourcePolicy;
import health.carryover.local.iam.Request.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes accesses, those to a customer managed key through the service that encrypts with it included. */
final class Keyed {
    private final ResourcePolicies resources;
    private final Map<String, Context> contexts = new HashMap<>();

    Keyed(ResourcePolicies resources) {
        this.resources = resources;
    }

    Access access(String action, String resource, String owner, Context context) {
        return new Access(action, resource, context, resources.policy(owner), ResourcePolicy.ADDS);
    }

    Access access(String action, String resource, Context context) {
        return access(action, resource, resource, context);
    }

    Access onKey(String action, String keyArn, Context context) {
        return new Access(action, keyArn, context, resources.keyPolicy(keyArn), ResourcePolicy.DECIDES);
    }

    /**
     * What a service does with the key of a table, bucket, queue or topic in its caller's name.
     *
     * @param via the service: {@code dynamodb}
     * @param encryptionContext the name that the service puts into the encryption context, with the resource as value
     */
    void throughService(List<Access> to, String via, String owner, String encryptionContext, String... actions) {
        String key = resources.keyOf(owner);
        if (key.isEmpty()) return;
        Context context;
        synchronized (contexts) {
            context = contexts.computeIfAbsent(via + " " + owner, _ -> through(via, owner, encryptionContext));
        }
        for (String action : actions) to.add(onKey(action, key, context));
    }

    private static Context through(String via, String owner, String name) {
        String value = via.equals("dynamodb") ? owner.substring(owner.lastIndexOf('/') + 1) : owner;
        Map<String, List<String>> keys = Map.of(
                "kms:viaservice",
                List.of(via + "." + Arns.REGION + ".amazonaws.com"),
                "kms:calleraccount",
                List.of(Arns.ACCOUNT),
                "kms:encryptioncontextkeys",
                List.of(name),
                "kms:encryptioncontext:" + name.toLowerCase(java.util.Locale.ROOT),
                List.of(value));
        return keys::get;
    }
}
