package health.carryover.platform.environment;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** One call of each kind of client, answered by {@link PrimedHttp}: marshalling, signing and reading get initialised. */
final class HarmlessCall {
    private static final String NOBODY = "priming";

    private HarmlessCall() {}

    /** @throws IllegalStateException for a client of which nobody said how to prime it */
    static void of(Object client) {
        switch (client) {
            case DynamoDbClient tables -> calls(tables);
            case KmsClient keys ->
                keys.decrypt(decrypt -> decrypt.ciphertextBlob(SdkBytes.fromUtf8String(NOBODY))
                        .encryptionContext(Map.of("clinic", NOBODY)));
            case S3Client objects ->
                objects.headObject(head -> head.bucket(NOBODY).key(NOBODY));
            case SfnClient machines ->
                machines.sendTaskSuccess(success -> success.taskToken(NOBODY).output("{}"));
            case SnsClient pushes ->
                pushes.publish(publish -> publish.targetArn(NOBODY).message(NOBODY));
            case CognitoIdentityProviderClient pool ->
                pool.adminGetUser(user -> user.userPoolId(NOBODY).username(NOBODY));
            default ->
                throw new IllegalStateException(
                        "no harmless call is known for " + client.getClass().getName());
        }
    }

    /** Signing an address asks nobody. */
    static void of(S3Presigner presigner) {
        presigner.presignPutObject(sign -> sign.signatureDuration(Duration.ofMinutes(1))
                .putObjectRequest(put -> put.bucket(NOBODY).key(NOBODY)));
    }

    private static void calls(DynamoDbClient tables) {
        Map<String, AttributeValue> key = Map.of("PK", AttributeValue.fromS(NOBODY));
        tables.getItem(get -> get.tableName(NOBODY).key(key));
        tables.query(query -> query.tableName(NOBODY)
                .keyConditionExpression("PK = :pk")
                .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(NOBODY))));
        TransactWriteItem item = TransactWriteItem.builder()
                .put(put -> put.tableName(NOBODY).item(key))
                .build();
        tables.transactWriteItems(transaction -> transaction.transactItems(List.of(item)));
    }
}
