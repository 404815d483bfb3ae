package health.carryover.local;

import health.carryover.clinical.body.BodyModel;
import health.carryover.clinical.body.Move;
import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.Recording;
import health.carryover.local.cloud.LocalCloud;
import health.carryover.local.cloud.Options;
import health.carryover.local.cloud.Persona;
import health.carryover.local.demo.Clinic;
import health.carryover.local.demo.DemoClinic;
import health.carryover.local.demo.Story;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: the local cloud, a demo clinic, one patient's story; then it stays up. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the whole system on this machine from template.yaml, fills a clinic of made-up people through the API,",
            "lets the night run flag patients and tells one patient's story. Then it stays up until you press Ctrl-C."
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--story-only", description = "End after the story.")
    private boolean storyOnly;

    @Option(names = "--empty", description = "Only start the cloud: no clinic, no story.")
    private boolean empty;

    @Option(names = "--port", defaultValue = "4566", description = "Port on 127.0.0.1; default ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--seed", defaultValue = "7", description = "Of the made-up sessions; default ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path home = Path.of(Objects.requireNonNull(System.getProperty("carryover.home"), "carryover.home"));
        long started = System.nanoTime();
        try (LocalCloud cloud =
                LocalCloud.start(home, Options.at(Story.beginning()).withPort(port))) {
            say(
                    out,
                    "Carryover's local cloud is up at %s (%.1f s), from template.yaml: %d functions, %d tables, %d state machines"
                            .formatted(
                                    cloud.endpoint(),
                                    seconds(started),
                                    cloud.template()
                                            .ofType("AWS::Serverless::Function")
                                            .size(),
                                    cloud.template()
                                            .ofType("AWS::DynamoDB::Table")
                                            .size(),
                                    cloud.template()
                                            .ofType("AWS::Serverless::StateMachine")
                                            .size()));
            Clinic.Person operator = Clinic.operator(cloud);
            if (empty) {
                invite(out, cloud);
                new CountDownLatch(1).await();
            }
            Clinic clinic =
                    Clinic.open(cloud, operator, "", "Riverside Physical Therapy (made up)", "America/New_York", 20);
            say(out, "POST /v1/clinics: clinic " + clinic.id() + ", its key sets wrapped by KMS");
            DemoClinic.Filled filled = new DemoClinic(cloud, seed).fill(clinic, (done, all) -> {
                if (done % 10 == 0)
                    say(out, "  %d of %d patients enrolled, their sessions uploaded".formatted(done, all));
            });
            say(
                    out,
                    "%d sessions of eight weeks sent in batches, %d stored (%.1f s since the start)"
                            .formatted(filled.sessions(), filled.stored(), seconds(started)));
            new Story(cloud, filled, text -> say(out, text)).tell(filmed(home));
            say(out, "");
            say(out, "Done in %.1f s.".formatted(seconds(started)));
            if (storyOnly) return 0;
            invite(out, cloud);
            new CountDownLatch(1).await();
            return 0;
        }
    }

    private static double seconds(long since) {
        return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1000.0;
    }

    private static void say(PrintWriter out, String text) {
        out.println(text);
        out.flush();
    }

    /** A recording of a real person where the test data lies beside the project, otherwise our own body model. */
    private static Story.Filmed filmed(Path home) {
        Path folder = home.resolve("../shared/data/pose");
        try {
            if (Files.isDirectory(folder)) {
                for (RecordingIndex.Entry entry :
                        RecordingIndex.of(folder).orElseThrow().entries()) {
                    if (!entry.exercise().equals("squat") || entry.counted().isEmpty()) continue;
                    if (entry.counted().get().reps() < 6) continue;
                    Path file = folder.resolve(entry.files().getFirst());
                    List<Frame> frames = new ArrayList<>();
                    LandmarkCsv.read(file, frames::add);
                    double fps = frames.size() < 2
                            ? 15
                            : 1000.0
                                    * (frames.size() - 1)
                                    / (frames.getLast().timeMs()
                                            - frames.getFirst().timeMs());
                    return new Story.Filmed(
                            "squat",
                            new Recording(entry.size(), fps, frames),
                            "a real person's recording, %d repetitions by eye"
                                    .formatted(entry.counted().get().reps()));
                }
            }
        } catch (LandmarkCsv.Unreadable e) {
            throw new IllegalStateException("the recordings beside the project cannot be read", e);
        }
        return new Story.Filmed(
                "squat",
                BodyModel.doing(Move.SQUAT, 8).record(),
                "SIMULATED by the project's own body model, 8 repetitions");
    }

    private static void invite(PrintWriter out, LocalCloud cloud) {
        String endpoint = cloud.endpoint().toString();
        say(out, "");
        say(out, "It stays up at " + endpoint + " until Ctrl-C. In another terminal:");
        say(out, "  ./carryover clock                      the virtual time: " + now(cloud));
        say(out, "  ./carryover clock --advance PT48H      move it; everything due happens on the way");
        say(out, "  curl -H \"Authorization: Bearer $(./carryover token frontdesk)\" " + endpoint + "/v1/tasks");
        say(out, "  curl " + endpoint + "/_carryover/inbox        the pushes that went out");
        say(
                out,
                "  aws --endpoint-url " + endpoint
                        + " stepfunctions list-state-machines     (any keys, region us-east-1)");
        say(
                out,
                "Personas: "
                        + String.join(
                                ", ",
                                cloud.personas().all().stream()
                                        .map(Persona::name)
                                        .limit(12)
                                        .toList())
                        + " ...");
    }

    private static Instant now(LocalCloud cloud) {
        return cloud.clock().instant();
    }
}
