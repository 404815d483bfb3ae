package health.carryover.local.trail;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.carryover.local.access.Call;
import health.carryover.local.iam.Principal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * CloudTrail's writer: a bounded queue, and a thread that compresses record after record into the file under way and puts
 * it into the bucket when it is full, when the day ends, or when somebody wants to read. A full queue holds up its
 * callers; nothing is left out.
 */
public final class Trail implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WAITING = 8192;
    private static final int PER_FILE = 5000;
    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmm'Z'").withZone(ZoneOffset.UTC);

    /** Where everything of this account and region lies. */
    static final String PREFIX = "AWSLogs/" + TrailRecord.ACCOUNT + "/CloudTrail/" + TrailRecord.REGION + "/";

    /** A record to write, or the wish to have everything before it in the bucket. */
    private record Entry(
            @Nullable TrailRecord record, @Nullable CompletableFuture<Void> flushed) {}

    private final InstantSource time;
    private final String bucket;
    private final CompletableFuture<S3Client> storage;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong written = new AtomicLong();
    /** Event ids need only differ. */
    private final Random random = new Random(4567);

    private volatile @Nullable Thread writer;
    private volatile @Nullable RuntimeException broken;

    // Of the writer's thread only: the file under way.
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable JsonGenerator file;
    private Instant from = Instant.EPOCH;
    private int inFile;
    private long files;

    /**
     * Begins to write.
     *
     * @param bucket empty when there is no trail: then nothing is written
     * @param storage the bucket's storage, once there is one
     */
    public Trail(InstantSource time, String bucket, CompletableFuture<S3Client> storage) {
        this.time = time;
        this.bucket = bucket;
        this.storage = storage;
        if (!bucket.isEmpty())
            writer = Thread.ofPlatform().daemon().name("trail").start(this::work);
    }

    public boolean on() {
        return writer != null;
    }

    /** How many records were accepted. */
    public long written() {
        return written.get();
    }

    /** @param errorMessage only of a refusal by the policies */
    public void write(
            Principal principal,
            String accessKey,
            Call call,
            String requestId,
            @Nullable String errorCode,
            @Nullable String errorMessage) {
        if (writer == null) return;
        put(new Entry(
                new TrailRecord(time.instant(), principal, accessKey, call, requestId, errorCode, errorMessage), null));
        written.incrementAndGet();
    }

    /** Returns when everything written before is in the bucket. */
    public void flush() {
        if (writer == null) return;
        CompletableFuture<Void> flushed = new CompletableFuture<>();
        put(new Entry(null, flushed));
        flushed.join();
    }

    private void put(Entry entry) {
        RuntimeException cause = broken;
        if (cause != null) throw new IllegalStateException("the trail cannot be written", cause);
        try {
            queue.put(entry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the trail was written", e);
        }
    }

    // --- the writer's thread ------------------------------------------------------------------------

    private void work() {
        List<Entry> batch = new ArrayList<>();
        try {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch);
                for (Entry entry : batch) {
                    if (entry.record() != null) append(entry.record());
                    if (entry.flushed() != null) {
                        deliver();
                        entry.flushed().complete(null);
                    }
                }
                batch.clear();
            }
        } catch (InterruptedException e) {
            // The cloud closes.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // Without a trail nothing more happens: whoever calls next is told.
            broken = e;
            List<Entry> left = new ArrayList<>(batch);
            queue.drainTo(left);
            for (Entry entry : left)
                if (entry.flushed() != null) entry.flushed().completeExceptionally(e);
        }
    }

    private void append(TrailRecord record) {
        boolean anotherDay = file != null && !day(record.time()).equals(day(from));
        if (inFile >= PER_FILE || anotherDay) deliver();
        try {
            JsonGenerator to = file;
            if (to == null) {
                bytes.reset();
                to = JSON.createGenerator(new GZIPOutputStream(bytes));
                to.writeStartObject();
                to.writeArrayFieldStart("Records");
                from = record.time();
                file = to;
            }
            to.writeTree(record.json(new UUID(random.nextLong(), random.nextLong())));
            inFile++;
        } catch (IOException e) {
            throw new UncheckedIOException("a record could not be written to memory", e);
        }
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /** Names sort by time, and within a minute by the order of writing. */
    private void deliver() {
        JsonGenerator done = file;
        if (done == null) return;
        try {
            done.writeEndArray();
            done.writeEndObject();
            done.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a record could not be written to memory", e);
        }
        String key = PREFIX + FOLDER.format(from) + "/" + TrailRecord.ACCOUNT + "_CloudTrail_" + TrailRecord.REGION
                + "_" + STAMP.format(from) + "_%016d.json.gz".formatted(files++);
        file = null;
        inFile = 0;
        byte[] content = bytes.toByteArray();
        storage.join()
                .putObject(
                        put -> put.bucket(bucket)
                                .key(key)
                                .contentType("application/json")
                                .contentEncoding("gzip"),
                        RequestBody.fromBytes(content));
    }

    @Override
    public void close() {
        Thread working = writer;
        if (working == null) return;
        writer = null;
        working.interrupt();
    }
}
