package health.carryover.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.records.Registry;
import health.carryover.risk.ShadowReport;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./carryover risk shadow}: the candidate against the model in service, once outcomes have settled. */
@Command(
        name = "shadow",
        mixinStandardHelpOptions = true,
        description = {
            "Holds what the candidate (template parameter RiskCandidate) said against what the model in service said,"
                    + " on the",
            "nights whose outcome has settled. A gain above 0 speaks for the candidate."
        })
final class RiskShadowCommand implements Callable<Integer> {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "one JSON document instead of a table")
    private boolean json;

    @Option(names = "--endpoint", paramLabel = "URL", description = "of the local cloud; default CARRYOVER_ENDPOINT")
    private @Nullable URI endpoint;

    @Override
    public Integer call() {
        return Terminal.print(spec, () -> {
            RunningCloud cloud = RunningCloud.at(endpoint);
            Environment scoring = FunctionRights.of(cloud, "RiskScoringFunction");
            List<String> clinics = new Registry(FunctionRights.of(cloud, "ClinicManifestFunction"))
                    .clinics().stream().map(Registry.Listed::clinic).toList();
            List<ShadowReport.Comparison> rows =
                    new ShadowReport(scoring).of(clinics, scoring.time().instant());
            return json ? document(rows) : table(rows, clinics.size());
        });
    }

    private static String document(List<ShadowReport.Comparison> rows) {
        try {
            return JSON.writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String table(List<ShadowReport.Comparison> rows, int clinics) {
        if (rows.isEmpty())
            return "no candidate has scored in these " + clinics
                    + " clinics; name one by the template's parameter RiskCandidate";
        return rows.stream().map(RiskShadowCommand::lines).collect(Collectors.joining("\n"));
    }

    private static String lines(ShadowReport.Comparison row) {
        String head =
                "candidate %s (%.8s) beside %s (%.8s): %d nights settled, %d of them lapses; %d not settled or never to be"
                        .formatted(
                                row.candidate(),
                                row.candidateDigest(),
                                row.served(),
                                row.servedDigest(),
                                row.nights(),
                                row.lapsed(),
                                row.waiting());
        if (row.nights() == 0) return head + "\n  nothing to compare yet: an outcome settles after 21 days";
        return head
                + String.format(
                        Locale.ROOT,
                        "%n  log loss %.4f against %.4f, gain %+.4f (95 %% %+.4f to %+.4f); AUC %.3f against %.3f%n "
                                + " %s",
                        row.candidateLogLoss(),
                        row.servedLogLoss(),
                        row.logLossGain(),
                        row.low(),
                        row.high(),
                        row.candidateAuc(),
                        row.servedAuc(),
                        row.low() > 0
                                ? "the candidate is better"
                                : row.high() < 0 ? "the model in service is better" : "no difference can be told");
    }
}
