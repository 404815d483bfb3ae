package health.carryover.bench;

import health.carryover.clinical.imu.ImuBlock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A recording of a real sensor ({@code t, ax ay az, gx gy gz, mx my mz}, ...) as the one of two sensors at another rate. */
final class BroadCsv {
    private BroadCsv() {}

    /** The row next to each tick of the wanted rate, in blocks of a second; sensor 1 is half the recording ahead of sensor 0. */
    static List<ImuBlock> asTwo(Path file, int hz) throws IOException {
        List<double[]> ticks = new ArrayList<>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            lines.readLine(); // the header
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", 11);
                double time = Double.parseDouble(cells[0]);
                if (time * hz < ticks.size()) continue;
                double[] row = new double[1 + ImuBlock.CHANNELS];
                for (int i = 0; i < row.length; i++) row[i] = Double.parseDouble(cells[i]);
                ticks.add(row);
            }
        }
        List<ImuBlock> blocks = new ArrayList<>();
        int seconds = ticks.size() / hz;
        for (int second = 0; second < seconds; second++) {
            blocks.add(block(ticks, 0, second, second, hz));
            // From elsewhere in the recording: the same second again would pack to nothing.
            blocks.add(block(ticks, 1, second, (second + seconds / 2) % seconds, hz));
        }
        return blocks;
    }

    private static ImuBlock block(List<double[]> ticks, int sensor, int second, int from, int hz) {
        long[] timesUs = new long[hz];
        float[] values = new float[hz * ImuBlock.CHANNELS];
        for (int i = 0; i < hz; i++) {
            timesUs[i] = Math.round(ticks.get(second * hz + i)[0] * 1e6);
            for (int channel = 0; channel < ImuBlock.CHANNELS; channel++)
                values[i * ImuBlock.CHANNELS + channel] = (float) ticks.get(from * hz + i)[channel + 1];
        }
        return ImuBlock.of(sensor, (long) second * hz, timesUs[hz - 1] + 20_000, 90, true, timesUs, values);
    }
}
