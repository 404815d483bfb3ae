package health.carryover.clinicapi;

import health.carryover.platform.environment.Environment;
import health.carryover.platform.http.ApiFunction;
import health.carryover.platform.http.Operation;
import health.carryover.platform.outreach.Outreach;
import health.carryover.platform.outreach.Pushes;
import health.carryover.platform.records.Records;
import health.carryover.platform.vault.Vault;
import java.util.ArrayList;
import java.util.List;

/** What therapists, staff and administrators of a clinic do. */
public final class ClinicApiHandler extends ApiFunction {
    public ClinicApiHandler() {
        this(Environment.ofLambda());
    }

    ClinicApiHandler(Environment environment) {
        this(environment, new Records(environment, new Vault(environment)));
    }

    private ClinicApiHandler(Environment environment, Records records) {
        super(environment, records, operations(environment, records));
    }

    private static List<Operation> operations(Environment environment, Records records) {
        List<Operation> all = new ArrayList<>();
        all.addAll(new People(environment, records).operations());
        all.addAll(new HoldOuts(records).operations());
        Outreach outreach = new Outreach(environment, records);
        Pushes pushes = new Pushes(environment, records);
        PatientRecords patients = new PatientRecords(records);
        all.addAll(patients.operations());
        all.addAll(new StaffDevices(environment, records).operations());
        all.addAll(new PatientVideos(environment, records, patients::patient).operations());
        all.addAll(new Goals(records, outreach, pushes, patients::patient).operations());
        all.addAll(new Tasks(records, outreach, pushes.contacts()).operations());
        return all;
    }
}
