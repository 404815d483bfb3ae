package health.carryover.platform.video;

import health.carryover.platform.environment.Environment;
import health.carryover.platform.records.Video;
import health.carryover.platform.streams.RecordingsBucket.Stored;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedUploadPartRequest;

/** The bucket of videos. Erasing means every version, every delete marker, and every part of an unfinished upload. */
public final class VideosBucket {
    /** A phone on a slow line sends its parts one after the other. */
    public static final Duration UPLOAD_LIFE = Duration.ofHours(1);

    public static final Duration PLAY_LIFE = Duration.ofMinutes(5);
    /** A part on its way while its upload is aborted may still land: S3 says to abort again until none is left. */
    private static final int ABORTS = 10;

    /** Where one part goes, and the headers that are signed with it. */
    public record PartAddress(int number, String url, Map<String, String> headers) {}

    private final S3Client s3;
    private final S3Presigner presigner;
    private final String bucket;

    public VideosBucket(Environment environment) {
        s3 = environment.client(S3Client.builder());
        presigner = environment.presigner();
        bucket = environment.variable("VIDEOS_BUCKET");
    }

    /** @return the upload's id */
    public String begin(String key, String contentType) {
        return s3.createMultipartUpload(create -> create.bucket(bucket)
                        .key(key)
                        .contentType(contentType)
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId();
    }

    /** Addresses that take exactly the announced parts: length and digest of each are signed. */
    public List<PartAddress> addresses(Video video) {
        List<PartAddress> addresses = new ArrayList<>();
        for (Video.Part part : video.parts()) {
            int number = addresses.size() + 1;
            PresignedUploadPartRequest put =
                    presigner.presignUploadPart(presign -> presign.signatureDuration(UPLOAD_LIFE)
                            .uploadPartRequest(upload -> upload.bucket(bucket)
                                    .key(video.objectKey())
                                    .uploadId(video.uploadId())
                                    .partNumber(number)
                                    .contentLength((long) part.bytes())
                                    .checksumSHA256(part.sha256())));
            Map<String, String> headers = new TreeMap<>();
            put.signedHeaders().forEach((name, values) -> {
                if (!name.equalsIgnoreCase("host")) headers.put(name, String.join(",", values));
            });
            addresses.add(new PartAddress(number, put.url().toString(), headers));
        }
        return addresses;
    }

    /** What became of a wish to make one object of the parts. */
    public enum Completion {
        DONE,
        /** Not all parts that were announced are there. */
        PARTS_MISSING,
        /** There is no such upload (any more): completed before, or aborted. */
        GONE
    }

    public Completion complete(Video video) {
        try {
            List<Part> there = s3
                    .listPartsPaginator(
                            list -> list.bucket(bucket).key(video.objectKey()).uploadId(video.uploadId()))
                    .parts()
                    .stream()
                    .toList();
            List<CompletedPart> parts = new ArrayList<>();
            for (Part part : there) {
                int number = part.partNumber();
                if (number != parts.size() + 1
                        || number > video.parts().size()
                        || part.size() != video.parts().get(number - 1).bytes()) return Completion.PARTS_MISSING;
                parts.add(CompletedPart.builder()
                        .partNumber(number)
                        .eTag(part.eTag())
                        .checksumSHA256(video.parts().get(number - 1).sha256())
                        .build());
            }
            if (parts.size() != video.parts().size()) return Completion.PARTS_MISSING;
            s3.completeMultipartUpload(complete -> complete.bucket(bucket)
                    .key(video.objectKey())
                    .uploadId(video.uploadId())
                    .multipartUpload(upload -> upload.parts(parts)));
            return Completion.DONE;
        } catch (NoSuchUploadException e) {
            return Completion.GONE;
        }
    }

    /** Bytes of this version, or empty where it is gone. */
    public Optional<Long> size(Stored object) {
        return versions(object.key()).stream()
                .filter(found -> found.stored().version().equals(object.version()))
                .map(Version::bytes)
                .findFirst();
    }

    /** Whether anything lies under this key. */
    public boolean has(String key) {
        return !versions(key).isEmpty();
    }

    /** Tells whoever may read the bucket. An object that is gone by now needs no tag. */
    public void accept(Stored object) {
        try {
            s3.putObjectTagging(put -> put.bucket(bucket)
                    .key(object.key())
                    .versionId(object.version())
                    .tagging(tagging -> tagging.tagSet(
                            Tag.builder().key("accepted").value("true").build())));
        } catch (S3Exception e) {
            if (e.statusCode() != 404) throw e;
        }
    }

    /** An address that plays one version for five minutes. */
    public URL play(Stored object) {
        return presigner
                .presignGetObject(presign -> presign.signatureDuration(PLAY_LIFE)
                        .getObjectRequest(
                                get -> get.bucket(bucket).key(object.key()).versionId(object.version())))
                .url();
    }

    /** One version or delete marker. */
    public record Version(Stored stored, long bytes) {}

    /** Every version and delete marker of one key. */
    List<Version> versions(String key) {
        return s3.listObjectVersionsPaginator(list -> list.bucket(bucket).prefix(key)).stream()
                .flatMap(page -> versions(page).stream())
                .filter(version -> version.stored().key().equals(key))
                .toList();
    }

    private static List<Version> versions(ListObjectVersionsResponse page) {
        List<Version> all = new ArrayList<>();
        page.versions()
                .forEach(found -> all.add(new Version(new Stored(found.key(), found.versionId()), found.size())));
        page.deleteMarkers().forEach(found -> all.add(new Version(new Stored(found.key(), found.versionId()), 0)));
        return all;
    }

    /** All keys in their order, which is that of their days; pages are fetched as they are read. */
    public Stream<String> keys() {
        return s3.listObjectVersionsPaginator(list -> list.bucket(bucket)).stream()
                .flatMap(page -> versions(page).stream()
                        .map(version -> version.stored().key())
                        .distinct()
                        .sorted());
    }

    /** Keys of all uploads that were begun and neither completed nor aborted. */
    public List<String> unfinished() {
        return s3.listMultipartUploadsPaginator(list -> list.bucket(bucket)).uploads().stream()
                .map(MultipartUpload::key)
                .distinct()
                .toList();
    }

    /**
     * Leaves nothing under this key.
     *
     * @throws IllegalStateException when parts still came in after many aborts; to be tried again
     */
    public void erase(String key) {
        for (int attempt = 0; abort(key); attempt++)
            if (attempt == ABORTS) throw new IllegalStateException("parts come in faster than they are aborted");
        // After the uploads: one that was completed in between is an object by now.
        for (Version version : versions(key))
            s3.deleteObject(delete ->
                    delete.bucket(bucket).key(key).versionId(version.stored().version()));
    }

    /** @return whether there was an upload to abort, so that one has to look again */
    private boolean abort(String key) {
        List<MultipartUpload> uploads =
                s3.listMultipartUploadsPaginator(list -> list.bucket(bucket).prefix(key)).uploads().stream()
                        .filter(upload -> upload.key().equals(key))
                        .toList();
        for (MultipartUpload upload : uploads) {
            try {
                s3.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(upload.uploadId()));
            } catch (NoSuchUploadException e) {
                // Somebody else aborted or completed it since; the next look tells.
                continue;
            }
        }
        return !uploads.isEmpty();
    }
}
