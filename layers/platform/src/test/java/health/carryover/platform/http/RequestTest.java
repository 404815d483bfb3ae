package health.carryover.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import health.carryover.platform.audit.AuditTrail;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.identity.Caller;
import health.carryover.platform.json.Json;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

class RequestTest {
    private static final Environment ENVIRONMENT = new Environment(
            Map.of("AWS_REGION", "us-east-1", "AUDIT_TABLE", "Audit"),
            InstantSource.fixed(Instant.EPOCH),
            AnonymousCredentialsProvider.create()::resolveCredentials,
            List.of());

    record Place(ZoneId zone, Set<DayOfWeek> days) {}

    record Trip(List<Place> places, int length) {}

    private static Request request(Map<String, String> headers, Map<String, String> query, String body) {
        try {
            return new Request(
                    new APIGatewayProxyRequestEvent().withHeaders(headers).withQueryStringParameters(query),
                    new Caller("c", "p", Set.of()),
                    Json.MAPPER.readTree(body.replace('\'', '"')),
                    Instant.EPOCH,
                    new AuditTrail(ENVIRONMENT),
                    new Bodies(),
                    "ReadOwnRecord");
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Problem problem(Runnable read) {
        return catchThrowableOfType(Refused.class, read::run).problems().getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'places':[{'zone':'CET','days':[]},{'zone':'Mars','days':[]}],'length':1} | /places/1/zone",
                "{'places':[{'zone':'CET','days':['MONDAY','SOMEDAY']}],'length':1}         | /places/0/days/1",
                "{'places':[],'length':null}                                                | /length",
                "{'places':[],'length':1,'a/b':2}                                           | /a~1b",
                "[]                                                                         | ''",
            })
    void what_cannot_be_read_is_named_by_its_pointer(String body, String pointer) {
        assertThat(problem(() -> request(Map.of(), Map.of(), body).body(Trip.class)))
                .isEqualTo(new Problem("unreadable", pointer));
    }

    @Test
    void a_part_that_cannot_be_read_is_named_from_the_root_of_the_body() {
        Request request = request(Map.of(), Map.of(), "{'sessions':[{'zone':'Mars','days':[]}]}");
        assertThat(problem(() -> request.read(request.body().at("/sessions/0"), Place.class, "/sessions/0")))
                .isEqualTo(new Problem("unreadable", "/sessions/0/zone"));
    }

    @Test
    void a_refusal_never_quotes_the_value() {
        assertThatThrownBy(
                        () -> request(Map.of(), Map.of(), "{'zone':'secret'}").body(Place.class))
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-Match", "if-match", "IF-MATCH"})
    void the_version_that_was_read_is_found_however_the_header_is_spelt(String header) {
        assertThat(request(Map.of(header, "\"7\""), Map.of(), "{}").ifMatch()).contains(7L);
        assertThat(request(Map.of(header, "7"), Map.of(), "{}").ifMatch()).contains(7L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "", "seven", "W/\"7\"", "99999999999999999999"})
    void a_version_that_is_none_is_refused(String etag) {
        assertThat(problem(
                        () -> request(Map.of("If-Match", etag), Map.of(), "{}").ifMatch()))
                .isEqualTo(new Problem("etag", "/If-Match"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101", "1.5", "", "ten"})
    void a_page_has_between_1_and_100_entries(String limit) {
        assertThat(problem(() -> Pages.limit(request(Map.of(), Map.of("limit", limit), "{}")))
                        .pointer())
                .isEqualTo("/limit");
    }

    @Test
    void a_cursor_brings_back_its_key_and_one_of_another_list_is_refused() {
        String key = "SESSION#2026-01-05T15:00:00.000Z#0190a000-0000-7000-8000-000000000000";
        String cursor = Pages.cursor(java.util.Optional.of(key)).orElseThrow();
        Request request = request(Map.of(), Map.of("cursor", cursor), "{}");
        assertThat(Pages.after(request, "SESSION#")).contains(key);
        assertThat(problem(() -> Pages.after(request, "P#"))).isEqualTo(new Problem("cursor", "/cursor"));
    }
}
