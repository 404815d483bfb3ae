package health.carryover.local;

import health.carryover.clinical.exercise.Exercise;
import health.carryover.clinical.motion.MotionReport;
import health.carryover.clinical.motion.Movement;
import health.carryover.clinical.motion.Rep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws the primary angle over time with the repetitions marked: an SVG picture. */
final class MotionPlot implements MotionSource.Watcher {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 360;
    private static final int LEFT = 56;
    private static final int TOP = 48;
    private static final int BOTTOM = 44;

    private record Point(long timeMs, double degrees) {}

    private final List<Point> points = new ArrayList<>();

    @Override
    public void saw(long timeMs, double degrees) {
        points.add(new Point(timeMs, degrees));
    }

    String svg(String name, Exercise exercise, MotionReport report) {
        double highest = points.stream()
                .mapToDouble(Point::degrees)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        double lowest = points.stream()
                .mapToDouble(Point::degrees)
                .filter(Double::isFinite)
                .min()
                .orElse(0);
        double top = Math.max(30, Math.ceil(highest / 30) * 30);
        double floor = Math.min(0, Math.floor(lowest / 30) * 30);
        long end = points.isEmpty() ? 1 : Math.max(1, points.getLast().timeMs());
        var scale = new Scale(end, floor, top);
        var svg = new StringBuilder();
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                """.formatted(WIDTH, HEIGHT));
        text(svg, LEFT, 20, "start", 15, title(name, exercise, report));
        grid(svg, scale);
        for (Rep rep : report.reps()) band(svg, scale, rep);
        line(svg, scale);
        int number = 0;
        for (Rep rep : report.reps()) mark(svg, scale, rep, rep.kind() == Rep.Kind.NOT_SEEN ? 0 : ++number);
        return svg.append("</svg>\n").toString();
    }

    private record Scale(long endMs, double floor, double top) {
        double x(long timeMs) {
            return LEFT + (WIDTH - LEFT - 20.0) * timeMs / endMs;
        }

        double y(double degrees) {
            return TOP + (HEIGHT - TOP - BOTTOM) * (top - degrees) / (top - floor);
        }
    }

    private static String title(String name, Exercise exercise, MotionReport report) {
        String angle = exercise.movement()
                .map(Movement::joint)
                .map(joint -> joint.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .orElse("angle");
        return "%s: %s, %s, %d full, %d partial, seen from %s, confidence %.2f %s"
                .formatted(
                        name,
                        exercise.name(),
                        angle,
                        report.full().size(),
                        report.partial().size(),
                        report.view().name().toLowerCase(Locale.ROOT),
                        report.confidence(),
                        report.flags().isEmpty()
                                ? ""
                                : report.flags().toString().toLowerCase(Locale.ROOT));
    }

    private static void grid(StringBuilder svg, Scale scale) {
        for (double degrees = scale.floor(); degrees <= scale.top(); degrees += 30) {
            svg.append("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n"
                    .formatted(LEFT, WIDTH - 20, scale.y(degrees), scale.y(degrees)));
            text(svg, LEFT - 6, scale.y(degrees) + 4, "end", 12, "%.0f°".formatted(degrees));
        }
        long step = Math.max(1, Math.round(scale.endMs() / 10_000.0)) * 1_000;
        for (long time = 0; time <= scale.endMs(); time += step)
            text(svg, scale.x(time), HEIGHT - BOTTOM + 18, "middle", 12, time / 1000 + " s");
    }

    private static void band(StringBuilder svg, Scale scale, Rep rep) {
        String colour = switch (rep.kind()) {
            case FULL -> "#d8f0d8";
            case PARTIAL -> "#fdf0c8";
            case NOT_SEEN -> "#e4e4e4";
        };
        double from = scale.x(rep.start().toMillis());
        double to = scale.x(rep.end().toMillis());
        svg.append("<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n"
                .formatted(from, TOP, Math.max(1, to - from), HEIGHT - TOP - BOTTOM, colour));
    }

    /** Where nobody was seen the line is broken. */
    private void line(StringBuilder svg, Scale scale) {
        svg.append("<path fill=\"none\" stroke=\"#1f4e8c\" stroke-width=\"1.5\" d=\"");
        boolean down = false;
        for (Point point : points) {
            if (Double.isFinite(point.degrees()))
                svg.append(
                        "%s%.1f %.1f ".formatted(down ? "L" : "M", scale.x(point.timeMs()), scale.y(point.degrees())));
            down = Double.isFinite(point.degrees());
        }
        svg.append("\"/>\n");
    }

    private static void mark(StringBuilder svg, Scale scale, Rep rep, int number) {
        double x = scale.x(rep.peakAt().toMillis());
        double y = scale.y(rep.peak().degrees());
        svg.append("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#c0392b\"/>%n".formatted(x, y));
        text(svg, x, TOP - 6, "middle", 12, number == 0 ? "not seen" : String.valueOf(number));
        String below = "%.0f° %s%s"
                .formatted(
                        rep.peak().degrees(),
                        rep.sides() == Rep.Sides.BOTH ? "" : rep.sides().name().toLowerCase(Locale.ROOT),
                        rep.cut() ? " cut" : "");
        text(svg, x, HEIGHT - 8, "middle", 11, below + " " + seconds(rep.tempo().hold()));
    }

    private static String seconds(Duration hold) {
        return "%.1f s".formatted(hold.toMillis() / 1000.0);
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, int size, String words) {
        String safe = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        svg.append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\">%s</text>%n"
                .formatted(x, y, anchor, size, safe));
    }
}
