package health.carryover.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.pinpointsmsvoicev2.PinpointSmsVoiceV2Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Tag;

class ServicesTest extends TestCloud {
    @Test
    void a_data_key_opens_under_its_own_encryption_context_only() {
        try (KmsClient kms = CLOUD.client(KmsClient.builder())) {
            GenerateDataKeyResponse key = kms.generateDataKey(request -> request.keyId("alias/test")
                    .keySpec(DataKeySpec.AES_256)
                    .encryptionContext(Map.of("clinic", "1", "purpose", "notes")));
            assertThat(key.plaintext().asByteArray()).hasSize(32);

            DecryptResponse opened = kms.decrypt(request -> request.ciphertextBlob(key.ciphertextBlob())
                    .encryptionContext(Map.of("purpose", "notes", "clinic", "1")));
            assertThat(opened.plaintext()).isEqualTo(key.plaintext());
            assertThat(opened.keyId()).endsWith(":key/" + ref("Key"));

            assertThatThrownBy(() -> kms.decrypt(request -> request.ciphertextBlob(key.ciphertextBlob())
                            .encryptionContext(Map.of("clinic", "2", "purpose", "notes"))))
                    .isInstanceOf(InvalidCiphertextException.class);
            assertThatThrownBy(() -> kms.decrypt(request -> request.ciphertextBlob(key.ciphertextBlob())))
                    .isInstanceOf(InvalidCiphertextException.class);
            byte[] touched = key.ciphertextBlob().asByteArray();
            touched[touched.length - 1] ^= 1;
            assertThatThrownBy(() -> kms.decrypt(request -> request.ciphertextBlob(SdkBytes.fromByteArray(touched))
                            .encryptionContext(Map.of("clinic", "1", "purpose", "notes"))))
                    .isInstanceOf(InvalidCiphertextException.class);
        }
    }

    @Test
    void a_disabled_key_neither_encrypts_nor_decrypts_and_an_unknown_key_is_not_found() {
        try (KmsClient kms = CLOUD.client(KmsClient.builder())) {
            SdkBytes sealed = kms.encrypt(request -> request.keyId(ref("Key")).plaintext(SdkBytes.fromUtf8String("x")))
                    .ciphertextBlob();
            kms.disableKey(request -> request.keyId(ref("Key")));
            assertThatThrownBy(() -> kms.decrypt(request -> request.ciphertextBlob(sealed)))
                    .isInstanceOf(DisabledException.class);
            kms.enableKey(request -> request.keyId(ref("Key")));
            assertThat(kms.decrypt(request -> request.ciphertextBlob(sealed))
                            .plaintext()
                            .asUtf8String())
                    .isEqualTo("x");
            assertThat(kms.getKeyRotationStatus(request -> request.keyId("alias/test"))
                            .keyRotationEnabled())
                    .isTrue();
            assertThatThrownBy(() -> kms.describeKey(request -> request.keyId("alias/nothing")))
                    .isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void every_push_and_text_lands_in_the_inbox_with_its_virtual_time() {
        int before = CLOUD.inbox().messages().size();
        try (SnsClient sns = CLOUD.client(SnsClient.builder());
                PinpointSmsVoiceV2Client sms = CLOUD.client(PinpointSmsVoiceV2Client.builder())) {
            String device = sns.createPlatformEndpoint(request -> request.platformApplicationArn(
                                    "arn:aws:sns:us-east-1:000000000000:app/GCM/carryover")
                            .token("device-token"))
                    .endpointArn();
            sns.publish(request -> request.targetArn(device).message("{\"default\":\"come back\"}"));
            sns.publish(
                    request -> request.topicArn(ref("Alerts")).subject("alarm").message("late"));
            sns.publish(request -> request.phoneNumber("+15550100").message("hello"));
            sms.sendTextMessage(
                    request -> request.destinationPhoneNumber("+15550101").messageBody("again"));
            assertThatThrownBy(
                            () -> sns.publish(request -> request.topicArn("arn:aws:sns:us-east-1:000000000000:nothing")
                                    .message("x")))
                    .isInstanceOf(software.amazon.awssdk.services.sns.model.NotFoundException.class);
        }
        assertThat(CLOUD.inbox().messages().stream().skip(before))
                .extracting(Inbox.Message::kind, Inbox.Message::body, Inbox.Message::at)
                .containsExactly(
                        tuple(
                                "push",
                                "{\"default\":\"come back\"}",
                                CLOUD.clock().instant()),
                        tuple("push", "late", CLOUD.clock().instant()),
                        tuple("text", "hello", CLOUD.clock().instant()),
                        tuple("text", "again", CLOUD.clock().instant()));
    }

    @Test
    void a_message_is_hidden_while_one_reader_has_it_and_comes_back_when_virtual_time_passes() {
        try (SqsClient sqs = CLOUD.client(SqsClient.builder())) {
            String queue = sqs.getQueueUrl(request -> request.queueName("carryover-Lost"))
                    .queueUrl();
            sqs.sendMessage(request -> request.queueUrl(queue).messageBody("one"));
            Message first = sqs.receiveMessage(request -> request.queueUrl(queue))
                    .messages()
                    .getFirst();
            assertThat(first.body()).isEqualTo("one");
            assertThat(sqs.receiveMessage(request -> request.queueUrl(queue)).messages())
                    .isEmpty();
            CLOUD.clock().advance(Duration.ofSeconds(30));
            Message again = sqs.receiveMessage(request -> request.queueUrl(queue))
                    .messages()
                    .getFirst();
            sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(again.receiptHandle()));
            CLOUD.clock().advance(Duration.ofSeconds(30));
            assertThat(sqs.receiveMessage(request -> request.queueUrl(queue)).messages())
                    .isEmpty();
        }
    }

    @Test
    void an_assumed_role_works_and_keeps_its_name() {
        try (StsClient sts = CLOUD.client(StsClient.builder())) {
            AssumeRoleResponse assumed =
                    sts.assumeRole(request -> request.roleArn("arn:aws:iam::000000000000:role/Clinic")
                            .roleSessionName("night")
                            .tags(Tag.builder().key("clinic").value("7").build()));
            assertThat(assumed.credentials().accessKeyId()).startsWith("ASIA");
            assertThat(assumed.assumedRoleUser().arn())
                    .isEqualTo("arn:aws:sts::000000000000:assumed-role/Clinic/night");
            try (DynamoDbClient dynamo = DynamoDbClient.builder()
                    .region(Region.US_EAST_1)
                    .endpointOverride(CLOUD.endpoint())
                    .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                            assumed.credentials().accessKeyId(),
                            assumed.credentials().secretAccessKey(),
                            assumed.credentials().sessionToken())))
                    .build()) {
                assertThat(dynamo.getItem(get -> get.tableName(ref("Seen"))
                                        .key(Map.of(
                                                "PK", AttributeValue.fromS("C#7"), "SK", AttributeValue.fromS("1"))))
                                .hasItem())
                        .isFalse();
            }
        }
    }

    @Test
    void a_function_is_invoked_by_name_and_by_alias_and_its_exception_is_reported_as_lambda_does() {
        try (LambdaClient lambda = CLOUD.client(LambdaClient.builder())) {
            InvokeResponse answer = lambda.invoke(
                    request -> request.functionName("arn:aws:lambda:us-east-1:000000000000:function:echo:live")
                            .payload(SdkBytes.fromUtf8String("{\"name\":\"Ana\"}")));
            assertThat(answer.payload().asUtf8String()).isEqualTo("{\"text\":\"hello Ana\",\"function\":\"echo\"}");
            InvokeResponse failed = lambda.invoke(
                    request -> request.functionName("echo").payload(SdkBytes.fromUtf8String("{\"name\":\"nobody\"}")));
            assertThat(failed.functionError()).isEqualTo("Unhandled");
            assertThat(failed.payload().asUtf8String())
                    .contains(
                            "\"errorType\":\"java.lang.IllegalStateException\"",
                            "\"errorMessage\":\"nobody is there\"");
            assertThat(lambda.listFunctions().functions())
                    .extracting(function -> function.functionName())
                    .contains("echo", "carryover-Night");
            assertThatThrownBy(() -> lambda.invoke(request -> request.functionName("echo:other")))
                    .isInstanceOf(software.amazon.awssdk.services.lambda.model.ResourceNotFoundException.class);
        }
    }

    @Test
    void a_user_is_created_once() {
        try (CognitoIdentityProviderClient cognito = CLOUD.client(CognitoIdentityProviderClient.builder())) {
            assertThat(cognito.adminCreateUser(request ->
                                    request.userPoolId(ref("Patients")).username("5b7c0f2e"))
                            .user()
                            .attributes()
                            .getFirst()
                            .name())
                    .isEqualTo("sub");
            assertThat(cognito.listUsers(request -> request.userPoolId(ref("Patients")))
                            .users())
                    .hasSize(1);
            assertThatThrownBy(() -> cognito.adminCreateUser(
                            request -> request.userPoolId(ref("Patients")).username("5b7c0f2e")))
                    .isInstanceOf(UsernameExistsException.class);
        }
    }

    @Test
    void an_operation_that_is_not_there_is_named() {
        try (KmsClient kms = CLOUD.client(KmsClient.builder());
                SnsClient sns = CLOUD.client(SnsClient.builder())) {
            assertThatThrownBy(kms::createKey).hasMessageContaining("kms has no operation CreateKey");
            assertThatThrownBy(() -> sns.createTopic(request -> request.name("x")))
                    .hasMessageContaining("sns has no operation CreateTopic");
        }
    }
}
