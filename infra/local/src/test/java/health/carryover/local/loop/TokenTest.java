package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import health.carryover.local.cloud.Persona;
import health.carryover.local.demo.ApiClient;
import health.carryover.local.demo.Clinic.Person;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class TokenTest extends LoopCloud {
    private static Small small;
    private static SignedJWT real;

    @BeforeAll
    static void signIn() throws ParseException {
        small = small();
        real = SignedJWT.parse(CLOUD.personas().token(small.patient().persona()));
    }

    private static ApiClient.Response with(String token, String path) {
        return new ApiClient(CLOUD.endpoint(), () -> token).get(path);
    }

    private static void refused(String token) {
        ApiClient.Response response = with(token, "/v1/me");
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.body().path("type").asText()).endsWith("/unauthenticated");
        assertThat(response.body().path("status").asInt()).isEqualTo(401);
    }

    private static String signed(JWTClaimsSet claims, String keyId) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(), claims);
        token.sign(new RSASSASigner(new RSAKeyGenerator(2048).generate()));
        return token.serialize();
    }

    @Test
    void a_token_that_nobody_signed_is_refused() throws ParseException {
        refused(new PlainJWT(real.getJWTClaimsSet()).serialize());
    }

    @Test
    void a_token_signed_by_somebody_else_is_refused_whoever_it_names_as_issuer() throws Exception {
        refused(signed(real.getJWTClaimsSet(), real.getHeader().getKeyID()));
        refused(signed(
                new JWTClaimsSet.Builder(real.getJWTClaimsSet())
                        .issuer("https://elsewhere.example")
                        .build(),
                "k"));
    }

    @Test
    void a_token_keyed_with_the_public_key_is_refused() throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(real.getHeader().getKeyID())
                        .build(),
                real.getJWTClaimsSet());
        token.sign(new MACSigner(new byte[32]));
        refused(token.serialize());
    }

    @Test
    void a_token_whose_claims_were_changed_is_refused() throws Exception {
        String[] parts = real.serialize().split("\\.");
        String other = new PlainJWT(new JWTClaimsSet.Builder(real.getJWTClaimsSet())
                        .subject("00000000-0000-4000-8000-000000000000")
                        .expirationTime(Date.from(now().plus(Duration.ofDays(9))))
                        .build())
                .serialize()
                .split("\\.")[1];
        refused(parts[0] + "." + other + "." + parts[2]);
    }

    @Test
    void what_is_no_token_is_refused() {
        for (String garbage : List.of("", "x", "a.b.c", "....", "Bearer", "\"", "x".repeat(8000))) refused(garbage);
    }

    @Test
    void a_token_holds_for_an_hour_and_no_longer() {
        String token = CLOUD.personas().token(small.patient().persona());
        advance(Duration.ofMinutes(59));
        assertThat(with(token, "/v1/me").status()).isEqualTo(200);
        advance(Duration.ofMinutes(1));
        refused(token);
    }

    @Test
    void a_token_without_the_scope_of_the_operation_is_refused() throws ParseException {
        Persona persona = new Persona(
                small.patient().persona() + "-reader",
                "PatientPool",
                real.getJWTClaimsSet().getSubject(),
                List.of("carryover/record.read"),
                "");
        CLOUD.personas().add(persona);
        ApiClient reader =
                new ApiClient(CLOUD.endpoint(), () -> CLOUD.personas().token(persona.name()));
        assertThat(reader.get("/v1/me").status()).isEqualTo(200);
        ApiClient.Response refused = reader.put("/v1/me/consents", Map.of("granted", List.of()));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("type").asText()).endsWith("/forbidden");
        assertThat(reader.call(
                                "POST",
                                "/v1/sessions",
                                session(small.clinic(), now()),
                                Map.of("Carryover-Sent-At", now().toString()))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void somebody_whose_identity_was_disabled_is_refused_at_once_though_the_token_still_holds() throws Exception {
        Small other = small();
        for (Person person : List.of(other.patient(), other.therapist())) {
            String token = CLOUD.personas().token(person.persona());
            boolean patient = person.equals(other.patient());
            String path = patient ? "/v1/me" : "/v1/patients/" + other.patient().id();
            assertThat(with(token, path).status()).isEqualTo(200);
            String key = "SUB#" + (patient ? "PATIENTS#" : "WORKFORCE#")
                    + SignedJWT.parse(token).getJWTClaimsSet().getSubject();
            Tables tables = new Tables(CLOUD);
            tables.client()
                    .updateItem(update -> update.tableName(tables.name("Identity"))
                            .key(Map.of("PK", AttributeValue.fromS(key)))
                            .conditionExpression("attribute_exists(PK)")
                            .updateExpression("SET #s = :d")
                            .expressionAttributeNames(Map.of("#s", "status"))
                            .expressionAttributeValues(Map.of(":d", AttributeValue.fromS("DISABLED"))));
            ApiClient.Response refused = with(token, path);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.body().path("type").asText()).endsWith("/unknown-caller");
        }
    }

    @Test
    void a_role_of_the_workforce_in_a_patients_identity_has_no_effect() throws Exception {
        Small other = small();
        Tables tables = new Tables(CLOUD);
        String key = "SUB#PATIENTS#"
                + SignedJWT.parse(CLOUD.personas().token(other.patient().persona()))
                        .getJWTClaimsSet()
                        .getSubject();
        tables.client()
                .updateItem(update -> update.tableName(tables.name("Identity"))
                        .key(Map.of("PK", AttributeValue.fromS(key)))
                        .updateExpression("SET #r = :r")
                        .expressionAttributeNames(Map.of("#r", "roles"))
                        .expressionAttributeValues(
                                Map.of(":r", AttributeValue.fromSs(List.of("THERAPIST", "OPERATOR")))));
        assertThat(other.patient().api().get("/v1/me").status()).isEqualTo(403);
        assertThat(other.patient().api().get("/v1/patients").status()).isEqualTo(401);
    }
}
