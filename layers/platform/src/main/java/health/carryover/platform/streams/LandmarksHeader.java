package health.carryover.platform.streams;

import health.carryover.clinical.motion.ImageSize;

/**
 * What a {@code landmarks.v1} file says about itself.
 * @param model name of the landmark model, at most 100 characters, as modelVersion
 * @param fps nominal frames a second, (0, 240]
 */
public record LandmarksHeader(String model, String modelVersion, double fps, ImageSize size) {
    public LandmarksHeader {
        if (model.isBlank() || model.length() > 100 || modelVersion.length() > 100)
            throw new IllegalArgumentException("name of the landmark model missing or too long");
        if (!(fps > 0 && fps <= 240)) throw new IllegalArgumentException("frame rate outside (0, 240]");
    }
}
