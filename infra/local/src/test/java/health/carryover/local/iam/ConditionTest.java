package health.carryover.local.iam;

import static health.carryover.local.iam.Policies.ROLE;
import static health.carryover.local.iam.Policies.USER;
import static health.carryover.local.iam.Policies.allows;
import static health.carryover.local.iam.Policies.identity;
import static health.carryover.local.iam.Policies.problems;
import static health.carryover.local.iam.Policies.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions and policy variables; examples are those of AWS's guides where a test says so. */
class ConditionTest {
    private static boolean holds(String condition, Map<String, List<String>> keys) {
        Policy policy = identity("{'Effect':'Allow','Action':'*','Resource':'*','Condition':" + condition + "}");
        return allows(policy, request(ROLE, "some:Thing", "*", keys));
    }

    @ParameterizedTest
    @CsvSource({
        "StringEquals,               north,     north,    true",
        "StringEquals,               north,     North,    false",
        "StringEquals,               n*,        north,    false",
        "StringNotEquals,            north,     south,    true",
        "StringNotEquals,            north,     north,    false",
        "StringEqualsIgnoreCase,     NORTH,     north,    true",
        "StringNotEqualsIgnoreCase,  NORTH,     north,    false",
        "StringLike,                 n?r*,      north,    true",
        "StringLike,                 n?r,       north,    false",
        "StringNotLike,              n*,        north,    false",
        "NumericLessThanEquals,      10,        10,       true",
        "NumericLessThan,            10,        10,       false",
        "NumericGreaterThan,         10,        11,       true",
        "NumericEquals,              10,        10.0,     true",
        "NumericNotEquals,           10,        10,       false",
        "NumericEquals,              10,        ten,      false",
        "DateGreaterThan,            2020-04-01T00:00:00Z, 2026-01-05T15:00:00Z, true",
        "DateLessThan,               2020-04-01T00:00:00Z, 2026-01-05T15:00:00Z, false",
        "DateEquals,                 1585699200, 2020-04-01T00:00:00Z, true",
        "Bool,                       false,     False,    true",
        "Bool,                       true,      false,    false",
        "ArnLike,                    arn:aws:execute-api:*:111122223333:a1/live/*, arn:aws:execute-api:us-east-1:111122223333:a1/live/GET/v1/tasks, true",
        "ArnLike,                    arn:aws:execute-api:us-east-1:*, arn:aws:execute-api:us-east-1:111122223333:a1, false",
        "ArnEquals,                  arn:aws:sns:us-east-1:111122223333:t*, arn:aws:sns:us-east-1:111122223333:topic, true",
        "ArnNotLike,                 arn:aws:sns:*:*:topic, arn:aws:sns:us-east-1:111122223333:topic, false",
    })
    void an_operator_compares_what_the_request_says(String operator, String wanted, String actual, boolean holds) {
        assertThat(holds("{'" + operator + "':{'s3:prefix':'" + wanted + "'}}", Map.of("s3:prefix", List.of(actual))))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        "StringEquals,              false",
        "StringNotEquals,           true",
        "StringEqualsIfExists,      true",
        "ArnNotLike,                true",
        "ForAnyValue:StringEquals,  false",
        "ForAllValues:StringEquals, true",
        "Bool,                      false",
        "BoolIfExists,              true",
    })
    void an_absent_key_fails_positive_operators_and_not_those_that_aws_says(String operator, boolean holds) {
        assertThat(holds("{'" + operator + "':{'s3:prefix':'true'}}", Map.of())).isEqualTo(holds);
    }

    /** IAM user guide: ForAllValues is also true without any key, so a Null condition has to stand beside it. */
    @Test
    void for_all_values_alone_lets_through_a_scan_and_with_null_it_does_not() {
        String leading =
                "'ForAllValues:StringLike':{'dynamodb:LeadingKeys':['C#${aws:PrincipalTag/clinic}','C#${aws:PrincipalTag/clinic}#*']}";
        String present = "'Null':{'dynamodb:LeadingKeys':'false'}";
        assertThat(holds("{" + leading + "}", Map.of())).isTrue();
        assertThat(holds("{" + leading + "," + present + "}", Map.of())).isFalse();
        Map<String, List<String>> own = Map.of("dynamodb:leadingkeys", List.of("C#north", "C#north#P#1"));
        Map<String, List<String>> another = Map.of("dynamodb:leadingkeys", List.of("C#north", "C#northwest#P#1"));
        assertThat(holds("{" + leading + "," + present + "}", own)).isTrue();
        assertThat(holds("{" + leading + "," + present + "}", another)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ForAllValues:StringEquals, a,   true",
        "ForAllValues:StringEquals, a b, true",
        "ForAllValues:StringEquals, a c, false",
        "ForAnyValue:StringEquals,  a c, true",
        "ForAnyValue:StringEquals,  c d, false",
        "ForAllValues:StringNotEquals, c d, true",
        "ForAllValues:StringNotEquals, a c, false",
        "ForAnyValue:StringNotEquals,  a c, true",
    })
    void sets_of_values(String operator, String values, boolean holds) {
        assertThat(holds(
                        "{'" + operator + "':{'dynamodb:LeadingKeys':['a','b']}}",
                        Map.of("dynamodb:leadingkeys", List.of(values.split(" ")))))
                .isEqualTo(holds);
    }

    @Test
    void all_conditions_must_hold_and_of_each_one_value() {
        String both = "{'StringEquals':{'s3:prefix':['a','b'],'s3:delimiter':'/'}}";
        Map<String, List<String>> keys = new HashMap<>(Map.of("s3:prefix", List.of("b"), "s3:delimiter", List.of("/")));
        assertThat(holds(both, keys)).isTrue();
        keys.put("s3:delimiter", List.of("-"));
        assertThat(holds(both, keys)).isFalse();
    }

    /** IAM user guide, "IAM policy elements: Variables and tags": a home folder for each user. */
    @Test
    void a_variable_in_a_resource_and_in_a_condition_is_who_asks() {
        Policy home = identity(
                "{'Effect':'Allow','Action':['s3:ListBucket'],'Resource':['arn:aws:s3:::amzn-s3-demo-bucket'],'Condition':{'StringLike':{'s3:prefix':['${aws:username}/*']}}}",
                "{'Effect':'Allow','Action':['s3:GetObject','s3:PutObject'],'Resource':['arn:aws:s3:::amzn-s3-demo-bucket/${aws:username}/*']}");
        String bucket = "arn:aws:s3:::amzn-s3-demo-bucket";
        assertThat(allows(home, request(USER, "s3:GetObject", bucket + "/Nikki/notes")))
                .isTrue();
        assertThat(allows(home, request(USER, "s3:GetObject", bucket + "/Zhang/notes")))
                .isFalse();
        assertThat(allows(home, request(USER, "s3:ListBucket", bucket, Map.of("s3:prefix", List.of("Nikki/")))))
                .isTrue();
        assertThat(allows(home, request(USER, "s3:ListBucket", bucket, Map.of("s3:prefix", List.of("")))))
                .isFalse();
        assertThat(allows(home, request(ROLE, "s3:GetObject", bucket + "/Nikki/notes")))
                .as("a role has no user name")
                .isFalse();
    }

    /** The same chapter: a default for a principal without the tag, and characters that are meant. */
    @Test
    void a_variable_has_a_default_and_special_characters_can_be_meant() {
        Policy team = identity(
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::amzn-s3-demo-bucket/${aws:PrincipalTag/team, 'company-wide'}/*'}"
                        .replace("'company-wide'", "\\u0027company-wide\\u0027"));
        assertThat(allows(team, request(ROLE, "s3:GetObject", "arn:aws:s3:::amzn-s3-demo-bucket/company-wide/a")))
                .isTrue();
        Policy star = identity(
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::amzn-s3-demo-bucket/${*}'}");
        assertThat(allows(star, request(ROLE, "s3:GetObject", "arn:aws:s3:::amzn-s3-demo-bucket/*")))
                .isTrue();
        assertThat(allows(star, request(ROLE, "s3:GetObject", "arn:aws:s3:::amzn-s3-demo-bucket/a")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "?orth", "\uE000"})
    void a_tag_that_is_a_wildcard_opens_nothing(String tag) {
        Principal hostile = Principal.session("arn:aws:iam::111122223333:role/uploader", "one", Map.of("clinic", tag));
        Policy own = identity(
                "{'Effect':'Allow','Action':'dynamodb:Query','Resource':'*','Condition':{'ForAllValues:StringLike':{'dynamodb:LeadingKeys':['C#${aws:PrincipalTag/clinic}']}}}");
        Request query = request(hostile, "dynamodb:Query", "*", Map.of("dynamodb:leadingkeys", List.of("C#north")));
        assertThat(allows(own, query)).isFalse();
    }

    @Test
    void a_session_without_the_tag_gets_nothing_that_is_given_by_the_tag() {
        Principal untagged = Principal.session("arn:aws:iam::111122223333:role/uploader", "one", Map.of());
        Policy own = identity(
                "{'Effect':'Allow','Action':'dynamodb:Query','Resource':'*','Condition':{'StringEquals':{'dynamodb:LeadingKeys':'C#${aws:PrincipalTag/clinic}'}}}");
        Map<String, List<String>> keys = Map.of("dynamodb:leadingkeys", List.of("C#north"));
        assertThat(allows(own, request(ROLE, "dynamodb:Query", "*", keys))).isTrue();
        assertThat(allows(own, request(untagged, "dynamodb:Query", "*", keys))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Condition':{'StringMatches':{'s3:prefix':'a'}}} | StringMatches: the condition operator is not understood",
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Condition':{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}} | IpAddress: the condition operator is not understood",
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Condition':{'ForSomeValues:StringEquals':{'s3:prefix':'a'}}} | the condition operator is not understood",
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Condition':{'BoolIfExists':{'aws:MultiFactorAuthPresent':'true'}}} | aws:MultiFactorAuthPresent: the condition key is not understood",
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'yes'}}} | Bool wants true or false",
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Condition':{'NumericLessThan':{'s3:max-keys':'many'}}} | 'many' is not a number",
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/${saml:sub}'} | the policy variable ${saml:sub} is not understood",
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'my-bucket'} | 'my-bucket' is not an ARN",
                "{'Effect':'Allow','Action':'GetObject','Resource':'*'} | 'GetObject' is not an action",
                "{'Effect':'Permit','Action':'s3:GetObject','Resource':'*'} | is Allow or Deny, not 'Permit'",
                "{'Effect':'Allow','Action':'s3:GetObject'} | names either a Resource or a NotResource",
                "{'Effect':'Allow','Resource':'*'} | names either an Action or a NotAction",
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Principal':'*'} | an identity's policy has no Principal",
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Conditions':{}} | policy.Statement[0].Conditions: is not understood",
            })
    void what_is_not_understood_is_named_and_never_an_allow(String statement, String problem) {
        assertThat(problems(false, Policies.document(statement)))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @Test
    void a_variable_needs_the_version_that_has_variables() {
        assertThat(
                        problems(
                                false,
                                "{'Statement':{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/${aws:username}'}}"))
                .singleElement()
                .asString()
                .contains("needs Version 2012-10-17");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*'} | a resource's policy names a Principal",
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Principal':{'Federated':'a'}} | the kind Federated is not understood",
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Principal':{'AWS':'somebody'}} | 'somebody' is not a principal",
            })
    void a_principal_that_is_not_understood_is_named(String statement, String problem) {
        assertThat(problems(true, Policies.document(statement))).anyMatch(one -> one.contains(problem));
    }
}
