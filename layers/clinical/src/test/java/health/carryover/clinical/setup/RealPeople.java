package health.carryover.clinical.setup;

import static health.carryover.clinical.setup.Exercises.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.clinical.motion.Landmark;
import health.carryover.clinical.motion.Posture;
import health.carryover.clinical.motion.View;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Recordings of real people exercising; not part of the product, so not in every checkout. */
record RealPeople(String name, String exercise, View view, ImageSize size, List<Frame> frames) {
    private static final Path FOLDER = Path.of("../../../shared/data/pose");
    private static final Pattern ENTRY = Pattern.compile(
            "\"name\": \"(\\w+)\",\\s*\"exercise\": \"(\\w+)\",\\s*\"view\": \"(\\w+)\",\\s*\"limb\": \"\\w+\","
                    + "\\s*\"width\": (\\d+),\\s*\"height\": (\\d+)");

    static List<RealPeople> all() throws IOException {
        return all(FOLDER);
    }

    static List<RealPeople> all(Path folder) throws IOException {
        assumeTrue(Files.exists(folder.resolve("index.json")), "SKIPPED: no recordings of real people in " + folder);
        List<RealPeople> all = new ArrayList<>();
        String index = Files.readString(folder.resolve("index.json"));
        for (MatchResult entry : ENTRY.matcher(index).results().toList())
            all.add(new RealPeople(
                    entry.group(1),
                    entry.group(2),
                    View.valueOf(entry.group(3).toUpperCase(Locale.ROOT)),
                    new ImageSize(Integer.parseInt(entry.group(4)), Integer.parseInt(entry.group(5))),
                    read(folder.resolve(entry.group(1) + ".csv.gz"))));
        return all;
    }

    /** What the exercise needs as in exercises.csv, but seen from where the recording's index says. */
    SetupWish wish() {
        List<View> seenFrom = List.of(view);
        return switch (exercise) {
            case "squat", "lunge", "none_walking" -> wish(Posture.STANDING, seenFrom, hip(), knee(), ankle());
            case "sit_to_stand", "knee_extension" -> wish(Posture.SITTING, seenFrom, hip(), knee(), ankle());
            case "heel_slide" -> wish(Posture.LYING, seenFrom, hip(), knee(), ankle());
            case "straight_leg_raise", "bridge" -> wish(Posture.LYING, seenFrom, shoulder(), hip(), knee());
            case "bicep_curl" -> wish(Posture.STANDING, seenFrom, shoulder(), elbow(), wrist());
            case "shoulder_abduction" -> wish(Posture.ANY, seenFrom, hip(), shoulder(), elbow());
            case "lateral_raise" -> wish(Posture.STANDING, seenFrom, hip(), shoulder(), elbow());
            case "shoulder_press" -> wish(Posture.ANY, seenFrom, shoulder(), elbow(), wrist());
            default -> throw new IllegalStateException("recording of an unknown exercise: " + exercise);
        };
    }

    private static SetupWish wish(
            Posture posture,
            List<View> views,
            java.util.Set<Landmark> a,
            java.util.Set<Landmark> b,
            java.util.Set<Landmark> c) {
        return Exercises.wish(posture, views, a, b, c);
    }

    private static List<Frame> read(Path file) throws IOException {
        List<Frame> frames = new ArrayList<>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(",", -1);
                long timeMs = Math.round(Double.parseDouble(fields[1]));
                float[] values = new float[Landmark.COUNT * 4];
                if (fields[2].isEmpty()) frames.add(Frame.nobody(timeMs));
                else {
                    for (int i = 0; i < values.length; i++) values[i] = Float.parseFloat(fields[i + 2]);
                    frames.add(Frame.of(timeMs, values));
                }
            }
        }
        return frames;
    }
}
