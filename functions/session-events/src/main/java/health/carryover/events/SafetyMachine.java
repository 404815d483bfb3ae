package health.carryover.events;

import health.carryover.platform.environment.Environment;
import health.carryover.platform.json.Json;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/**
 * Starts what looks after a safety task. From the stream, not from the API call that stored the event: what is stored
 * reaches the stream whatever becomes of the caller.
 */
final class SafetyMachine {
    private final Records records;
    private final SfnClient stepFunctions;
    private final String machine;

    SafetyMachine(Environment environment, Records records) {
        this.records = records;
        stepFunctions = environment.client(SfnClient.builder());
        machine = environment.variable("SAFETY_MACHINE");
    }

    /** @param event key of the stored safety event; a repeat starts nothing more */
    void start(PatientRef patient, Key event) {
        String task = records.get(event, Kind.SAFETY).orElseThrow().content().task();
        Map<String, String> input = new TreeMap<>(
                Map.of("clinic", patient.clinic(), "patient", patient.patient(), "task", task, "rung", "NOBODY"));
        try {
            stepFunctions.startExecution(
                    start -> start.stateMachineArn(machine).name(task).input(Json.text(input)));
        } catch (ExecutionAlreadyExistsException e) {
            // It has ended already, so the task is done: a repeat that came late.
        }
    }
}
