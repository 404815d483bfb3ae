package health.carryover.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import health.carryover.clinical.motion.ImageSize;
import health.carryover.local.LandmarkCsv.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code index.json} of a folder of recordings: what each one shows, and how many repetitions a person counted. */
record RecordingIndex(List<Entry> entries) {
    static final String FILE = "index.json";

    /**
     * One recording.
     * @param files names of its files, the image landmarks first
     * @param worldFile of landmarks in metres; empty string if there is none
     */
    record Entry(String exercise, ImageSize size, List<String> files, String worldFile, Optional<Counted> counted) {}

    /** What a person counted, and the range that depends on how a repetition cut off by the recording is treated. */
    record Counted(int reps, int least, int most) {
        boolean accepts(int count) {
            return count >= least && count <= most;
        }
    }

    RecordingIndex {
        entries = List.copyOf(entries);
    }

    /** The index of a folder; empty if it has none. */
    static Optional<RecordingIndex> of(Path folder) throws Unreadable {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) return Optional.empty();
        try {
            JsonNode recordings =
                    new JsonMapper().readTree(Files.readAllBytes(file)).path("recordings");
            if (!recordings.isArray()) throw new Unreadable(file, 0, "has no list \"recordings\"");
            List<Entry> entries = new ArrayList<>();
            for (JsonNode node : recordings) entries.add(entry(node, file, entries.size()));
            return Optional.of(new RecordingIndex(entries));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new Unreadable(file, line, "is not JSON", e);
        } catch (IOException e) {
            throw new Unreadable(file, 0, "cannot be read", e);
        }
    }

    /** The recording that one of the files of this folder belongs to. */
    Optional<Entry> find(String fileName) {
        return entries.stream()
                .filter(entry ->
                        entry.files().contains(fileName) || entry.worldFile().equals(fileName))
                .findFirst();
    }

    private static Entry entry(JsonNode node, Path file, int number) throws Unreadable {
        String place = "recordings[" + number + "] ";
        String exercise = node.path("exercise").asText("");
        String name = node.path("name").asText("");
        String image = node.path("file").asText(name.isEmpty() ? "" : name + ".csv.gz");
        if (exercise.isEmpty() || image.isEmpty()) throw new Unreadable(file, 0, place + "lacks exercise or file");
        List<String> files = new ArrayList<>(List.of(image));
        if (node.hasNonNull("liteFile")) files.add(node.path("liteFile").asText());
        try {
            var size = new ImageSize(
                    node.path("width").asInt(), node.path("height").asInt());
            return new Entry(
                    exercise, size, List.copyOf(files), node.path("worldFile").asText(""), counted(node));
        } catch (IllegalArgumentException e) {
            throw new Unreadable(file, 0, place + "width and height: " + e.getMessage(), e);
        }
    }

    private static Optional<Counted> counted(JsonNode node) {
        if (!node.path("reps").isInt()) return Optional.empty();
        int reps = node.path("reps").asInt();
        JsonNode range = node.path("repsAcceptable");
        return Optional.of(
                new Counted(reps, range.path(0).asInt(reps), range.path(1).asInt(reps)));
    }
}
