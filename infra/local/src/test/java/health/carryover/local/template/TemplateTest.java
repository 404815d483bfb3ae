package health.carryover.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {
    @TempDir
    private Path folder;

    @Test
    void intrinsics_give_what_cloudformation_gives() throws IOException {
        Template template = read("""
            Transform: AWS::Serverless-2016-10-31
            Parameters:
              Stage: { Type: String, Default: dev }
              Zones: { Type: CommaDelimitedList, Default: "a, b" }
            Mappings:
              Sizes: { dev: { memory: 512 } }
            Conditions:
              Dev: !Equals [!Ref Stage, dev]
              Other: !Not [!Condition Dev]
              Both: !And [!Condition Dev, !Or [!Condition Other, !Equals [a, a]]]
            Globals:
              Function:
                AutoPublishAlias: live
                Environment: { Variables: { SHARED: yes-please, OWN: no } }
                Tags: { team: clinic }
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: x.Y
                  MemorySize: !FindInMap [Sizes, !Ref Stage, memory]
                  Description: !If [Both, !Join ["-", [!Select [1, !Ref Zones], !Ref "AWS::Region"]], never]
                  Environment:
                    Variables:
                      OWN: !Sub ["${T.Arn} ${own} ${!literal} ${AWS::AccountId}", { own: !Ref T }]
                      SPLIT: !Select [2, !Split [":", !GetAtt T.Arn]]
                      DROPPED: !If [Other, x, !Ref "AWS::NoValue"]
              T:
                Type: AWS::DynamoDB::Table
                Properties:
                  TableName: !Sub "${AWS::StackName}-${Stage}"
                  AttributeDefinitions: [{ AttributeName: PK, AttributeType: S }]
                  KeySchema: [{ AttributeName: PK, KeyType: HASH }]
              Never:
                Type: AWS::SNS::Topic
                Condition: Other
              P:
                Type: AWS::Lambda::Permission
                Properties: { FunctionName: !Ref F.Alias, Action: lambda:InvokeFunction, Principal: !GetAtt FRole.Arn }
            Outputs:
              Fn: { Value: !GetAtt F.Arn }
            """, Map.of());
        Resource function = template.ofType("AWS::Serverless::Function").getFirst();
        assertThat(function.at("MemorySize").asInt()).isEqualTo(512);
        assertThat(function.text("Description")).isEqualTo("b-us-east-1");
        assertThat(function.at("Environment", "Variables").toString())
                .isEqualTo(
                        "{\"SHARED\":\"yes-please\",\"OWN\":\"arn:aws:dynamodb:us-east-1:000000000000:table/carryover-dev"
                                + " carryover-dev ${literal} 000000000000\",\"SPLIT\":\"dynamodb\"}");
        assertThat(template.resource("Never")).isNull();
        assertThat(template.outputs())
                .containsEntry("Fn", "arn:aws:lambda:us-east-1:000000000000:function:carryover-F");
        Resource permission = template.ofType("AWS::Lambda::Permission").getFirst();
        assertThat(permission.text("FunctionName"))
                .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:carryover-F:live");
        assertThat(permission.text("Principal")).isEqualTo("arn:aws:iam::000000000000:role/carryover-FRole");
        assertThat(problems(Files.readString(folder.resolve("template.yaml")), Map.of("Stage", "prod-not-in-the-map")))
                .anyMatch(problem -> problem.contains("FindInMap"));
    }

    @Test
    void everything_that_is_not_understood_is_named_at_once() throws IOException {
        assertThat(problems("""
            Parameters:
              Needed: { Type: String }
              Kind: { Type: String, Default: c, AllowedValues: [a, b] }
            Hooks: {}
            Resources:
              Cache: { Type: AWS::ElastiCache::CacheCluster }
              T:
                Type: AWS::DynamoDB::Table
                Properties:
                  KinesisStreamSpecification: { StreamArn: x }
                  StreamSpecification: { StreamViewType: NEW_IMAGE, Colour: red }
                  TableName: !ImportValue other
                  Tags: [{ Key: a, Value: !Ref Nothing }]
              Topic:
                Type: AWS::SNS::Topic
                Properties: { DisplayName: !GetAtt T.Colour, TopicName: "{{resolve:ssm:x}}" }
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: x.Y
                  Events:
                    K: { Type: Kinesis, Properties: {} }
                    S: { Type: Schedule, Properties: { Schedule: rate(1 day), Colour: red } }
            """, Map.of("Unasked", "1")))
                .anyMatch(problem -> problem.startsWith("Parameters.Needed:"))
                .anyMatch(problem -> problem.startsWith("Parameters.Kind:"))
                .anyMatch(problem -> problem.startsWith("Parameters.Unasked:"))
                .anyMatch(problem -> problem.startsWith("Hooks:"))
                .anyMatch(problem -> problem.startsWith("Cache.Type: AWS::ElastiCache::CacheCluster"))
                .anyMatch(problem -> problem.startsWith("T.Properties.KinesisStreamSpecification:"))
                .anyMatch(problem -> problem.startsWith("T.Properties.StreamSpecification.Colour:"))
                .anyMatch(problem -> problem.startsWith("T.Properties.TableName: the intrinsic Fn::ImportValue"))
                .anyMatch(problem -> problem.startsWith("T.Properties.Tags[0].Value: Ref Nothing"))
                .anyMatch(problem -> problem.startsWith("Topic.Properties.DisplayName: GetAtt T.Colour"))
                .anyMatch(problem -> problem.contains("{{resolve:ssm:x}}"))
                .anyMatch(problem -> problem.startsWith("F.Properties.Events.K.Type:"))
                .anyMatch(problem -> problem.startsWith("F.Properties.Events.S.Properties.Colour:"))
                .hasSize(13);
    }

    @Test
    void the_applications_own_template_is_understood() {
        // Maven sets basedir to the module's folder.
        Path module = Path.of(System.getProperty("basedir", "infra/local"));
        Template template = Template.read(module.resolve("../../template.yaml"), Map.of());
        assertThat(template.ofType("AWS::Serverless::Function")).isNotEmpty();
        Resource api = template.ofType("AWS::Serverless::Api").getFirst();
        assertThat(api.at("DefinitionBody", "paths").size()).isPositive();
    }

    @Test
    void a_circle_of_names_is_told_instead_of_followed() throws IOException {
        assertThat(problems("""
            Resources:
              A: { Type: AWS::SNS::Topic, Properties: { TopicName: !Sub "${B.TopicName}x" } }
              B: { Type: AWS::SNS::Topic, Properties: { TopicName: !Sub "${A.TopicName}y" } }
            """, Map.of())).anyMatch(problem -> problem.contains("its name depends on itself"));
    }

    private Template read(String yaml, Map<String, String> parameters) throws IOException {
        return Template.read(Files.writeString(folder.resolve("template.yaml"), yaml), parameters);
    }

    private List<String> problems(String yaml, Map<String, String> parameters) throws IOException {
        Path file = Files.writeString(folder.resolve("template.yaml"), yaml);
        return catchThrowableOfType(TemplateException.class, () -> Template.read(file, parameters))
                .problems();
    }
}
