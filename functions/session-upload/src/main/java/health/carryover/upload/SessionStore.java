package health.carryover.upload;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.adherence.Session;
import health.carryover.clinical.adherence.SessionRules;
import health.carryover.platform.http.Problem;
import health.carryover.platform.http.Refused;
import health.carryover.platform.http.Request;
import health.carryover.platform.json.Json;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Clear;
import health.carryover.platform.records.Entry;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.PatientRef;
import health.carryover.platform.records.Records;
import health.carryover.platform.records.StoredSession;
import health.carryover.platform.records.UploadMarker;
import health.carryover.platform.records.Write;
import health.carryover.platform.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.erdtman.jcs.JsonCanonicalizer;

/** Stores sessions, each exactly once: marker, session and audit event in one transaction. */
final class SessionStore {
    /** A phone's clock that is off by less than this is left alone. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);

    /** A clock that was reset to 1970 can be corrected; further off, it is no clock, and times would leave the calendar. */
    private static final Duration LARGEST_ERROR = Duration.ofDays(100 * 365);

    /** What became of one session. */
    sealed interface Stored {
        /** @param fresh false when this very session was there already */
        record Received(Receipt receipt, boolean fresh) implements Stored {}

        /** Another session bears this id. */
        record OtherContent() implements Stored {}

        record Impossible(List<Problem> problems) implements Stored {}
    }

    record Receipt(String sessionId, Instant receivedAt, Duration clockCorrection) {}

    private final Records records;
    private final Vault vault;
    private final Set<String> exercises;

    SessionStore(Records records, Vault vault, Set<String> exercises) {
        this.records = records;
        this.vault = vault;
        this.exercises = exercises;
    }

    /** How far the phone's clock is behind ours, from its own statement at sending. */
    static Duration clockCorrection(Request request) {
        String sentAt = request.header("Carryover-Sent-At")
                .orElseThrow(() -> Refused.malformed("missingHeader", "/Carryover-Sent-At"));
        try {
            Duration behind = Duration.between(Instant.parse(sentAt), request.now());
            if (behind.abs().compareTo(LARGEST_ERROR) > 0)
                throw Refused.malformed("notAnInstant", "/Carryover-Sent-At");
            return behind.abs().compareTo(CLOCK_TOLERANCE) <= 0 ? Duration.ZERO : behind;
        } catch (DateTimeParseException e) {
            throw Refused.malformed("notAnInstant", "/Carryover-Sent-At");
        }
    }

    /** @param json the session as sent, which has passed the schema */
    Stored store(Request request, Resource resource, JsonNode json, Duration correction, String pointer) {
        PatientRef patient = request.caller().self();
        Session raw = request.read(json, Session.class, pointer);
        Session session = raw.shifted(correction);
        List<Problem> problems = SessionRules.problems(session, request.now(), exercises).stream()
                .map(problem -> new Problem(problem.code(), pointer + problem.pointer()))
                .toList();
        if (!problems.isEmpty()) return new Stored.Impossible(problems);

        String mac = Base64.getEncoder().encodeToString(vault.mac(patient.clinic(), canonical(json)));
        Key key = Key.session(patient, session.endedAt(), session.sessionId());
        StoredSession stored = new StoredSession(
                session, new StoredSession.Raw(raw.startedAt(), raw.endedAt()), correction, request.now());
        Write.Result result = records.transact(List.of(
                new Write.Create(Entry.first(
                        Key.upload(patient, session.sessionId()),
                        Kind.UPLOAD,
                        new UploadMarker(session.sessionId()),
                        Map.of(
                                Clear.mac, mac,
                                Clear.sessionKey, key.sk(),
                                Clear.clockCorrection, correction.toString(),
                                Clear.receivedAt, request.now().toString()))),
                new Write.Create(Entry.first(
                        key,
                        Kind.SESSION,
                        stored,
                        Map.of(
                                Clear.completed,
                                session.counts() ? "yes" : "no",
                                Clear.receivedAt,
                                request.now().toString()))),
                request.audit(resource)));
        return switch (result) {
            case Write.Result.Committed committed ->
                new Stored.Received(new Receipt(session.sessionId(), request.now(), correction), true);
            case Write.Result.Refused refused -> repeated(session, mac, refused.existing());
        };
    }

    private static Stored repeated(Session session, String mac, Map<Clear, String> marker) {
        if (!mac.equals(marker.get(Clear.mac))) return new Stored.OtherContent();
        return new Stored.Received(
                new Receipt(
                        session.sessionId(),
                        Instant.parse(Objects.requireNonNull(marker.get(Clear.receivedAt))),
                        Duration.parse(Objects.requireNonNull(marker.get(Clear.clockCorrection)))),
                false);
    }

    /** RFC 8785: the same session gives the same bytes, however its members were ordered or spaced. */
    private static byte[] canonical(JsonNode json) {
        try {
            return new JsonCanonicalizer(Json.bytes(json)).getEncodedUTF8();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
