package health.carryover.platform.identity;

import health.carryover.platform.environment.Environment;
import health.carryover.platform.identity.Caller.Role;
import health.carryover.platform.records.Attributes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Table Identity: what a subject of one of our user pools may be. Read on every call, so a revoked role stops at once. */
public final class Identities {
    public enum Pool {
        PATIENTS,
        WORKFORCE
    }

    private final DynamoDbClient tables;
    private final String table;
    private final Map<Pool, String> issuers;

    public Identities(Environment environment) {
        tables = environment.client(DynamoDbClient.builder());
        table = environment.variable("IDENTITY_TABLE");
        issuers = Map.of(
                Pool.PATIENTS, environment.variable("PATIENT_POOL"),
                Pool.WORKFORCE, environment.variable("WORKFORCE_POOL"));
    }

    /**
     * @param issuer the token's {@code iss}, whose last path segment is the pool's id
     * @return the caller, or nothing for an unknown pool or subject and for one that was disabled
     */
    public Optional<Caller> caller(String issuer, String subject) {
        String poolId = issuer.substring(issuer.lastIndexOf('/') + 1);
        return issuers.entrySet().stream()
                .filter(pool -> pool.getValue().equals(poolId))
                .findFirst()
                .flatMap(pool -> read(pool.getKey(), subject));
    }

    private Optional<Caller> read(Pool pool, String subject) {
        Map<String, AttributeValue> item = tables.getItem(get -> get.tableName(table)
                        .key(Map.of("PK", AttributeValue.fromS(key(pool, subject))))
                        .consistentRead(true))
                .item();
        if (item.isEmpty()
                || !"ACTIVE".equals(Attributes.require(item, "status").s())) return Optional.empty();
        Set<Role> roles = Attributes.require(item, "roles").ss().stream()
                .map(Role::valueOf)
                .collect(Collectors.toSet());
        // A patient's token never carries a role of the workforce, whatever the item says, and the other way round.
        roles.removeIf(role -> (role == Role.PATIENT) != (pool == Pool.PATIENTS));
        return Optional.of(new Caller(
                Attributes.require(item, "clinic").s(),
                Attributes.require(item, "person").s(),
                roles));
    }

    /** To be written in the transaction that creates the person. Fails where the subject is known already. */
    public TransactWriteItem entry(Pool pool, String subject, Caller caller) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(Map.of(
                                "PK", AttributeValue.fromS(key(pool, subject)),
                                "clinic", AttributeValue.fromS(caller.clinic()),
                                "person", AttributeValue.fromS(caller.person()),
                                "roles",
                                        AttributeValue.fromSs(caller.roles().stream()
                                                .map(Role::name)
                                                .sorted()
                                                .toList()),
                                "status", AttributeValue.fromS("ACTIVE")))
                        .conditionExpression("attribute_not_exists(PK)"))
                .build();
    }

    private static String key(Pool pool, String subject) {
        return "SUB#" + pool + "#" + subject;
    }
}
