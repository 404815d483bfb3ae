package health.carryover.platform.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.clinical.escalation.Engagement;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.json.Json;
import health.carryover.platform.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Table Records. Every read is strong but those of the index, every change is a transaction, and every item is sealed to
 * its place: a ciphertext moved to another key, type or version does not open.
 */
public final class Records {
    private static final int CONFLICT_TRIES = 6;
    private static final int PAGE = 100;

    private final DynamoDbClient tables;
    private final Vault vault;
    private final String table;

    public Records(Environment environment, Vault vault) {
        this.vault = vault;
        tables = environment.client(DynamoDbClient.builder());
        table = environment.variable("RECORDS_TABLE");
        environment.priming().add("records", this::prime);
    }

    private void prime() {
        Contact contact = new Contact(Engagement.Kind.VISIT, Instant.EPOCH, null);
        Key key = Key.contact(new PatientRef(Vault.NOBODY, Vault.NOBODY), Instant.EPOCH, Vault.NOBODY);
        open(seal(Entry.first(key, Kind.CONTACT, contact, Map.of())), Kind.CONTACT);
    }

    public <T> Optional<Entry<T>> get(Key key, Kind<T> kind) {
        Map<String, AttributeValue> item = tables.getItem(
                        get -> get.tableName(table).key(keyMap(key)).consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(open(item, kind));
    }

    /** A page of a query. */
    public record Page<T>(List<Entry<T>> entries, Optional<String> lastSortKey) {}

    /** All items of a partition whose sort key lies in {@code [from, to]}, in key order. */
    public <T> List<Entry<T>> range(String pk, String from, String to, Kind<T> kind) {
        List<Entry<T>> all = new ArrayList<>();
        QueryRequest.Builder query = between(pk, from, to);
        while (true) {
            QueryResponse page = tables.query(query.build());
            page.items().forEach(item -> all.add(open(item, kind)));
            if (!page.hasLastEvaluatedKey() || page.lastEvaluatedKey().isEmpty()) return all;
            query.exclusiveStartKey(page.lastEvaluatedKey());
        }
    }

    /** All items of a partition whose sort key begins so. */
    public <T> List<Entry<T>> prefix(String pk, String prefix, Kind<T> kind) {
        return range(pk, prefix, prefix + AFTER, kind);
    }

    /** The items of a prefix, newest first, at most {@code limit}, after the sort key {@code after} if one is given. */
    public <T> Page<T> newestFirst(String pk, String prefix, Kind<T> kind, int limit, Optional<String> after) {
        QueryRequest.Builder query =
                between(pk, prefix, prefix + AFTER).scanIndexForward(false).limit(Math.min(limit, PAGE));
        after.ifPresent(sk -> query.exclusiveStartKey(keyMap(new Key(pk, sk))));
        QueryResponse page = tables.query(query.build());
        List<Entry<T>> entries =
                page.items().stream().map(item -> open(item, kind)).toList();
        boolean more = page.hasLastEvaluatedKey() && !page.lastEvaluatedKey().isEmpty();
        return new Page<>(
                entries,
                more
                        ? Optional.of(Attributes.require(page.lastEvaluatedKey(), "SK")
                                .s())
                        : Optional.empty());
    }

    /** The last item of a prefix: the newest version of something numbered. */
    public <T> Optional<Entry<T>> latest(String pk, String prefix, Kind<T> kind) {
        return newestFirst(pk, prefix, kind, 1, Optional.empty()).entries().stream()
                .findFirst();
    }

    /** Items of index GSI1 in key order; eventually consistent. */
    public <T> List<Entry<T>> indexed(String gsi1pk, Kind<T> kind, int limit) {
        return tables
                .query(query -> query.tableName(table)
                        .indexName("GSI1")
                        .keyConditionExpression("GSI1PK = :pk")
                        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(gsi1pk)))
                        .limit(limit))
                .items()
                .stream()
                .map(item -> open(item, kind))
                .toList();
    }

    /** How many items a partition has. */
    public int count(String pk) {
        return tables
                .queryPaginator(query -> query.tableName(table)
                        .consistentRead(true)
                        .select(Select.COUNT)
                        .keyConditionExpression("PK = :pk")
                        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk))))
                .stream()
                .mapToInt(QueryResponse::count)
                .sum();
    }

    /** Open outreaches of a clinic. */
    public int openCount(String clinic) {
        AttributeValue count = tables.getItem(get ->
                        get.tableName(table).key(keyMap(Key.capacity(clinic))).consistentRead(true))
                .item()
                .get("openCount");
        return count == null ? 0 : Integer.parseInt(count.n());
    }

    /** All or nothing. Conflicts with other transactions are tried again. */
    public Write.Result transact(List<Write> writes) {
        List<TransactWriteItem> items = writes.stream().map(this::item).toList();
        for (int attempt = 1; ; attempt++) {
            try {
                tables.transactWriteItems(request -> request.transactItems(items));
                return new Write.Result.Committed();
            } catch (TransactionCanceledException e) {
                List<CancellationReason> reasons = e.cancellationReasons();
                for (int i = 0; i < reasons.size(); i++)
                    if ("ConditionalCheckFailed".equals(reasons.get(i).code()))
                        return new Write.Result.Refused(i, clear(reasons.get(i).item()));
                boolean conflict = reasons.stream()
                        .anyMatch(reason ->
                                "TransactionConflict".equals(reason.code()) || "ThrottlingError".equals(reason.code()));
                if (!conflict || attempt == CONFLICT_TRIES) throw e;
                pause(attempt);
            }
        }
    }

    /** As {@link #transact}, for writes whose conditions can only fail when a promise is broken. */
    public void commit(List<Write> writes) {
        if (transact(writes) instanceof Write.Result.Refused refused) throw new ConcurrentChange(refused.failed());
    }

    /** Somebody else changed an item between our reading and writing it; the caller reads again and retries. */
    public static final class ConcurrentChange extends RuntimeException {
        private static final long serialVersionUID = 1;

        ConcurrentChange(int part) {
            super("part " + part + " of the transaction met a newer version");
        }
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(5, 20L << attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted between two tries of a transaction", e);
        }
    }

    private TransactWriteItem item(Write write) {
        return switch (write) {
            case Write.Create(Entry<?> entry) ->
                TransactWriteItem.builder()
                        .put(put -> put.tableName(table)
                                .item(seal(entry))
                                .conditionExpression("attribute_not_exists(PK)")
                                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                        .build();
            case Write.Replace(Entry<?> entry) ->
                TransactWriteItem.builder()
                        .put(put -> put.tableName(table)
                                .item(seal(entry))
                                .conditionExpression("version = :read")
                                .expressionAttributeValues(
                                        Map.of(":read", AttributeValue.fromN(Long.toString(entry.version() - 1)))))
                        .build();
            case Write.Overwrite(Entry<?> entry) ->
                TransactWriteItem.builder()
                        .put(put -> put.tableName(table).item(seal(entry)))
                        .build();
            case Write.Delete(Entry<?> entry) ->
                TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(table)
                                .key(keyMap(entry.key()))
                                .conditionExpression("version = :read")
                                .expressionAttributeValues(
                                        Map.of(":read", AttributeValue.fromN(Long.toString(entry.version())))))
                        .build();
            case Write.Absent(Key key) ->
                TransactWriteItem.builder()
                        .conditionCheck(check ->
                                check.tableName(table).key(keyMap(key)).conditionExpression("attribute_not_exists(PK)"))
                        .build();
            case Write.Count(String clinic, int by, int cap) ->
                TransactWriteItem.builder()
                        .update(update -> {
                            update.tableName(table)
                                    .key(keyMap(Key.capacity(clinic)))
                                    .updateExpression("ADD openCount :by");
                            AttributeValue change = AttributeValue.fromN(Integer.toString(by));
                            if (by > 0)
                                update.conditionExpression("attribute_not_exists(openCount) OR openCount < :cap")
                                        .expressionAttributeValues(Map.of(
                                                ":by", change, ":cap", AttributeValue.fromN(Integer.toString(cap))));
                            else
                                update.conditionExpression("openCount >= :least")
                                        .expressionAttributeValues(Map.of(
                                                ":by", change, ":least", AttributeValue.fromN(Integer.toString(-by))));
                        })
                        .build();
            case Write.Other(TransactWriteItem other) -> other;
        };
    }

    private Map<String, AttributeValue> seal(Entry<?> entry) {
        ObjectNode whole = Json.MAPPER.createObjectNode();
        whole.set("content", Json.MAPPER.valueToTree(entry.content()));
        whole.set("clear", Json.MAPPER.valueToTree(entry.clear()));
        byte[] sealed = vault.seal(clinicOf(entry.key().pk()), Json.bytes(whole), associated(entry));
        Item item = new Item(
                entry.key().pk(),
                entry.key().sk(),
                entry.kind().type(),
                entry.version(),
                SdkBytes.fromByteArray(sealed),
                entry.clear());
        return Item.SCHEMA.itemToMap(item, true);
    }

    /** An item of an export: it opens with the clinic's keys, as if it were read from the table. */
    public <T> Entry<T> open(Exported exported, Kind<T> kind) {
        return open(exported.attributes(), kind);
    }

    private <T> Entry<T> open(Map<String, AttributeValue> attributes, Kind<T> kind) {
        Item item = Item.SCHEMA.mapToItem(attributes);
        Key key = new Key(item.pk(), item.sk());
        if (!item.type().equals(kind.type()))
            throw new IllegalStateException("item " + key.sk() + " is of type " + item.type() + ", not " + kind.type());
        try {
            byte[] json = vault.open(
                    clinicOf(key.pk()), item.sealed().asByteArray(), associated(key, item.type(), item.version()));
            JsonNode whole = Json.MAPPER.readTree(json);
            Map<Clear, String> inside = new EnumMap<>(Clear.class);
            whole.path("clear")
                    .properties()
                    .forEach(member -> inside.put(
                            Clear.valueOf(member.getKey()), member.getValue().asText()));
            if (!inside.equals(item.clear()))
                throw new IllegalStateException("clear attributes of item " + key.sk() + " were changed");
            T content = Json.MAPPER.treeToValue(whole.path("content"), kind.content());
            return new Entry<>(key, kind, item.version(), content, item.clear());
        } catch (IOException e) {
            // The cause would quote the content.
            throw new IllegalStateException("item " + key.sk() + " of type " + item.type() + " cannot be read");
        }
    }

    /** The clinic stands second in every partition key of a sealed item. */
    private static String clinicOf(String pk) {
        String[] parts = pk.split("#", 3);
        if (parts.length < 2 || !parts[0].equals("C")) throw new IllegalArgumentException("no clinic in the key " + pk);
        return parts[1];
    }

    private static byte[] associated(Entry<?> entry) {
        return associated(entry.key(), entry.kind().type(), entry.version());
    }

    private static byte[] associated(Key key, String type, long version) {
        return String.join("\0", key.pk(), key.sk(), type, Long.toString(version))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Map<Clear, String> clear(Map<String, AttributeValue> item) {
        Map<Clear, String> clear = new EnumMap<>(Clear.class);
        for (Clear name : Clear.values()) {
            AttributeValue value = item == null ? null : item.get(name.name());
            if (value != null) clear.put(name, value.s());
        }
        return clear;
    }

    private static Map<String, AttributeValue> keyMap(Key key) {
        return Map.of("PK", AttributeValue.fromS(key.pk()), "SK", AttributeValue.fromS(key.sk()));
    }

    private QueryRequest.Builder between(String pk, String from, String to) {
        return QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("PK = :pk AND SK BETWEEN :from AND :to")
                .expressionAttributeValues(Map.of(
                        ":pk", AttributeValue.fromS(pk),
                        ":from", AttributeValue.fromS(from),
                        ":to", AttributeValue.fromS(to)));
    }

    /** Sorts behind every character that a key of ours has. */
    static final String AFTER = "~";
}
