package health.carryover.platform.records;

import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primarySortKey;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticImmutableTableSchema;

/** One item of table Records, of any kind; {@code sealed} = schema byte + ciphertext of JSON. */
record Item(String pk, String sk, String type, long version, SdkBytes sealed, Map<Clear, String> clear) {
    static final class Row {
        private @Nullable String pk;
        private @Nullable String sk;
        private @Nullable String type;
        private @Nullable Long version;
        private @Nullable SdkBytes sealed;
        private final Map<Clear, String> clear = new EnumMap<>(Clear.class);

        Item read() {
            return new Item(
                    present(pk, "PK"),
                    present(sk, "SK"),
                    present(type, "type"),
                    present(version, "version"),
                    present(sealed, "sealed"),
                    clear);
        }

        private static <T> T present(@Nullable T value, String attribute) {
            return Objects.requireNonNull(value, () -> "item lacks its attribute " + attribute);
        }
    }

    static final TableSchema<Item> SCHEMA = schema();

    private static TableSchema<Item> schema() {
        StaticImmutableTableSchema.Builder<Item, Row> schema = StaticImmutableTableSchema.builder(Item.class, Row.class)
                .newItemBuilder(Row::new, Row::read)
                .addAttribute(
                        String.class,
                        a -> a.name("PK")
                                .getter(Item::pk)
                                .setter((row, value) -> row.pk = value)
                                .tags(primaryPartitionKey()))
                .addAttribute(
                        String.class,
                        a -> a.name("SK")
                                .getter(Item::sk)
                                .setter((row, value) -> row.sk = value)
                                .tags(primarySortKey()))
                .addAttribute(
                        String.class, a -> a.name("type").getter(Item::type).setter((row, value) -> row.type = value))
                .addAttribute(
                        Long.class,
                        a -> a.name("version").getter(Item::version).setter((row, value) -> row.version = value))
                .addAttribute(
                        SdkBytes.class,
                        a -> a.name("sealed").getter(Item::sealed).setter((row, value) -> row.sealed = value));
        for (Clear clear : Clear.values())
            schema.addAttribute(
                    String.class,
                    a -> a.name(clear.name())
                            .getter(item -> item.clear().get(clear))
                            .setter((row, value) -> row.clear.put(clear, value)));
        return schema.build();
    }
}
