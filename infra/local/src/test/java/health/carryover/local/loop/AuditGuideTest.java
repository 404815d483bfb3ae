package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.Commands;
import health.carryover.local.trail.TrailQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** The ten questions of infra/AUDIT.md, each answered by the command that stands there. */
class AuditGuideTest extends RecordedCloud {
    private static final Pattern QUESTION = Pattern.compile("(?ms)^## (\\d+)\\. (.*?)$(.*?)(?=^## )");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\./carryover (audit .*)$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern SQL = Pattern.compile("(?s)```sql\\n(.*?)```");

    private static Small small;
    private static String recording;
    private static Instant since;

    /** A patient uploads, a therapist reads, the front desk tries to prescribe, somebody looks into the table. */
    @BeforeAll
    static void a_day_in_the_clinic() {
        advance(Duration.ofMinutes(1));
        since = now();
        small = small();
        upload(small.patient(), session(small.clinic(), now())).ok();
        String record = "/v1/patients/" + small.patient().id();
        small.therapist().api().get(record + "/sessions").ok();
        assertThat(small.frontDesk().api().get(record + "/sessions").status()).isEqualTo(403);
        byte[] content = squats(2);
        JsonNode address = announced(small, content);
        assertThat(put(address, content)).isEqualTo(200);
        recording = key(small, address);
        Tables tables = new Tables(CLOUD);
        tables.client().scan(scan -> scan.tableName(tables.name("Records")).limit(1));
        try (DynamoDbClient borrowed =
                CLOUD.environment("SessionUploadFunction").client(DynamoDbClient.builder())) {
            Assertions.assertThatExceptionOfType(DynamoDbException.class)
                    .isThrownBy(() -> borrowed.scan(scan -> scan.tableName(tables.name("Records"))));
        }
    }

    record Question(int number, String question, String text) {
        @Override
        public String toString() {
            return number + ". " + question;
        }
    }

    private static String guide() throws IOException {
        return Files.readString(home().resolve("infra/AUDIT.md"));
    }

    static Stream<Question> questions() throws IOException {
        return QUESTION.matcher(guide())
                .results()
                .map(found -> new Question(Integer.parseInt(found.group(1)), found.group(2), found.group(3)));
    }

    private static String run(Question question) {
        Matcher command = COMMAND.matcher(question.text());
        assertThat(command.find()).as("the question has a command").isTrue();
        String line = command.group(1)
                .replace("CLINIC", small.clinic().id())
                .replace("PATIENT", small.patient().id())
                .replace("STAFF", small.therapist().id())
                .replace("RECORDING", recording);
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) words.add(word.group(1) != null ? word.group(1) : word.group(2));
        // Other tests share the cloud: only what came after ours began.
        words.addAll(List.of(
                "--since", since.toString(), "--endpoint", CLOUD.endpoint().toString()));
        CLOUD.waitUntilQuiet();
        return Commands.run(words);
    }

    private static Map<Integer, Consumer<String>> answers() {
        return Map.of(
                1,
                        answer -> assertThat(answer)
                                .contains(
                                        small.therapist().id() + "  THERAPIST  ReadSessions  ALLOWED",
                                        small.patient().id() + "  PATIENT  UploadSession  ALLOWED",
                                        "recording-arrival  SYSTEM  RecordingArrived  ACCEPTED"),
                2,
                        answer -> assertThat(answer.lines())
                                .hasSize(2)
                                .first()
                                .asString()
                                .contains("ReadSessions  ALLOWED"),
                3,
                        answer -> assertThat(answer.lines())
                                .hasSize(2)
                                .first()
                                .asString()
                                .contains(small.frontDesk().id() + "  STAFF  ReadSessions  REFUSED"),
                4,
                        answer -> assertThat(answer.lines())
                                .hasSize(2)
                                .first()
                                .asString()
                                .contains(
                                        "carryover-SessionUploadFunctionRole/borrowed  Scan  table/carryover-Records",
                                        "AccessDeniedException"),
                5,
                        answer -> assertThat(answer.lines())
                                .hasSize(2)
                                .first()
                                .asString()
                                .contains("user/operator  Scan  table/carryover-Records"),
                6,
                        answer -> assertThat(answer)
                                .contains("ClinicApiFunction", "MotionAnalysisFunction", "SessionUploadFunction")
                                .doesNotContain("user/", "ClinicManifest"),
                7,
                        answer -> assertThat(answer.lines())
                                .hasSize(2)
                                .first()
                                .asString()
                                .contains("ClinicOnboardingFunction  Encrypt"),
                8,
                        answer -> assertThat(answer)
                                .contains(
                                        "SessionUploadFunction  PutObject",
                                        "RecordingArrivalFunction  GetObject",
                                        "RecordingArrivalFunction  PutObjectTagging",
                                        "MotionAnalysisFunction  GetObject")
                                .endsWith("4 calls" + System.lineSeparator()),
                9,
                        answer -> assertThat(answer)
                                .contains(
                                        "ClinicApiFunction  AdminCreateUser",
                                        "ClinicOnboardingFunction  AdminCreateUser"),
                10, answer -> assertThat(answer.strip()).isEqualTo("0 calls"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void questions(Question question) {
        Consumer<String> expected = answers().get(question.number());
        assertThat(expected).as("a new question has an answer here").isNotNull();
        expected.accept(run(question));
    }

    @Test
    void there_are_ten() throws IOException {
        assertThat(questions().map(Question::number)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    /** If somebody did change the audit table, question 10 would say so: alone and inside a transaction. */
    @Test
    void a_deleted_audit_entry_is_found_even_when_a_transaction_hides_it() {
        Tables tables = new Tables(CLOUD);
        Map<String, AttributeValue> entry = Map.of(
                "PK", AttributeValue.fromS("C#nobody"),
                "SK", AttributeValue.fromS("never"));
        advance(Duration.ofMinutes(1));
        Instant from = now();
        tables.client()
                .transactWriteItems(write -> write.transactItems(item -> item.delete(
                        delete -> delete.tableName(tables.name("Audit")).key(entry))));
        // A record may be written a moment after its caller was answered.
        CLOUD.waitUntilQuiet();
        TrailQuery deletes = new TrailQuery("", "", "UpdateItem|DeleteItem", "table/carryover-Audit", false);
        assertThat(CLOUD.trail().read(from, now(), deletes, 0, 10))
                .singleElement()
                .satisfies(
                        record -> assertThat(record.path("eventName").asText()).isEqualTo("TransactWriteItems"));
        advance(Duration.ofMinutes(1));
    }

    /** Athena is not here; but its table has the columns that the queries name, and our records their members. */
    @Test
    void the_queries_for_aws_name_columns_of_the_table_and_members_of_the_records() throws IOException {
        List<String> statements =
                SQL.matcher(guide()).results().map(found -> found.group(1)).toList();
        String table = statements.getLast();
        Set<String> columns = new TreeSet<>();
        Matcher column = Pattern.compile("(?m)(?:^  |, )([a-z]+) (?:string|struct|array)")
                .matcher(table);
        while (column.find()) columns.add(column.group(1));
        columns.addAll(Set.of("day", "times", "resource", "touched", "trail"));
        Set<String> words = Set.of(
                "select", "from", "where", "and", "or", "not", "in", "like", "order", "group", "by", "desc", "count",
                "as", "cross", "join", "unnest", "json", "extract", "scalar", "arn", "type");
        for (String sql : statements.subList(0, statements.size() - 1)) {
            Matcher named = Pattern.compile("[a-z]+")
                    .matcher(sql.replaceAll("'[^']*'", "").toLowerCase(Locale.ROOT));
            while (named.find())
                if (!words.contains(named.group())) assertThat(columns).as(sql).contains(named.group());
        }
        Set<String> members = new TreeSet<>();
        for (JsonNode record : CLOUD.trail().read(since, now(), _ -> true, 0, 1000))
            record.fieldNames().forEachRemaining(name -> members.add(name.toLowerCase(Locale.ROOT)));
        assertThat(columns).containsAll(members);
    }
}
