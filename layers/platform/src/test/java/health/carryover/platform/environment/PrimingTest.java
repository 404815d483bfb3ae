package health.carryover.platform.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import health.carryover.platform.records.Contact;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.vault.Vault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;

class PrimingTest {
    private final AtomicInteger requests = new AtomicInteger();
    private final Priming priming = new Priming();
    private HttpServer network;

    /** All that a function's clients could reach: counts who asks, and answers every table's question with nothing. */
    @BeforeEach
    void listen() throws IOException {
        network = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        network.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes());
            exchange.close();
        });
        network.start();
    }

    @AfterEach
    void close() {
        network.stop(0);
    }

    private Environment environment() {
        Map<String, String> variables = new HashMap<>(Map.of(
                "AWS_REGION",
                "us-east-1",
                "AWS_ENDPOINT_URL",
                "http://127.0.0.1:" + network.getAddress().getPort()));
        for (String table : List.of("RECORDS_TABLE", "IDENTITY_TABLE", "KEY_SETS_TABLE", "AUDIT_TABLE", "KEY_SETS_KEY"))
            variables.put(table, table);
        return new Environment(
                variables,
                InstantSource.system(),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")),
                List.of(),
                priming);
    }

    @Test
    void every_client_of_a_function_is_called_and_nothing_leaves_the_machine() throws GeneralSecurityException {
        Environment environment = environment();
        environment.client(DynamoDbClient.builder());
        environment.client(KmsClient.builder());
        environment.client(S3Client.builder());
        environment.client(SfnClient.builder());
        environment.client(SnsClient.builder());
        environment.client(CognitoIdentityProviderClient.builder());
        environment.presigner();
        new Records(environment, new Vault(environment));
        priming.rehearse();
        assertThat(requests).hasValue(0);
    }

    @Test
    void afterwards_the_same_clients_reach_the_real_service() throws GeneralSecurityException {
        DynamoDbClient tables = environment().client(DynamoDbClient.builder());
        priming.rehearse();
        tables.getItem(get -> get.tableName("RECORDS_TABLE").key(Map.of()));
        assertThat(requests).hasValue(1);
    }

    @Test
    void a_client_that_nobody_knows_how_to_prime_fails_the_snapshot_and_is_named() {
        environment().client(StsClient.builder());
        assertThatThrownBy(priming::rehearse)
                .hasMessageContaining("DefaultStsClient")
                .rootCause()
                .hasMessageContaining("no harmless call");
    }

    @Test
    void a_part_that_fails_fails_the_snapshot_and_leaves_priming() {
        DynamoDbClient tables = environment().client(DynamoDbClient.builder());
        priming.add("a library that is missing", () -> {
            throw new UnsatisfiedLinkError("no cedar");
        });
        assertThatThrownBy(() -> priming.beforeCheckpoint(null)).hasMessageContaining("a library that is missing");
        tables.getItem(get -> get.tableName("RECORDS_TABLE").key(Map.of()));
        assertThat(requests).as("calls go out again").hasValue(1);
    }

    @Test
    void the_keys_that_priming_sealed_with_are_not_in_the_snapshot() throws GeneralSecurityException {
        Environment environment = environment();
        Records records = new Records(environment, new Vault(environment));
        priming.rehearse();
        Vault vault = new Vault(environment);
        assertThatThrownBy(() -> vault.mac(Vault.NOBODY, new byte[1])).isInstanceOf(Vault.NoKeys.class);
        Key key = Key.contact(new PatientRef(Vault.NOBODY, Vault.NOBODY), Instant.EPOCH, Vault.NOBODY);
        Optional<?> found = records.get(key, Kind.CONTACT).map(entry -> (Contact) entry.content());
        assertThat(found).isEmpty();
    }

    @Test
    void what_must_be_fresh_is_made_anew_before_the_snapshot_and_after_each_restore() throws Exception {
        List<String> told = new ArrayList<>();
        priming.add("part", () -> told.add("primed"));
        priming.renew(() -> told.add("renewed"));
        priming.beforeCheckpoint(null);
        priming.afterRestore(null);
        priming.afterRestore(null);
        assertThat(told).containsExactly("primed", "renewed", "renewed", "renewed");
    }
}
