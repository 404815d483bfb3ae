package health.carryover.platform.streams;

/**
 * What a reader is willing to take on. A decoder holds one chunk at a time, so memory is a few times
 * {@code chunkBytes}, plus what the caller collects (about 600 bytes a frame, 44 a sensor sample).
 * @param compressedBytes of the file as it is
 * @param unpackedBytes of the file unzipped
 * @param ratio unpacked by compressed, looked at once more than a megabyte is unpacked
 * @param chunkBytes of one header, chunk or trailer, unzipped
 * @param items frames, or samples of all sensors together
 */
public record StreamLimits(long compressedBytes, long unpackedBytes, int ratio, int chunkBytes, int items) {
    /** Two hours at 30 frames a second. A recording of a person unpacks to two to five times its size. */
    public static final StreamLimits LANDMARKS = new StreamLimits(40L << 20, 80L << 20, 60, 1 << 20, 216_000);

    /** Two hours of eight sensors at 100 Hz. A recording of a person unpacks to one and a half to four times its size. */
    public static final StreamLimits IMU = new StreamLimits(40L << 20, 120L << 20, 60, 1 << 20, 5_760_000);

    public StreamLimits {
        if (compressedBytes < 1 || unpackedBytes < 1 || ratio < 1 || chunkBytes < 1 || items < 1)
            throw new IllegalArgumentException("limits are positive");
    }
}
