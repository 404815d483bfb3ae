package health.carryover.platform.records;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A video of an exercise: asked for, uploaded in parts, and playable once its arrival was looked at. What is erased
 * leaves this item, which says when and why, and no picture.
 *
 * @param sessionId the session that it is of
 * @param uploadId S3's, of the upload in parts
 * @param parts in order
 * @param askedAt from here on its days count
 * @param objectVersion the one version that was accepted; absent before
 */
public record Video(
        String id,
        String sessionId,
        String exercise,
        String objectKey,
        String uploadId,
        List<Part> parts,
        Instant askedAt,
        @Nullable String objectVersion) {
    /** Deleted by version from here on, so that a late run still is in time. */
    public static final Duration KEPT = Duration.ofDays(88);

    /** From exactly here on nobody is shown it, whatever storage still has. */
    public static final Duration SHOWN = Duration.ofDays(90);

    /** An upload that was not completed by then never will be: its addresses have long ended. */
    public static final Duration UPLOAD = Duration.ofDays(1);

    /** @param sha256 base64 of the digest of the part's bytes */
    public record Part(int bytes, String sha256) {}

    /** All but the first two are the end: nothing lies in storage any more. */
    public enum State {
        ASKED,
        ACCEPTED,
        /** On arrival the consent was gone, or the object was not what had been announced. */
        REFUSED,
        /** The consent was taken back. */
        REVOKED,
        /** The patient deleted it. */
        DELETED,
        /** Its time was over. */
        EXPIRED,
        /** Never completed. */
        ABANDONED;

        public boolean isEnd() {
            return this != ASKED && this != ACCEPTED;
        }
    }

    public Video {
        parts = List.copyOf(parts);
    }

    public long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    public boolean isDue(Instant now) {
        return !now.isBefore(askedAt.plus(KEPT));
    }

    public boolean isShown(Instant now) {
        return now.isBefore(askedAt.plus(SHOWN));
    }

    public Video accepted(String version) {
        return new Video(id, sessionId, exercise, objectKey, uploadId, parts, askedAt, version);
    }

    /** @throws IllegalStateException when the item has none of ours */
    public static State state(Entry<Video> entry) {
        String state = entry.clear().get(Clear.state);
        if (state == null) throw new IllegalStateException("a video without a state");
        return State.valueOf(state);
    }

    /**
     * What an object's key says: {@code <day>/<clinic>/<patient>/<video>}. The day (UTC, of asking) comes first, so that
     * those whose time is over stand together at the beginning of the bucket.
     */
    public record Address(LocalDate day, PatientRef patient, String video) {
        public static Address at(Instant askedAt, PatientRef patient, String video) {
            return new Address(LocalDate.ofInstant(askedAt, ZoneOffset.UTC), patient, video);
        }

        public String objectKey() {
            return String.join("/", day.toString(), patient.clinic(), patient.patient(), video);
        }

        /** @return empty for a key that is none of ours */
        public static Optional<Address> of(String objectKey) {
            String[] parts = objectKey.split("/", -1);
            if (parts.length != 4 || !Key.isId(parts[1]) || !Key.isId(parts[2]) || !Key.isId(parts[3]))
                return Optional.empty();
            try {
                return Optional.of(
                        new Address(LocalDate.parse(parts[0]), new PatientRef(parts[1], parts[2]), parts[3]));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
    }
}
