package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.cloud.LocalCloud;
import health.carryover.local.cloud.Options;
import health.carryover.local.demo.ApiClient;
import health.carryover.local.demo.Clinic;
import health.carryover.local.demo.Clinic.Person;
import health.carryover.local.template.Tables;
import health.carryover.local.trail.TrailQuery;
import health.carryover.platform.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A permission taken out of the template stops what needs it; one put in that nobody needs is reported. */
@Tag("slow")
class TemplateChangesTest {
    /** Something that people do with the system; true when it worked. */
    @FunctionalInterface
    private interface Deed {
        boolean done(Stage stage);
    }

    private record Stage(LocalCloud cloud, Clinic clinic, Person frontDesk, Person patient) {}

    private static final Deed UPLOADS_A_SESSION = stage -> {
        Instant now = stage.cloud().clock().instant();
        return stage.patient()
                        .api()
                        .call(
                                "POST",
                                "/v1/sessions",
                                LoopCloud.session(stage.clinic(), now),
                                Map.of("Carryover-Sent-At", now.toString()))
                        .status()
                == 201;
    };
    private static final Deed READS_THE_TASKS =
            stage -> stage.frontDesk().api().get("/v1/tasks").status() == 200;
    private static final Deed UPLOADS_A_RECORDING = stage -> {
        byte[] content = RecordedCloud.squats(1);
        String session = stage.clinic().sessionId(stage.cloud().clock().instant());
        JsonNode address = stage.patient()
                .api()
                .post("/v1/uploads", RecordedCloud.announcement(session, "landmarks.v1", content))
                .ok();
        Map<String, String> headers = new HashMap<>();
        address.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return ApiClient.upload(address.path("url").asText(), headers, content) == 200;
    };
    private static final Deed GETS_THE_PUSH = stage -> {
        JsonNode night = Json.MAPPER.valueToTree(Map.of(
                "run",
                "2026-01-05",
                "clinics",
                List.of(Map.of(
                        "clinic",
                        stage.clinic().id(),
                        "flagged",
                        List.of(stage.patient().id())))));
        stage.cloud().invoke("StartEscalationsFunction", night);
        stage.cloud().waitUntilQuiet();
        return !stage.cloud().inbox().messages().isEmpty();
    };
    private static final Deed READS_THE_OWN_RECORD =
            stage -> stage.patient().api().get("/v1/me").status() == 200;

    /**
     * A change of the template.
     *
     * @param resource in whose block of the template something is replaced
     */
    private record Change(String resource, String from, String to) {
        String applied(String template) {
            Matcher block = Pattern.compile("(?ms)^  " + resource + ":$.*?(?=^  [A-Za-z#]|^[A-Za-z]|\\z)")
                    .matcher(template);
            assertThat(block.find()).as(resource).isTrue();
            assertThat(block.group()).as(resource).contains(from);
            return template.substring(0, block.start())
                    + block.group().replace(from, to)
                    + template.substring(block.end());
        }
    }

    private record Removal(String situation, Change change, String denied, Deed deed) {
        @Override
        public String toString() {
            return situation;
        }
    }

    private static final String DECRYPT_THROUGH_DYNAMODB =
            "            - { Effect: Allow, Action: [kms:Decrypt], Resource: !GetAtt DataKey.Arn, Condition: { StringEquals: { kms:ViaService: !Sub \"dynamodb.${AWS::Region}.amazonaws.com\" } } }\n";

    static Stream<Removal> removals() {
        return Stream.of(
                new Removal(
                        "a session cannot be stored without the key of the tables",
                        new Change("SessionUploadFunction", DECRYPT_THROUGH_DYNAMODB, ""),
                        "kms:Decrypt on resource: arn:aws:kms:",
                        UPLOADS_A_SESSION),
                new Removal(
                        "tasks cannot be listed without their index",
                        new Change(
                                "ClinicApiFunction",
                                "            - { Effect: Allow, Action: [dynamodb:Query], Resource: !Sub \"${Records.Arn}/index/GSI1\" }\n",
                                ""),
                        "dynamodb:Query on resource: arn:aws:dynamodb:us-east-1:000000000000:table/carryover-Records/index/GSI1",
                        READS_THE_TASKS),
                new Removal(
                        "a recording cannot be put under an address whose signer may not put it",
                        new Change("SessionUploadFunction", "Action: [s3:PutObject]", "Action: [s3:ListBucket]"),
                        "s3:PutObject on resource: arn:aws:s3:::carryover-recordings",
                        UPLOADS_A_RECORDING),
                new Removal(
                        "an outreach ends where the state machine may not invoke a step",
                        new Change("EscalationMachine", "                - !Ref EncourageFunction.Alias\n", ""),
                        "lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:000000000000:function:carryover-EncourageFunction:live",
                        GETS_THE_PUSH),
                new Removal(
                        "no push leaves without the endpoints",
                        new Change("EncourageFunction", "Action: [sns:Publish]", "Action: [sns:ListTopics]"),
                        "sns:Publish on resource: arn:aws:sns:us-east-1:000000000000:endpoint/",
                        GETS_THE_PUSH),
                new Removal(
                        "a function without its permission for the API is not reached",
                        new Change(
                                "PatientApiPermission", "Action: lambda:InvokeFunction", "Action: lambda:GetFunction"),
                        "lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:000000000000:function:carryover-PatientApiFunction:live",
                        READS_THE_OWN_RECORD));
    }

    @TempDir
    private Path folder;

    private LocalCloud changed(List<Change> changes) throws IOException {
        Path home = LoopCloud.home();
        String template = Files.readString(home.resolve("template.yaml"));
        for (Change change : changes) template = change.applied(template);
        Files.writeString(folder.resolve("template.yaml"), template);
        for (String copied : List.of("infra/api", "statemachines")) {
            Files.createDirectories(folder.resolve(copied));
            try (Stream<Path> files = Files.list(home.resolve(copied))) {
                for (Path file : files.filter(Files::isRegularFile).toList())
                    Files.copy(file, folder.resolve(copied).resolve(file.getFileName()));
            }
        }
        return LocalCloud.start(
                folder, Options.at(Instant.parse("2026-01-05T15:00:00Z")).withPort(0));
    }

    /** Whether a deed can be done, from the opening of a clinic on; whatever the API refuses on the way is a no. */
    private static boolean works(LocalCloud cloud, String prefix, Deed deed) {
        try {
            Clinic clinic =
                    Clinic.open(cloud, Clinic.operator(cloud), prefix, "A made-up clinic", LoopCloud.ZONE.getId(), 20);
            Person therapist = clinic.addStaff("therapist", "Ira Therapist", "THERAPIST", Map.of());
            Person frontDesk = clinic.addStaff("frontdesk", "Flo Frontdesk", "STAFF", Map.of());
            Person patient = LoopCloud.patient(clinic, frontDesk, therapist, "patient", LocalDate.parse("2025-11-03"));
            return deed.done(new Stage(cloud, clinic, frontDesk, patient));
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageStartingWith("the API answered 50");
            return false;
        }
    }

    private static List<String> denials(LocalCloud cloud) {
        cloud.waitUntilQuiet();
        TrailQuery denied = new TrailQuery("", "", "", "", true);
        return cloud.trail().read(Instant.EPOCH, cloud.clock().instant(), denied, 0, 1000).stream()
                .map(record -> record.path("errorMessage").asText())
                .toList();
    }

    @Test
    void the_template_as_it_is_denies_nothing_of_what_people_do() throws IOException {
        try (LocalCloud cloud = changed(List.of())) {
            List<Deed> deeds = removals().map(Removal::deed).distinct().toList();
            for (int i = 0; i < deeds.size(); i++)
                assertThat(works(cloud, "as-it-is-" + i + "-", deeds.get(i))).isTrue();
            assertThat(denials(cloud)).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void removals(Removal removal) throws IOException {
        try (LocalCloud cloud = changed(List.of(removal.change()))) {
            assertThat(works(cloud, "", removal.deed())).isFalse();
            assertThat(denials(cloud)).isNotEmpty().allMatch(denial -> denial.contains(removal.denied()));
        }
    }

    @Test
    void permissions_that_nobody_needs_are_reported() throws IOException {
        String statement = "          Statement:\n";
        List<Change> added = List.of(
                new Change(
                        "StartEscalationsFunction",
                        statement,
                        statement
                                + "            - { Effect: Allow, Action: [dynamodb:DeleteItem], Resource: !GetAtt Records.Arn }\n"),
                new Change(
                        "ClinicManifestFunction",
                        statement,
                        statement
                                + "            - { Effect: Allow, Action: [s3:DeleteObject], Resource: !Sub \"${NightRuns.Arn}/*\" }\n"),
                new Change(
                        "EscalationMachine",
                        "                - !Ref EncourageFunction.Alias\n",
                        "                - !Ref EncourageFunction.Alias\n                - !Ref ClinicApiFunction.Alias\n"),
                new Change(
                        "ClinicOnboardingFunction",
                        "cognito-idp:AdminCreateUser",
                        "cognito-idp:AdminCreateUser, cognito-idp:AdminDeleteUser"),
                new Change(
                        "PatientApiFunction",
                        statement,
                        statement + "            - { Effect: Allow, Action: [kms:*], Resource: '*' }\n"));
        List<String> expected = List.of(
                "StartEscalationsFunction: dynamodb:DeleteItem on Records is never used and not listed",
                "ClinicManifestFunction: s3:DeleteObject on NightRuns/* is never used and not listed",
                "EscalationMachine: lambda:InvokeFunction on ClinicApiFunction:live is never used and not listed",
                "ClinicOnboardingFunction: cognito-idp:AdminDeleteUser on WorkforcePool is never used and not listed",
                "PatientApiFunction: kms:* on * is a wildcard and not listed");
        JsonNode exceptions = Tables.read(LoopCloud.home().resolve("infra/permissions.yaml"));
        try (LocalCloud cloud = changed(added)) {
            assertThat(works(cloud, "", READS_THE_TASKS)).isTrue();
            assertThat(cloud.permissions().problems(exceptions, true)).containsAll(expected);
        }
        assertThat(LoopCloud.CLOUD.permissions().problems(exceptions, true)).doesNotContainAnyElementsOf(expected);
    }

    @Test
    void a_policy_that_is_not_understood_stops_the_start_and_is_named() {
        Change strange = new Change("PatientApiFunction", "kms:ViaService:", "aws:MultiFactorAuthPresent:");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> changed(List.of(strange)))
                .hasMessageContaining("aws:MultiFactorAuthPresent: the condition key is not understood");
    }
}
