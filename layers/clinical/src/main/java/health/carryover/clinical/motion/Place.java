package health.carryover.clinical.motion;

/** Where the person is and how placed, smoothed: what tells walking, sitting and lying from exercising. */
final class Place {
    private final Smoother hipsAcross = new Smoother();
    private final Smoother hipsDown = new Smoother();
    private final Smoother trunks = new Smoother();
    private final Smoother inclinations = new Smoother();
    private final Smoother thighs = new Smoother();
    private final Smoother azimuths = new Smoother();
    private final Smoother[] all = {hipsAcross, hipsDown, trunks, inclinations, thighs, azimuths};

    /** @param azimuthDeg from where the camera looks; NaN when it cannot be told */
    void add(Frame frame, ImageSize size, Trunk trunk, double azimuthDeg) {
        long time = frame.timeMs();
        hipsAcross.add(time, (frame.x(Landmark.LEFT_HIP) + frame.x(Landmark.RIGHT_HIP)) / 2 * size.width());
        hipsDown.add(time, (frame.y(Landmark.LEFT_HIP) + frame.y(Landmark.RIGHT_HIP)) / 2 * size.height());
        trunks.add(time, trunk.length());
        inclinations.add(time, trunk.inclinationDeg());
        double thigh = trunk.thighDrop(frame, size);
        if (!Double.isNaN(thigh)) thighs.add(time, thigh);
        if (!Double.isNaN(azimuthDeg)) azimuths.add(time, azimuthDeg);
    }

    void repeat(long timeMs) {
        for (Smoother each : all) each.repeat(timeMs);
    }

    void clear() {
        for (Smoother each : all) each.clear();
    }

    void fill(Samples samples, int at) {
        samples.hipX[at] = hipsAcross.value();
        samples.hipY[at] = hipsDown.value();
        samples.trunk[at] = trunks.value();
        samples.inclination[at] = inclinations.value();
        samples.thigh[at] = thighs.isEmpty() ? Double.NaN : thighs.value();
        samples.azimuth[at] = azimuths.isEmpty() ? Double.NaN : azimuths.value();
    }
}
