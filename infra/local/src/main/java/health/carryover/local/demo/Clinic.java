package health.carryover.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.cloud.LocalCloud;
import health.carryover.local.cloud.Persona;
import health.carryover.platform.records.Ids;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A clinic of made-up people, opened and filled through the API. */
public final class Clinic {
    static final List<String> PATIENT_SCOPES =
            List.of("carryover/sessions.write", "carryover/record.read", "carryover/record.write");
    static final List<String> WORKFORCE_SCOPES = List.of(
            "carryover/clinics.write",
            "carryover/clinic.read",
            "carryover/clinic.write",
            "carryover/tasks.read",
            "carryover/tasks.write");

    /**
     * Somebody who can call the API.
     *
     * @param phone id of the push endpoint of a patient's phone; empty for others
     */
    public record Person(String id, String persona, String name, ApiClient api, String phone) {
        private Person withPhone(String endpoint) {
            return new Person(id, persona, name, api, endpoint);
        }
    }

    /** What is asked for when a patient is enrolled. */
    public record NewPatient(
            String persona,
            String name,
            String phone,
            String zone,
            String language,
            String diagnosis,
            LocalDate planStart,
            List<String> days,
            List<Map<String, Object>> exercises) {
        /** Squats every day after a knee replacement, in New York; the number belongs to nobody. */
        public static NewPatient example(String persona, String language, LocalDate planStart) {
            return new NewPatient(
                    persona,
                    "Pat Example",
                    "+12125550142",
                    "America/New_York",
                    language,
                    "KNEE_ARTHROPLASTY",
                    planStart,
                    List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"),
                    List.of(Map.of("code", "squat", "sets", 3, "repetitions", 10)));
        }
    }

    private final LocalCloud cloud;
    private final String prefix;
    private final String id;
    private final Person administrator;
    private final Ids ids = new Ids();

    private Clinic(LocalCloud cloud, String prefix, String id, Person administrator) {
        this.cloud = cloud;
        this.prefix = prefix;
        this.id = id;
        this.administrator = administrator;
    }

    /**
     * The operator of the deployment. Their identity is the one item that is written to a table directly: on AWS the
     * deployment writes it, since nobody is there yet who could ask the API.
     */
    public static Person operator(LocalCloud cloud) {
        String pool = pool(cloud, "WorkforcePool");
        String username = UUID.randomUUID().toString();
        String subject = cloud
                .client(CognitoIdentityProviderClient.builder())
                .adminCreateUser(create -> create.userPoolId(pool).username(username))
                .user()
                .attributes()
                .stream()
                .filter(attribute -> attribute.name().equals("sub"))
                .findFirst()
                .orElseThrow()
                .value();
        String table = cloud.environment("ClinicApiFunction").variable("IDENTITY_TABLE");
        cloud.client(DynamoDbClient.builder())
                .putItem(put -> put.tableName(table)
                        .item(Map.of(
                                "PK", AttributeValue.fromS("SUB#WORKFORCE#" + subject),
                                "clinic", AttributeValue.fromS("operators"),
                                "person", AttributeValue.fromS("operator"),
                                "roles", AttributeValue.fromSs(List.of("OPERATOR")),
                                "status", AttributeValue.fromS("ACTIVE"))));
        return person(cloud, "operator", "operator", "the operator", pool, subject, WORKFORCE_SCOPES);
    }

    /** @param prefix of the personas, so that several clinics can stand side by side */
    public static Clinic open(
            LocalCloud cloud, Person operator, String prefix, String name, String zone, int staffCapacity) {
        JsonNode opened = operator.api()
                .post(
                        "/v1/clinics",
                        Map.of(
                                "name",
                                name,
                                "zone",
                                zone,
                                "openDays",
                                List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"),
                                "opens",
                                "08:00",
                                "closes",
                                "18:00",
                                "staffCapacity",
                                staffCapacity,
                                "administrator",
                                Map.of("name", "Avery Stone", "roles", List.of("ADMINISTRATOR"))))
                .ok();
        JsonNode created = opened.path("administrator");
        Person administrator = person(
                cloud,
                prefix + "administrator",
                created.path("personId").asText(),
                "Avery Stone",
                pool(cloud, "WorkforcePool"),
                created.path("subject").asText(),
                WORKFORCE_SCOPES);
        return new Clinic(cloud, prefix, opened.path("clinicId").asText(), administrator);
    }

    public String id() {
        return id;
    }

    public Person administrator() {
        return administrator;
    }

    public Person addStaff(String persona, String name, String role, Map<String, Object> more) {
        Map<String, Object> body = new java.util.HashMap<>(more);
        body.put("name", name);
        body.put("roles", List.of(role));
        JsonNode created = administrator.api().post("/v1/staff", body).ok();
        return person(
                cloud,
                prefix + persona,
                created.path("personId").asText(),
                name,
                pool(cloud, "WorkforcePool"),
                created.path("subject").asText(),
                WORKFORCE_SCOPES);
    }

    /** Enrolled by the front desk; the patient has agreed to everything but video and research. */
    public Person enrol(Person frontDesk, Person therapist, NewPatient patient) {
        JsonNode created = frontDesk
                .api()
                .post(
                        "/v1/patients",
                        Map.ofEntries(
                                Map.entry("name", patient.name()),
                                Map.entry("phone", patient.phone()),
                                Map.entry("birthDate", "1970-04-17"),
                                Map.entry("zone", patient.zone()),
                                Map.entry("language", patient.language()),
                                Map.entry("therapist", therapist.id()),
                                Map.entry("diagnosis", patient.diagnosis()),
                                Map.entry("planStart", patient.planStart().toString()),
                                Map.entry(
                                        "consents",
                                        List.of(
                                                "BODY_TRACKING",
                                                "SHARE_WITH_THERAPIST",
                                                "SHARE_WITH_CLINIC",
                                                "RISK_MONITORING",
                                                "OUTREACH_PUSH",
                                                "OUTREACH_CALL")),
                                Map.entry(
                                        "program",
                                        Map.of(
                                                "validFrom", patient.planStart().toString(),
                                                "days", patient.days(),
                                                "sessionsPerDay", 1,
                                                "exercises", patient.exercises()))))
                .ok();
        Person person = person(
                cloud,
                prefix + patient.persona(),
                created.path("personId").asText(),
                patient.name(),
                pool(cloud, "PatientPool"),
                created.path("subject").asText(),
                PATIENT_SCOPES);
        person.api()
                .post("/v1/me/devices", Map.of("token", "phone-of-" + person.id()))
                .ok();
        return person;
    }

    /** A new session id, as a phone makes one. */
    public String sessionId(Instant at) {
        return ids.next(at);
    }

    private static Person person(
            LocalCloud cloud,
            String persona,
            String id,
            String name,
            String pool,
            String subject,
            List<String> scopes) {
        cloud.personas().add(new Persona(persona, pool, subject, scopes, name));
        return new Person(
                id,
                persona,
                name,
                new ApiClient(cloud.endpoint(), () -> cloud.personas().token(persona)),
                "");
    }

    private static String pool(LocalCloud cloud, String logicalId) {
        return java.util.Objects.requireNonNull(cloud.template().resource(logicalId))
                .ref();
    }
}
