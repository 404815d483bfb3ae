package health.carryover.local;

import health.carryover.local.cloud.LocalCloud;
import health.carryover.local.cloud.Options;
import health.carryover.local.isolated.Image;
import health.carryover.local.isolated.Samples;
import health.carryover.local.isolated.Sandbox;
import health.carryover.local.isolated.Scratch;
import health.carryover.local.template.Resource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code image}: the risk-scoring image, checked as far as that goes without a Docker daemon. */
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        description = {
            "Checks functions/risk-scoring/Dockerfile without Docker: that the build made what it copies, that entry point",
            "and handler are on the image's class path, and that its training command writes an AOT cache, which is then",
            "used: first prediction and first answer with it and without. JDK and libtensorflow are this machine's."
        })
final class ImageCommand implements Callable<Integer> {
    private static final String FUNCTION = "RiskScoringFunction";
    private static final Pattern FIRST = Pattern.compile("first prediction of 1 row after (\\d+) ms");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--runs", defaultValue = "5", description = "Of each start; default ${DEFAULT-VALUE}.")
    private int runs;

    @Override
    public Integer call() throws ClassNotFoundException {
        Path home = Path.of(Objects.requireNonNull(System.getProperty("carryover.home"), "carryover.home"));
        boolean right = true;
        try (Scratch scratch = Scratch.create()) {
            Image image = new Image(
                    home.resolve("functions/risk-scoring"), scratch.folder().resolve("function"));
            List<String> missing = image.missing();
            for (String source : missing) {
                boolean onlyForTheImage = source.contains("/native/");
                say(
                        "COPY    %s is not there%s",
                        source,
                        onlyForTheImage ? ": libtensorflow for arm64 comes with -Pimage; this machine's is used" : "");
                right &= onlyForTheImage;
            }
            if (!right) return 1;
            image.layOut();
            say("COPY    everything%s is there", missing.isEmpty() ? "" : " else");
            image.runs();
            say("RUN     the training command wrote a cache of %,d bytes", image.cacheBytes());
            say(
                    "ENTRY   %s: on the image's class path of %d jars",
                    image.resolve(), image.classPath().size());
            compareRehearsals(image);
            right = compareAnswers(home, image, scratch);
            say(
                    "Not tried: docker build, since there is no daemon; %s; libtensorflow on arm64; Lambda's loading of the",
                    image.base());
            say("image, and so a cold start there.");
        }
        return right ? 0 : 1;
    }

    private void compareRehearsals(Image image) {
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            without.add(first(image.rehearse(false)));
            with.add(first(image.rehearse(true)));
        }
        say("first prediction after the JVM's start   without cache %s   with cache %s", spread(without), spread(with));
    }

    private static double first(String printed) {
        Matcher matcher = FIRST.matcher(printed);
        if (!matcher.find()) throw new IllegalStateException("the rehearsal printed no time:\n" + printed);
        return Double.parseDouble(matcher.group(1));
    }

    private boolean compareAnswers(Path home, Image image, Scratch scratch) {
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        try (LocalCloud cloud = LocalCloud.start(home, Options.at(Instant.now()).withPort(0))) {
            Resource function = Objects.requireNonNull(cloud.template().resource(FUNCTION));
            Samples samples = new Samples(cloud, home);
            Map<String, String> variables =
                    new HashMap<>(Sandbox.variables(function, cloud.environment(FUNCTION), scratch.folder()));
            variables.putAll(image.variables());
            for (int run = 0; run < runs; run++)
                for (boolean cached : new boolean[] {false, true}) {
                    Sandbox.Outcome outcome =
                            new Sandbox(image.launch(cached), variables).answer(samples.event(FUNCTION), 1);
                    if (!outcome.answered() || !samples.isAnswer(FUNCTION, outcome.answer())) {
                        say("%s\n%s", outcome.answer(), outcome.log());
                        return false;
                    }
                    (cached ? with : without).add(outcome.totalMs());
                }
        }
        say("start to the first answer, one clinic    without cache %s   with cache %s", spread(without), spread(with));
        return true;
    }

    private static String spread(List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%.0f [%.0f - %.0f] ms",
                sorted.get(sorted.size() / 2),
                sorted.getFirst(),
                sorted.getLast());
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
