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

    /** The row next to each tick of the wanted rate, in blocks of a second, each twice: as sensor 0 and as sensor 1. */
    static List<ImuBlock> twice(Path file, int hz) throws IOException {
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
        for (int first = 0; first + hz <= ticks.size(); first += hz) {
            long[] timesUs = new long[hz];
            float[] values = new float[hz * ImuBlock.CHANNELS];
            for (int i = 0; i < hz; i++) {
                double[] row = ticks.get(first + i);
                timesUs[i] = Math.round(row[0] * 1e6);
                for (int channel = 0; channel < ImuBlock.CHANNELS; channel++)
                    values[i * ImuBlock.CHANNELS + channel] = (float) row[channel + 1];
            }
            long receivedUs = timesUs[hz - 1] + 20_000;
            for (int sensor = 0; sensor < 2; sensor++)
                blocks.add(ImuBlock.of(sensor, first, receivedUs, 90, true, timesUs, values));
        }
        return blocks;
    }
}
