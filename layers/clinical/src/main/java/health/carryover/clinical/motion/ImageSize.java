package health.carryover.clinical.motion;

/** Width and height of the camera image, pixels, each 1..16384. Needed because landmarks are fractions of each. */
public record ImageSize(int width, int height) {
    public ImageSize {
        if (width < 1 || width > 16_384 || height < 1 || height > 16_384)
            throw new IllegalArgumentException("image size outside 1..16384 pixels");
    }
}
