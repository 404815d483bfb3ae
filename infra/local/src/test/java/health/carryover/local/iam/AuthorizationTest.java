package health.carryover.local.iam;

import static health.carryover.local.iam.Policies.ROLE;
import static health.carryover.local.iam.Policies.allows;
import static health.carryover.local.iam.Policies.identity;
import static health.carryover.local.iam.Policies.request;
import static health.carryover.local.iam.Policies.resource;
import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.local.iam.Authorization.ResourcePolicy;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The order of AWS's policy evaluation logic, and what Action, Resource and Principal mean. */
class AuthorizationTest {
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/Books";
    private static final String READS = "{'Effect':'Allow','Action':'dynamodb:GetItem','Resource':'" + TABLE + "'}";
    private static final Request READ = request(ROLE, "dynamodb:GetItem", TABLE);
    private static final String BUCKET = "arn:aws:s3:::amzn-s3-demo-bucket";

    private static Decision decide(Request request, Policy identity, Policy resource, ResourcePolicy weight) {
        return Authorization.decide(request, identity, resource, weight);
    }

    @Test
    void what_nothing_allows_is_denied_with_the_sentence_of_aws() {
        Decision decision = decide(READ, Policy.NONE, Policy.NONE, ResourcePolicy.ADDS);
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason()).isEqualTo("because no identity-based policy allows the dynamodb:GetItem action");
    }

    @Test
    void an_explicit_deny_is_stronger_than_any_allow_wherever_each_stands() {
        String denies = "{'Effect':'Deny','Action':'dynamodb:*','Resource':'*'}";
        assertThat(allows(identity(READS), READ)).isTrue();
        Decision byIdentity = decide(READ, identity(READS, denies), Policy.NONE, ResourcePolicy.ADDS);
        assertThat(byIdentity.allowed()).isFalse();
        assertThat(byIdentity.reason()).isEqualTo("with an explicit deny in an identity-based policy");
        assertThat(byIdentity.place()).contains("policy.Statement[1]");
        Policy table = resource("{'Effect':'Deny','Principal':'*','Action':'dynamodb:GetItem','Resource':'*'}");
        assertThat(decide(READ, identity(READS), table, ResourcePolicy.ADDS).reason())
                .isEqualTo("with an explicit deny in a resource-based policy");
    }

    @Test
    void within_an_account_either_policy_is_enough() {
        Policy table = resource(
                "{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111122223333:role/uploader'},'Action':'dynamodb:GetItem','Resource':'*'}");
        assertThat(decide(READ, Policy.NONE, table, ResourcePolicy.ADDS).allowed())
                .isTrue();
        Request byAnother = request(
                Principal.session("arn:aws:iam::111122223333:role/other", "one", Map.of()), "dynamodb:GetItem", TABLE);
        assertThat(decide(byAnother, Policy.NONE, table, ResourcePolicy.ADDS).allowed())
                .isFalse();
    }

    @Test
    void a_resource_that_names_the_account_leaves_it_to_the_policies_of_the_caller() {
        Policy table = resource(
                "{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111122223333:root'},'Action':'dynamodb:GetItem','Resource':'*'}");
        assertThat(decide(READ, Policy.NONE, table, ResourcePolicy.ADDS).allowed())
                .isFalse();
        assertThat(decide(READ, identity(READS), table, ResourcePolicy.ADDS).allowed())
                .isTrue();
    }

    /** KMS developer guide, "Default key policy": without the statement for the root, IAM policies have no effect. */
    @Test
    void a_key_is_opened_by_its_policy_or_by_an_iam_policy_that_the_key_policy_admits() {
        Request decrypt = request(ROLE, "kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/1");
        Policy mayDecrypt = identity("{'Effect':'Allow','Action':'kms:Decrypt','Resource':'*'}");
        Policy toRoot = resource(
                "{'Sid':'Enable IAM User Permissions','Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111122223333:root'},'Action':'kms:*','Resource':'*'}");
        Policy toRole = resource(
                "{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111122223333:role/uploader'},'Action':'kms:Decrypt','Resource':'*'}");
        Policy toNobodyHere = resource(
                "{'Effect':'Allow','Principal':{'Service':'cloudtrail.amazonaws.com'},'Action':'kms:Decrypt','Resource':'*'}");
        assertThat(decide(decrypt, mayDecrypt, toRoot, ResourcePolicy.DECIDES).allowed())
                .isTrue();
        assertThat(decide(decrypt, Policy.NONE, toRoot, ResourcePolicy.DECIDES).reason())
                .isEqualTo("because no identity-based policy allows the kms:Decrypt action");
        assertThat(decide(decrypt, Policy.NONE, toRole, ResourcePolicy.DECIDES).allowed())
                .isTrue();
        assertThat(decide(decrypt, mayDecrypt, toNobodyHere, ResourcePolicy.DECIDES)
                        .reason())
                .isEqualTo("because no resource-based policy allows the kms:Decrypt action");
    }

    @Test
    void a_service_is_let_in_by_the_resource_alone_and_only_for_what_it_works_for() {
        Policy function = resource(
                "{'Effect':'Allow','Principal':{'Service':'events.amazonaws.com'},'Action':'lambda:InvokeFunction','Resource':'arn:aws:lambda:us-east-1:111122223333:function:f:live','Condition':{'ArnLike':{'aws:SourceArn':'arn:aws:events:us-east-1:111122223333:rule/mine'}}}");
        String alias = "arn:aws:lambda:us-east-1:111122223333:function:f:live";
        Map<String, List<String>> mine =
                Map.of("aws:sourcearn", List.of("arn:aws:events:us-east-1:111122223333:rule/mine"));
        Map<String, List<String>> another =
                Map.of("aws:sourcearn", List.of("arn:aws:events:us-east-1:111122223333:rule/yours"));
        Principal events = Principal.service("events.amazonaws.com");
        assertThat(decide(
                                request(events, "lambda:InvokeFunction", alias, mine),
                                Policy.NONE,
                                function,
                                ResourcePolicy.ADDS)
                        .allowed())
                .isTrue();
        assertThat(decide(
                                request(events, "lambda:InvokeFunction", alias, another),
                                Policy.NONE,
                                function,
                                ResourcePolicy.ADDS)
                        .reason())
                .isEqualTo("because no resource-based policy allows the lambda:InvokeFunction action");
        assertThat(decide(
                                request(Principal.service("s3.amazonaws.com"), "lambda:InvokeFunction", alias, mine),
                                Policy.NONE,
                                function,
                                ResourcePolicy.ADDS)
                        .allowed())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "dynamodb:GetItem,       dynamodb:GetItem,    true",
        "DynamoDB:getitem,       dynamodb:GetItem,    true",
        "dynamodb:Get*,          dynamodb:GetRecords, true",
        "dynamodb:*Item,         dynamodb:BatchGetItem, true",
        "dynamodb:*Item,         dynamodb:Query,      false",
        "dynamodb:?etItem,       dynamodb:GetItem,    true",
        "dynamodb:??etItem,      dynamodb:GetItem,    false",
        "*,                      kms:Decrypt,         true",
        "dynamodb:*,             dax:GetItem,         false",
    })
    void an_action_has_wildcards_and_no_case(String pattern, String action, boolean matches) {
        Policy policy = identity("{'Effect':'Allow','Action':'" + pattern + "','Resource':'*'}");
        assertThat(allows(policy, request(ROLE, action, "*"))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        // IAM user guide, "IAM JSON policy elements: Resource"
        "arn:aws:s3:::amzn-s3-demo-bucket/*/test/*, arn:aws:s3:::amzn-s3-demo-bucket/1/2/test/3/object.jpg, true",
        "arn:aws:s3:::amzn-s3-demo-bucket/*/test/*, arn:aws:s3:::amzn-s3-demo-bucket/1/test/object.jpg,     true",
        "arn:aws:s3:::amzn-s3-demo-bucket/*/test/*, arn:aws:s3:::amzn-s3-demo-bucket/1-test/object.jpg,     false",
        "arn:aws:s3:::amzn-s3-demo-bucket/*/test/*, arn:aws:s3:::amzn-s3-demo-bucket/test/object.jpg,       false",
        "arn:aws:s3:::amzn-s3-demo-bucket/*,        arn:aws:s3:::amzn-s3-demo-bucket,                       false",
        "arn:aws:s3:::amzn-s3-demo-bucket,          arn:aws:s3:::amzn-s3-demo-bucket/key,                   false",
        "arn:aws:lambda:us-east-1:111122223333:function:f,      arn:aws:lambda:us-east-1:111122223333:function:f:live, false",
        "arn:aws:lambda:us-east-1:111122223333:function:f:live, arn:aws:lambda:us-east-1:111122223333:function:f,      false",
        "arn:aws:lambda:us-east-1:111122223333:function:f:*,    arn:aws:lambda:us-east-1:111122223333:function:f:live, true",
        "arn:aws:dynamodb:us-east-1:111122223333:table/Books,   arn:aws:dynamodb:us-east-1:111122223333:table/Books/index/Title, false",
        "arn:aws:dynamodb:*:111122223333:table/Books,           arn:aws:dynamodb:eu-west-1:111122223333:table/Books, true",
        "arn:aws:dynamodb:*:table/Books:x:y,                    arn:aws:dynamodb:us-east-1:111122223333:table/Books, false",
        "arn:aws:sns:us-east-1:111122223333:endpoint/*,         arn:aws:sns:us-east-1:111122223333:endpoint/GCM/app/1, true",
        "*,                                                     arn:aws:dynamodb:us-east-1:111122223333:table/Books, true",
    })
    void a_resource_is_an_arn_whose_parts_match_one_by_one(String pattern, String resource, boolean matches) {
        Policy policy = identity("{'Effect':'Allow','Action':'*','Resource':'" + pattern + "'}");
        assertThat(allows(policy, request(ROLE, "some:Thing", resource))).isEqualTo(matches);
    }

    record Row(String situation, Policy policy, Request request, boolean allowed) {
        @Override
        public String toString() {
            return situation;
        }
    }

    static Stream<Row> negations() {
        // IAM user guide, "NotAction with Allow", and "NotResource".
        Policy notDelete = identity("{'Effect':'Allow','NotAction':'s3:DeleteBucket','Resource':'arn:aws:s3:::*'}");
        Policy notThere = identity(
                "{'Effect':'Allow','Action':'s3:*','Resource':'*'}",
                "{'Effect':'Deny','Action':'s3:*','NotResource':['" + BUCKET + "/HRBucket','" + BUCKET
                        + "/HRBucket/*']}");
        return Stream.of(
                new Row(
                        "NotAction allows another action of the service",
                        notDelete,
                        request(ROLE, "s3:GetObject", BUCKET),
                        true),
                new Row("NotAction leaves out its own", notDelete, request(ROLE, "s3:DeleteBucket", BUCKET), false),
                new Row(
                        "NotAction with Allow reaches other services on matching resources only",
                        notDelete,
                        request(ROLE, "dynamodb:GetItem", TABLE),
                        false),
                new Row(
                        "Deny NotResource spares it",
                        notThere,
                        request(ROLE, "s3:GetObject", BUCKET + "/HRBucket/a"),
                        true),
                new Row(
                        "Deny NotResource hits all others",
                        notThere,
                        request(ROLE, "s3:GetObject", BUCKET + "/payroll"),
                        false));
    }

    @ParameterizedTest
    @MethodSource
    void negations(Row row) {
        assertThat(allows(row.policy(), row.request())).isEqualTo(row.allowed());
    }

    @Test
    void the_ledger_counts_the_one_permission_that_decided_and_names_what_went_on() {
        Policy policy = identity("{'Effect':'Allow','Action':['dynamodb:GetItem','dynamodb:PutItem'],'Resource':['"
                + TABLE + "','" + TABLE + "/index/*']}");
        Ledger ledger = new Ledger();
        ledger.open("uploader", policy);
        ledger.during("a test");
        for (int i = 0; i < 3; i++)
            ledger.used(decide(
                    request(ROLE, "dynamodb:PutItem", TABLE + "/index/a"), policy, Policy.NONE, ResourcePolicy.ADDS));
        ledger.used(decide(request(ROLE, "dynamodb:Query", TABLE), policy, Policy.NONE, ResourcePolicy.ADDS));
        assertThat(ledger.permissions())
                .extracting(
                        Ledger.Permission::action,
                        Ledger.Permission::resource,
                        Ledger.Permission::wild,
                        Ledger.Permission::uses,
                        Ledger.Permission::first)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("dynamodb:GetItem", TABLE, false, 0L, ""),
                        org.assertj.core.groups.Tuple.tuple("dynamodb:GetItem", TABLE + "/index/*", true, 0L, ""),
                        org.assertj.core.groups.Tuple.tuple("dynamodb:PutItem", TABLE, false, 0L, ""),
                        org.assertj.core.groups.Tuple.tuple(
                                "dynamodb:PutItem", TABLE + "/index/*", true, 3L, "a test"));
    }
}
