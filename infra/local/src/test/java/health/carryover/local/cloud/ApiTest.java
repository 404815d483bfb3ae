package health.carryover.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ApiTest extends TestCloud {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String SUB = "0f8fad5b-d9cb-469f-a165-70867728950e";

    @BeforeAll
    static void people() {
        CLOUD.personas()
                .add(new Persona("ana", "Patients", SUB, List.of("demo/read", "demo/write"), "reads and writes"));
        CLOUD.personas().add(new Persona("reader", "Patients", SUB, List.of("demo/read"), "reads"));
        CLOUD.personas().add(new Persona("staff", "Workforce", SUB, List.of("demo/read"), "of another pool"));
    }

    record Row(String situation, String authorization, int status) {
        @Override
        public String toString() {
            return situation;
        }
    }

    static Stream<Row> callers() throws JOSEException, ParseException {
        String valid = CLOUD.personas().token("ana");
        JWTClaimsSet claims = SignedJWT.parse(valid).getJWTClaimsSet();
        RSAKey other = new RSAKeyGenerator(2048).keyID("Patients-1").generate();
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("Patients-1").build(), claims);
        forged.sign(new RSASSASigner(other));
        String expired = CLOUD.personas().token("ana");
        CLOUD.clock().advance(Duration.ofHours(1));
        valid = CLOUD.personas().token("ana");
        return Stream.of(
                new Row("a valid token is let in", valid, 200),
                new Row("a valid token is let in as Bearer too", "Bearer " + valid, 200),
                new Row("no token", "", 401),
                new Row("not a token", "hello", 401),
                new Row("a token that ends this very second", expired, 401),
                new Row("a token of the other pool", CLOUD.personas().token("staff"), 401),
                new Row("a token signed by somebody else", forged.serialize(), 401),
                new Row("a token without signature", new PlainJWT(new PlainHeader(), claims).serialize(), 401),
                new Row("a token with another signature", valid.substring(0, valid.length() - 8) + "AAAAAAAA", 401),
                new Row("a token that may only read", CLOUD.personas().token("reader"), 403));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void callers(Row row) throws Exception {
        HttpRequest.Builder request = request("/v1/notes/7")
                .POST(HttpRequest.BodyPublishers.ofString("hi"))
                .header("Sent-At", "now");
        if (!row.authorization().isEmpty()) request.header("Authorization", row.authorization());
        HttpResponse<String> response = send(request);
        assertThat(response.statusCode()).isEqualTo(row.status());
        if (row.status() == 401) {
            assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(Json.parse(response.body()).path("requestId").asText()).isNotEmpty();
        }
    }

    @Test
    void the_function_sees_the_request_as_api_gateway_describes_it() throws Exception {
        HttpResponse<String> response = send(request("/v1/notes/a%20b?x=1&y=%26")
                .header("Authorization", CLOUD.personas().token("ana")));
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain");
        assertThat(response.body())
                .isEqualTo("/v1/notes/{note}|/v1/notes/a%20b|GET|{note=a b}|{x=1, y=&}|" + SUB + "|null|false|live");
        assertThat(send(request("/v1/open")).body()).isEqualTo("/v1/open|/v1/open|GET|null|null|null|null|false|live");
        HttpResponse<String> binary = send(request("/v1/notes/7")
                .header("Authorization", CLOUD.personas().token("ana"))
                .header("Sent-At", "now")
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {0, 1})));
        assertThat(binary.body()).endsWith("|AAE=|true|live");
    }

    @Test
    void a_fixed_path_wins_over_a_variable_one_and_the_document_answers_preflight_itself() throws Exception {
        assertThat(send(request("/v1/notes/latest")).body()).startsWith("/v1/notes/latest|");
        HttpResponse<String> preflight =
                send(request("/v1/notes/latest").method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .contains("*");
    }

    @Test
    void the_gateway_refuses_by_itself_what_has_no_operation_no_required_header_or_too_large_a_body() throws Exception {
        HttpResponse<String> nowhere = send(request("/v1/nowhere"));
        assertThat(nowhere.statusCode()).isEqualTo(403);
        assertThat(nowhere.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(Json.parse(nowhere.body()).path("type").asText()).isEqualTo("urn:refused");
        String token = CLOUD.personas().token("ana");
        assertThat(send(request("/v1/notes/7")
                                .header("Authorization", token)
                                .POST(HttpRequest.BodyPublishers.ofString("hi")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(request("/v1/notes/7")
                                .header("Authorization", token)
                                .header("Sent-At", "now")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024 + 1])))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void a_function_that_throws_is_a_502_without_its_words() throws Exception {
        HttpResponse<String> response = send(request("/v1/notes/7")
                .header("Authorization", CLOUD.personas().token("ana"))
                .header("Sent-At", "now")
                .POST(HttpRequest.BodyPublishers.ofString("break")));
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).doesNotContain("broken on purpose");
    }

    @Test
    void the_control_surface_tells_time_moves_it_lists_personas_and_publishes_keys() throws Exception {
        JsonNode before = json(send(request("/_carryover/clock")));
        JsonNode after = json(
                send(request("/_carryover/clock").POST(HttpRequest.BodyPublishers.ofString("{\"advance\":\"PT2H\"}"))));
        assertThat(Duration.between(
                        Instant.parse(before.path("now").asText()),
                        Instant.parse(after.path("now").asText())))
                .isEqualTo(Duration.ofHours(2));
        assertThat(send(request("/_carryover/clock")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"advance\":\"soon\"}")))
                        .statusCode())
                .isEqualTo(400);
        String persona = "{\"name\":\"eve\",\"pool\":\"Patients\",\"sub\":\"" + SUB + "\",\"scopes\":[\"demo/read\"]}";
        assertThat(send(request("/_carryover/personas").POST(HttpRequest.BodyPublishers.ofString(persona)))
                        .statusCode())
                .isEqualTo(204);
        assertThat(json(send(request("/_carryover/personas"))).findValuesAsText("name"))
                .contains("ana", "eve");
        JsonNode minted = json(
                send(request("/_carryover/token").POST(HttpRequest.BodyPublishers.ofString("{\"persona\":\"eve\"}"))));
        SignedJWT token = SignedJWT.parse(minted.path("access_token").asText());
        JWKSet keys = JWKSet.parse(send(request("/_carryover/cognito/" + ref("Patients") + "/.well-known/jwks.json"))
                .body());
        assertThat(token.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
        assertThat(token.getJWTClaimsSet().getIssuer())
                .isEqualTo("https://cognito-idp.us-east-1.amazonaws.com/" + ref("Patients"));
        assertThat(token.getJWTClaimsSet().getClaim("client_id")).isEqualTo(ref("PatientApp"));
        assertThat(keys.toString()).doesNotContain("\"d\"");
        assertThat(json(send(request("/_carryover/inbox"))).isArray()).isTrue();
        assertThat(send(request("/_carryover/token")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"persona\":\"nobody\"}")))
                        .body())
                .contains("there is no persona 'nobody'");
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(CLOUD.endpoint().resolve(path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return Json.parse(response.body());
    }
}
