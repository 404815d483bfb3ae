package health.carryover.escalation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.escalation.Escalation;
import health.carryover.platform.audit.AuditEvent;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.json.Json;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.outreach.StaffPush;
import health.carryover.platform.records.Clinic;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.Task;
import health.carryover.platform.records.Write;
import health.carryover.platform.vault.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An execution failed, timed out or was aborted: nobody is forgotten. Closes, counts down, and gives the owner a task. */
public final class CompensateEscalationHandler implements RequestHandler<Map<String, Object>, Boolean> {
    private static final Logger log = LoggerFactory.getLogger(CompensateEscalationHandler.class);

    private final Records records;
    private final Outreach outreach;
    private final StaffPush push;
    private final AuditTrail trail;
    private final InstantSource time;

    public CompensateEscalationHandler() {
        this(Environment.ofLambda());
    }

    CompensateEscalationHandler(Environment environment) {
        records = new Records(environment, new Vault(environment));
        outreach = new Outreach(environment, records);
        push = new StaffPush(environment, records);
        trail = new AuditTrail(environment);
        time = environment.time();
    }

    /** @return whether there was something to close */
    @Override
    public Boolean handleRequest(Map<String, Object> event, Context context) {
        JsonNode detail = Json.MAPPER.valueToTree(event).path("detail");
        String execution = detail.path("name").asText();
        PatientRef patient = patient(detail.path("input").asText());
        Optional<Entry<Escalation>> open = outreach.open(patient)
                .filter(entry -> entry.content().execution().equals(execution));
        open.ifPresent(entry -> close(patient, entry, detail.path("status").asText(), time.instant()));
        log.atError()
                .addKeyValue("execution", execution)
                .addKeyValue("status", detail.path("status").asText())
                .addKeyValue("closed", open.isPresent())
                .log("an escalation did not end by itself");
        return open.isPresent();
    }

    private static PatientRef patient(String executionInput) {
        try {
            JsonNode input = Json.MAPPER.readTree(executionInput);
            return new PatientRef(
                    input.path("clinic").asText(), input.path("patient").asText());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the execution's input is not JSON", e);
        }
    }

    private void close(PatientRef patient, Entry<Escalation> open, String status, Instant now) {
        Clinic clinic = records.get(Key.clinic(patient.clinic()), Kind.CLINIC)
                .orElseThrow()
                .content();
        List<Write> writes = Closing.writes(patient, open, outreach.task(patient, open.content()), status);
        Task followUp = Task.open(
                open.content().id() + "-failed",
                Task.Work.FOLLOW_UP,
                patient.patient(),
                open.content().id(),
                List.of("The outreach to this patient stopped by a technical failure; please look after them."),
                now,
                clinic.hours().after(now, CreateCallTaskHandler.DUE),
                clinic.owner());
        writes.add(new Write.Create(Outreach.newTask(patient.clinic(), followUp)));
        writes.add(new Write.Other(trail.item(new AuditEvent(
                patient.clinic(),
                patient.patient(),
                "escalation",
                "SYSTEM",
                "CompensateEscalation",
                status,
                now,
                open.content().id()))));
        push.tell(patient.clinic(), clinic.owner(), followUp.id(), false);
        records.commit(writes);
    }
}
