package health.carryover.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** What functions ask of AWS: how often, and in request units of DynamoDB, reckoned from the sizes of the items. */
final class TableCalls implements ExecutionInterceptor {
    private static final int READ_UNIT = 4096;
    private static final int WRITE_UNIT = 1024;
    /** A write in a transaction counts twice. */
    private static final int TRANSACTION = 2;

    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    private final LongAdder readUnits = new LongAdder();
    private final LongAdder writeUnits = new LongAdder();

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        String call = context.request().getClass().getSimpleName().replace("Request", "");
        calls.computeIfAbsent(call, _ -> new LongAdder()).increment();
        if (context.response() instanceof QueryResponse query)
            readUnits.add(
                    units(query.items().stream().mapToLong(TableCalls::size).sum(), READ_UNIT));
        if (context.response() instanceof GetItemResponse get) readUnits.add(units(size(get.item()), READ_UNIT));
        if (context.request() instanceof TransactWriteItemsRequest write)
            for (TransactWriteItem item : write.transactItems())
                writeUnits.add(TRANSACTION
                        * units(item.put() == null ? 0 : size(item.put().item()), WRITE_UNIT));
    }

    private static long units(long bytes, int unit) {
        return Math.max(1, Math.ceilDiv(bytes, unit));
    }

    private static long size(Map<String, AttributeValue> item) {
        long size = 0;
        for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
            AttributeValue value = attribute.getValue();
            size += attribute.getKey().length();
            if (value.b() != null) size += value.b().asByteArrayUnsafe().length;
            else if (value.s() != null) size += value.s().length();
            else size += Long.BYTES;
        }
        return size;
    }

    void reset() {
        calls.clear();
        readUnits.reset();
        writeUnits.reset();
    }

    Map<String, Long> calls() {
        Map<String, Long> sums = new TreeMap<>();
        calls.forEach((call, count) -> sums.put(call, count.sum()));
        return sums;
    }

    long of(String call) {
        return calls().getOrDefault(call, 0L);
    }

    long readUnits() {
        return readUnits.sum();
    }

    long writeUnits() {
        return writeUnits.sum();
    }
}
