package health.carryover.clinical.motion;

/**
 * What a landmark's coordinates are fractions of: the width and height of the camera image, pixels, each 1..16384; or
 * metres, for world landmarks.
 */
public record ImageSize(int width, int height) {
    /** World landmarks: all three coordinates are lengths in space. An image of one pixel does not exist. */
    public static final ImageSize METRES = new ImageSize(1, 1);

    public ImageSize {
        if (width < 1 || width > 16_384 || height < 1 || height > 16_384)
            throw new IllegalArgumentException("image size outside 1..16384 pixels");
    }

    boolean isMetres() {
        return equals(METRES);
    }
}
