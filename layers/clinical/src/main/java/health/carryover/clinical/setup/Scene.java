package health.carryover.clinical.setup;

/**
 * What the client knows of a picture besides the landmarks. Luma is the mean of the Y plane, 0 black, 1 white; NaN where
 * it is not known. The client keeps one and measures it anew a few times a second, that is enough.
 * @param image luma of the whole picture
 * @param person luma of the person: best of the face, since clothes may be black
 * @param background luma of the rest of the picture
 * @param persons how many people the tracker saw, 0..100, or {@link #NOT_COUNTED}
 */
public record Scene(double image, double person, double background, int persons) {
    public static final int NOT_COUNTED = -1;
    /** Nothing but landmarks. */
    public static final Scene UNKNOWN = new Scene(Double.NaN, Double.NaN, Double.NaN, NOT_COUNTED);

    public Scene {
        check("image", image);
        check("person", person);
        check("background", background);
        if (persons < NOT_COUNTED || persons > 100) throw new IllegalArgumentException("persons outside 0..100");
    }

    private static void check(String name, double luma) {
        if (luma < 0 || luma > 1) throw new IllegalArgumentException(name + ": luma outside [0, 1]"); // NaN passes
    }
}
