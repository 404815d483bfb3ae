package health.carryover.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.records.Registry;
import health.carryover.training.HoldOutTrial;
import health.carryover.training.HoldOutTrial.Flag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./carryover outreach}: whether it works. */
@Command(
        name = "outreach",
        mixinStandardHelpOptions = true,
        description = "Does outreach bring patients back?",
        subcommands = {OutreachCommand.Report.class})
final class OutreachCommand implements Runnable {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which one: report?");
    }

    @Command(
            name = "report",
            mixinStandardHelpOptions = true,
            description = {
                "The hold-out, pooled over the clinics that decided to take part: difference of the shares that came"
                        + " back while",
                "one arm had its call and the other had not, its 95 % interval, and the outreaches still needed.",
                "From the running local cloud, or from a file with the columns",
                "clinic, patient, flagged_at, later, propensity, came_back."
            })
    static final class Report implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec spec;

        @Option(names = "--data", paramLabel = "FILE", description = "instead of the running cloud")
        private @Nullable Path data;

        @Option(
                names = "--effect",
                defaultValue = "" + HoldOutTrial.WORTH_KNOWING,
                description = "the smallest difference worth knowing, a share; default ${DEFAULT-VALUE}")
        private double effect;

        @Option(names = "--json", description = "one JSON document instead of text")
        private boolean json;

        @Option(
                names = "--endpoint",
                paramLabel = "URL",
                description = "of the local cloud; default CARRYOVER_ENDPOINT")
        private @Nullable URI endpoint;

        @Override
        public Integer call() {
            return Terminal.print(spec, () -> {
                try {
                    HoldOutTrial.Result result =
                            HoldOutTrial.of(data == null ? stored() : HoldOutRows.read(data), effect);
                    return json ? JSON.writeValueAsString(result) : result.text();
                } catch (JsonProcessingException e) {
                    throw new UncheckedIOException(e);
                } catch (IOException e) {
                    throw new RunningCloud.Refusal(e.getClass().getSimpleName() + ": " + e.getMessage());
                } catch (IllegalArgumentException e) {
                    throw new RunningCloud.Refusal(String.valueOf(e.getMessage()));
                }
            });
        }

        private List<Flag> stored() throws RunningCloud.Refusal {
            RunningCloud cloud = RunningCloud.at(endpoint);
            Environment reader = FunctionRights.of(cloud, "RiskScoringFunction");
            return HoldOutRows.stored(
                    reader,
                    new Registry(FunctionRights.of(cloud, "ClinicManifestFunction"))
                            .clinics().stream().map(Registry.Listed::clinic).toList());
        }
    }
}
