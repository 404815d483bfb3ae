package health.carryover.local.iam;

import java.util.Locale;
import java.util.Set;

/**
 * The condition keys that requests to the local cloud carry. A policy that asks for any other is refused when it is read:
 * a key that is never there would make some conditions always true ({@code ForAllValues}, {@code ...IfExists}, negations).
 */
final class ConditionKeys {
    private static final Set<String> WHOLE = Set.of(
            "aws:currenttime",
            "aws:epochtime",
            "aws:principalaccount",
            "aws:principalarn",
            "aws:principalisawsservice",
            "aws:principalservicename",
            "aws:principaltype",
            "aws:requestedregion",
            "aws:resourceaccount",
            "aws:securetransport",
            "aws:sourceaccount",
            "aws:sourcearn",
            "aws:username",
            "dynamodb:enclosingoperation",
            "dynamodb:leadingkeys",
            "dynamodb:returnconsumedcapacity",
            "dynamodb:returnvalues",
            "dynamodb:select",
            "kms:calleraccount",
            "kms:encryptioncontextkeys",
            "kms:viaservice",
            "s3:delimiter",
            "s3:max-keys",
            "s3:prefix",
            "s3:tlsversion",
            "s3:versionid",
            "s3:x-amz-acl",
            "s3:x-amz-content-sha256",
            "s3:x-amz-server-side-encryption",
            "s3:x-amz-server-side-encryption-aws-kms-key-id");
    private static final Set<String> PREFIXES =
            Set.of("aws:principaltag/", "aws:requesttag/", "kms:encryptioncontext:", "s3:requestobjecttag/");

    private ConditionKeys() {}

    static boolean known(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        return WHOLE.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
    }
}
