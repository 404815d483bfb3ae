package health.carryover.platform.streams;

/**
 * Why a {@code landmarks.v1} or {@code imu.v1} file is refused. Carries no value of the file.
 * @param chunk the chunk it was found in, from 0; -1 before the first
 */
public record StreamProblem(Code code, int chunk) {
    public enum Code {
        /** Not one plain gzip member, or its checksum is wrong. */
        NOT_GZIP,
        TRUNCATED,
        /** Not header, chunks, trailer; or one of them is not what the schema says. */
        NOT_THE_FORMAT,
        SCHEMA_UNKNOWN,
        /** Rates, sizes, names, sensors or quanta are impossible. */
        HEADER_IMPOSSIBLE,
        /** Not 33 landmarks. */
        LANDMARK_COUNT,
        /** More compressed or unpacked bytes than allowed. */
        TOO_LARGE,
        /** Unpacks to so many times its size that it is no recording. */
        RATIO,
        CHUNK_TOO_LARGE,
        /** More frames or samples than allowed, in a chunk or altogether. */
        TOO_MANY,
        /** The header lists no sensor of this number. */
        UNKNOWN_SENSOR,
        /** A sequence number, time of reception or battery level that cannot be. */
        CHUNK_IMPOSSIBLE,
        /** A column has not as many values as the chunk has frames with a person, or samples. */
        COLUMN_LENGTH,
        TIME_NOT_RISING,
        /** A landmark further than 100 images away or a frame after a day, or more than any sensor made for people measures. */
        OUT_OF_REACH,
        /** The trailer's counts are not those of the file. */
        COUNT,
        DIGEST,
        /** Something follows the trailer, or the gzip member. */
        TRAILING_BYTES
    }
}
