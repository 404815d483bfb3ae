package health.carryover.platform.streams;

/**
 * What a reader is willing to take on. The decoder holds one chunk at a time, so memory is a few times
 * {@code chunkBytes}, plus the frames if the caller collects them (about 600 bytes each).
 * @param compressedBytes of the file as it is
 * @param unpackedBytes of the file unzipped
 * @param ratio unpacked by compressed, looked at once more than a megabyte is unpacked
 */
public record LandmarksLimits(long compressedBytes, long unpackedBytes, int ratio, int chunkBytes, int frames) {
    /** Two hours at 30 frames a second. A recording of a person unpacks to two to five times its size. */
    public static final LandmarksLimits USUAL = new LandmarksLimits(40L << 20, 80L << 20, 60, 1 << 20, 216_000);

    public LandmarksLimits {
        if (compressedBytes < 1 || unpackedBytes < 1 || ratio < 1 || chunkBytes < 1 || frames < 1)
            throw new IllegalArgumentException("limits are positive");
    }
}
