package health.carryover.platform.streams;

/**
 * Why a {@code landmarks.v1} file is refused. Carries no value of the file.
 * @param chunk the chunk it was found in, from 0; -1 outside the chunks
 */
public record LandmarksProblem(Code code, int chunk) {
    public enum Code {
        /** Not gzip, or its checksum is wrong. */
        NOT_GZIP,
        TRUNCATED,
        /** Not header, chunks, trailer; or one of them is not what the schema says. */
        NOT_LANDMARKS,
        SCHEMA_UNKNOWN,
        /** Frame rate, image size, names or quanta are impossible. */
        HEADER_IMPOSSIBLE,
        /** Not 33 landmarks. */
        LANDMARK_COUNT,
        /** More compressed or unpacked bytes than allowed. */
        TOO_LARGE,
        /** Unpacks to so many times its size that it is no recording. */
        RATIO,
        CHUNK_TOO_LARGE,
        TOO_MANY_FRAMES,
        /** A column has not as many values as the chunk has frames with a person. */
        COLUMN_LENGTH,
        TIME_NOT_RISING,
        /** A landmark further than 100 images away. */
        COORDINATE,
        /** The trailer's count is not the number of frames. */
        FRAME_COUNT,
        DIGEST,
        /** Something follows the trailer. */
        TRAILING_BYTES
    }
}
