package health.carryover.platform.records;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A landmark or sensor stream in storage: announced, then accepted once consent and content were checked on arrival.
 *
 * @param sessionId the session that it is of, named by the phone before either is uploaded; which comes first is open
 * @param sha256 base64 of the digest of the file
 */
public record Recording(
        String uploadId,
        String sessionId,
        String exercise,
        Format format,
        String objectKey,
        long bytes,
        String sha256) {
    public enum Format {
        LANDMARKS("landmarks.v1", "landmarks"),
        IMU("imu.v1", "imu");

        private final String written;
        private final String folder;

        Format(String written, String folder) {
            this.written = written;
            this.folder = folder;
        }

        /** @param written as the API document spells it */
        public static Format of(String written) {
            return Arrays.stream(values())
                    .filter(format -> format.written.equals(written))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no such format"));
        }
    }

    /** What an object's key says: {@code <folder>/<clinic>/<patient>/<upload>}. */
    public record Address(Format format, PatientRef patient, String uploadId) {
        public String objectKey() {
            return String.join("/", format.folder, patient.clinic(), patient.patient(), uploadId);
        }

        /** @return empty for a key that is none of ours */
        public static Optional<Address> of(String objectKey) {
            String[] parts = objectKey.split("/", -1);
            if (parts.length != 4 || !Stream.of(parts).allMatch(Key::isId)) return Optional.empty();
            return Arrays.stream(Format.values())
                    .filter(format -> format.folder.equals(parts[0]))
                    .findFirst()
                    .map(format -> new Address(format, new PatientRef(parts[1], parts[2]), parts[3]));
        }
    }
}
