package health.carryover.local;

import health.carryover.clinical.imu.OrientationError;
import health.carryover.clinical.imu.Quaternion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Draws orientations over time as SVG: errors where there is a reference, else angles against east-north-up. */
final class ImuPlot {
    private static final int WIDTH = 1000;
    private static final int PANEL = 260;
    private static final int LEFT = 60;
    private static final int MOST_POINTS = 1200;
    private static final String[] COLOURS = {
        "#0b6e4f", "#c8553d", "#28538a", "#8f5aa8", "#b8860b", "#5a5a5a", "#00838f", "#ad1457"
    };

    private ImuPlot() {}

    record Curve(String name, double[] orientations) {}

    static String svg(String file, ImuCsv.Trial trial, List<Curve> curves) {
        boolean errors = trial.reference().isPresent();
        String[] panels = errors
                ? new String[] {"heading error, deg", "inclination error, deg"}
                : new String[] {"heading, deg", "inclination, deg"};
        var out = new StringBuilder();
        line(
                out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">",
                WIDTH,
                2 * PANEL + 60);
        line(out, "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        line(out, "<text x=\"%d\" y=\"20\">%s</text>", LEFT, escaped(file));
        for (int panel = 0; panel < 2; panel++) panel(out, trial, curves, panel, panels[panel]);
        for (int i = 0; i < curves.size(); i++)
            line(
                    out,
                    "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>",
                    LEFT + 130 * i % (WIDTH - LEFT),
                    2 * PANEL + 50,
                    COLOURS[i % COLOURS.length],
                    escaped(curves.get(i).name()));
        return out.append("</svg>\n").toString();
    }

    private static void panel(StringBuilder out, ImuCsv.Trial trial, List<Curve> curves, int panel, String title) {
        int samples = trial.recording().samples();
        int step = Math.max(1, samples / MOST_POINTS);
        double most = 1;
        double[][] values = new double[curves.size()][samples];
        for (int c = 0; c < curves.size(); c++)
            for (int i = 0; i < samples; i += step) {
                values[c][i] = value(trial.reference(), curves.get(c).orientations(), i, panel);
                if (!Double.isNaN(values[c][i])) most = Math.max(most, Math.abs(values[c][i]));
            }
        double least = trial.reference().isPresent() ? 0 : -most;
        double from = trial.recording().timeS(0);
        double length = trial.recording().timeS(samples - 1) - from;
        int top = 40 + panel * PANEL;
        int high = PANEL - 40;
        line(
                out,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#999\"/>",
                LEFT,
                top,
                WIDTH - LEFT - 10,
                high);
        line(out, "<text x=\"%d\" y=\"%d\">%s</text>", LEFT + 6, top + 16, title);
        line(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.1f</text>", LEFT - 4, top + 12, most);
        line(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.1f</text>", LEFT - 4, top + high, least);
        line(
                out,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.1f s</text>",
                WIDTH - 12,
                top + high - 6,
                from + length);
        for (int c = 0; c < curves.size(); c++) {
            var points = new StringBuilder();
            for (int i = 0; i < samples; i += step) {
                if (Double.isNaN(values[c][i])) continue;
                double x = LEFT + (WIDTH - LEFT - 10) * (trial.recording().timeS(i) - from) / length;
                double y = top + high * (most - values[c][i]) / (most - least);
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            }
            line(out, "<polyline fill=\"none\" stroke=\"%s\" points=\"%s\"/>", COLOURS[c % COLOURS.length], points);
        }
    }

    private static double value(Optional<double[]> reference, double[] orientations, int sample, int panel) {
        if (reference.isPresent()) {
            if (Double.isNaN(reference.get()[4 * sample])) return Double.NaN;
            double[] errors = new double[3];
            OrientationError.of(orientations, reference.get(), 4 * sample, errors);
            return Math.toDegrees(errors[1 + panel]);
        }
        Quaternion orientation = Quaternion.at(orientations, 4 * sample);
        return panel == 0 ? AnalyseImu.headingDeg(orientation) : AnalyseImu.inclinationDeg(orientation);
    }

    private static void line(StringBuilder out, String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
