package health.carryover.escalation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.json.Json;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.vault.Vault;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/** Starts one execution per flagged patient and night; a repeat of the same night starts nothing twice. */
public final class StartEscalationsHandler
        implements RequestHandler<StartEscalationsHandler.Input, StartEscalationsHandler.Started> {
    /** @param run the night's date */
    public record Input(String run, List<Clinic> clinics) {
        /** @param flagged patients, highest risk first */
        public record Clinic(String clinic, List<String> flagged) {}
    }

    public record Started(String run, int started, int alreadyRunning, int burnt) {}

    private static final Logger log = LoggerFactory.getLogger(StartEscalationsHandler.class);

    private final Vault vault;
    private final Outreach outreach;
    private final SfnClient stepFunctions;
    private final String machine;

    public StartEscalationsHandler() {
        this(Environment.ofLambda());
    }

    StartEscalationsHandler(Environment environment) {
        vault = new Vault(environment);
        outreach = new Outreach(environment, new Records(environment, vault));
        stepFunctions = environment.client(SfnClient.builder());
        machine = environment.variable("ESCALATION_MACHINE");
    }

    private enum Start {
        STARTED,
        RUNNING,
        BURNT
    }

    @Override
    public Started handleRequest(Input input, Context context) {
        int[] counts = new int[Start.values().length];
        for (Input.Clinic clinic : input.clinics())
            for (String patient : clinic.flagged())
                counts[
                        start(new PatientRef(clinic.clinic(), patient), input.run())
                                .ordinal()]++;
        Started started = new Started(input.run(), counts[0], counts[1], counts[2]);
        log.atInfo()
                .addKeyValue("run", input.run())
                .addKeyValue("started", started.started())
                .addKeyValue("alreadyRunning", started.alreadyRunning())
                .addKeyValue("burnt", started.burnt())
                .log("escalations started");
        return started;
    }

    private Start start(PatientRef patient, String run) {
        String name = name(patient, run);
        // Members in alphabetical order: the same input, byte for byte, makes a repeated start the same start.
        Map<String, String> input =
                new TreeMap<>(Map.of("clinic", patient.clinic(), "patient", patient.patient(), "run", run));
        try {
            stepFunctions.startExecution(
                    start -> start.stateMachineArn(machine).name(name).input(Json.text(input)));
            return Start.STARTED;
        } catch (ExecutionAlreadyExistsException e) {
            // A closed name stays taken for 90 days: it is success only if that very execution is at work.
            boolean atWork = outreach.open(patient)
                    .map(open -> open.content().execution().equals(name))
                    .orElse(false);
            return atWork ? Start.RUNNING : Start.BURNT;
        }
    }

    /** {@code e-} + base 32 of a keyed digest: the same for the same night, and tells nobody who it is about. */
    String name(PatientRef patient, String run) {
        byte[] digest = vault.mac(
                patient.clinic(),
                String.join("\0", "execution", patient.clinic(), patient.patient(), run)
                        .getBytes(StandardCharsets.UTF_8));
        return "e-" + new BigInteger(1, digest).toString(32);
    }
}
