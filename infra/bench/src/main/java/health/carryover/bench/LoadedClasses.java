package health.carryover.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a start loads, by jar, from the JVM's own log of class loading. The time from one class to the next is put down
 * to the jar of the first: a good part of it is what that class's code does, so it is a pointer to where time goes and
 * no sum of costs.
 */
final class LoadedClasses {
    /** Written by {@code -Xlog:class+load:file=...:uptimenanos}. */
    private static final Pattern LINE = Pattern.compile("\\[(\\d+)ns] (\\S+) source: (.*)");

    record Jar(String name, int classes, double ms) {}

    private LoadedClasses() {}

    /** The option that writes the log. */
    static String option(Path log) {
        return "-Xlog:class+load:file=" + log + ":uptimenanos";
    }

    /** The jars that took longest, longest first; the JDK's own classes are one of them. */
    static List<Jar> read(Path log) {
        Map<String, Jar> jars = new HashMap<>();
        String before = "";
        long at = 0;
        try {
            for (String line : Files.readAllLines(log)) {
                Matcher matcher = LINE.matcher(line);
                if (!matcher.matches()) continue;
                long now = Long.parseLong(matcher.group(1));
                if (!before.isEmpty()) add(jars, before, 0, (now - at) / 1e6);
                before = jar(matcher.group(2), matcher.group(3), before);
                at = now;
                add(jars, before, 1, 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jars.values().stream()
                .sorted(Comparator.comparingDouble(Jar::ms).reversed())
                .toList();
    }

    private static void add(Map<String, Jar> jars, String name, int classes, double ms) {
        jars.merge(
                name,
                new Jar(name, classes, ms),
                (one, other) -> new Jar(name, one.classes() + other.classes(), one.ms() + other.ms()));
    }

    /** Lambdas and proxies are generated while a jar's code runs, and count as its. */
    private static String jar(String type, String source, String before) {
        if (source.startsWith("file:")) {
            String name = source.substring(source.lastIndexOf('/') + 1);
            return name.isEmpty() ? "the function's own zip" : name;
        }
        if (type.startsWith("health.carryover.")) return before;
        if (source.startsWith("jrt:") || source.contains("shared objects file") || before.isEmpty()) return "the JDK";
        return before;
    }
}
