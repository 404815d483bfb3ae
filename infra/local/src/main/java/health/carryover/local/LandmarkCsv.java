package health.carryover.local;

import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.Landmark;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads {@code NAME.csv.gz}: {@code frame,t_ms}, then {@code x,y,z,v} of landmarks 0..32; a frame without a person has empty fields. */
final class LandmarkCsv {
    private static final int FIELDS = 2 + Landmark.COUNT * 4;

    private LandmarkCsv() {}

    /**
     * Hands over frame by frame.
     * @throws Unreadable naming file and line
     */
    static void read(Path file, Consumer<Frame> onFrame) throws Unreadable {
        int line = 0;
        try (var in = Files.newInputStream(file);
                var lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8.newDecoder()))) {
            line = 1;
            String header = lines.readLine();
            if (header == null || !header.startsWith("frame,t_ms,x0,y0,z0,v0,x1,"))
                throw new Unreadable(file, line, "does not begin with frame,t_ms,x0,y0,z0,v0,x1,...");
            long lastMs = -1;
            while (true) {
                line++;
                String text = lines.readLine();
                if (text == null) break;
                Frame frame = frame(text.split(",", -1), file, line);
                if (frame.timeMs() <= lastMs) throw new Unreadable(file, line, "time does not rise");
                lastMs = frame.timeMs();
                onFrame.accept(frame);
            }
            if (lastMs < 0) throw new Unreadable(file, line, "holds no frames");
        } catch (NoSuchFileException e) {
            throw new Unreadable(file, 0, "no such file", e);
        } catch (EOFException e) {
            throw new Unreadable(file, line, "is cut off", e);
        } catch (ZipException e) {
            throw new Unreadable(file, line, "is not gzip, or damaged", e);
        } catch (CharacterCodingException e) {
            throw new Unreadable(file, line, "is not text", e);
        } catch (IOException e) {
            throw new Unreadable(file, line, "cannot be read", e);
        }
    }

    private static Frame frame(String[] fields, Path file, int line) throws Unreadable {
        if (fields.length != FIELDS)
            throw new Unreadable(file, line, "has " + fields.length + " fields instead of " + FIELDS);
        int column = 1;
        try {
            long timeMs = Math.round(Double.parseDouble(fields[1]));
            if (fields[2].isEmpty()) return Frame.nobody(timeMs);
            float[] values = new float[FIELDS - 2];
            for (column = 2; column < FIELDS; column++) values[column - 2] = Float.parseFloat(fields[column]);
            return Frame.of(timeMs, values);
        } catch (NumberFormatException e) {
            throw new Unreadable(file, line, "column " + (column + 1) + " is not a number", e);
        } catch (IllegalArgumentException e) {
            throw new Unreadable(file, line, "is no frame: " + e.getMessage(), e);
        }
    }

    /** A file that cannot be analysed; the message names it, and the line if there is one. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(Path file, int line, String what) {
            super(place(file, line) + ": " + what);
        }

        Unreadable(Path file, int line, String what, Throwable cause) {
            super(place(file, line) + ": " + what, cause);
        }

        private static String place(Path file, int line) {
            return line > 0 ? file + ":" + line : file.toString();
        }
    }
}
