package health.carryover.upload;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.clinical.adherence.Session.RecordedBy;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.http.Answer;
import health.carryover.platform.http.ApiFunction;
import health.carryover.platform.http.Operation;
import health.carryover.platform.http.Problem;
import health.carryover.platform.http.Refused;
import health.carryover.platform.http.Request;
import health.carryover.platform.library.ExerciseLibrary;
import health.carryover.platform.policy.Policy.Resource;
import health.carryover.platform.records.Consent;
import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import health.carryover.platform.records.Records;
import health.carryover.platform.vault.Vault;
import health.carryover.upload.SessionStore.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What mobile apps bring: sessions, one by one or in batches, and announcements of recordings and videos. */
public final class SessionUploadHandler extends ApiFunction {
    record Result(@Nullable String sessionId, int status, List<Problem> problems) {}

    record Results(List<Result> results) {}

    public SessionUploadHandler() {
        this(Environment.ofLambda());
    }

    SessionUploadHandler(Environment environment) {
        this(environment, new Vault(environment));
    }

    private SessionUploadHandler(Environment environment, Vault vault) {
        this(environment, vault, new Records(environment, vault));
    }

    private SessionUploadHandler(Environment environment, Vault vault, Records records) {
        super(
                environment,
                records,
                operations(
                        new SessionStore(
                                records, vault, ExerciseLibrary.builtIn().codes()),
                        new Recordings(environment, records),
                        new VideoUploads(environment, records),
                        records));
    }

    private static List<Operation> operations(
            SessionStore sessions, Recordings recordings, VideoUploads videos, Records records) {
        List<Operation> all = new ArrayList<>(videos.operations());
        all.addAll(List.of(
                Operation.of(
                                "POST /v1/sessions",
                                "UploadSession",
                                Operation::own,
                                (request, resource) -> one(sessions, request, resource))
                        .needing(request -> consents(request.body())),
                Operation.of(
                        "POST /v1/sessions/batch",
                        "UploadSession",
                        Operation::own,
                        (request, resource) -> batch(sessions, records, request, resource)),
                Operation.of("POST /v1/uploads", "UploadRecording", Operation::own, recordings::announce)
                        .needing(request -> Set.of(Consent.Scope.BODY_TRACKING))));
        return all;
    }

    /** A session that a camera or sensor recorded needs the consent to being tracked; one that was typed in needs none. */
    private static Set<Consent.Scope> consents(JsonNode session) {
        return RecordedBy.valueOf(session.path("recordedBy").asText()).tracksBody()
                ? Set.of(Consent.Scope.BODY_TRACKING)
                : Set.of();
    }

    private static Answer one(SessionStore sessions, Request request, Resource resource) {
        Duration correction = SessionStore.clockCorrection(request);
        return switch (sessions.store(request, resource, request.body(), correction, "")) {
            case Stored.Received received ->
                received.fresh() ? Answer.created(received.receipt()) : Answer.ok(received.receipt());
            case Stored.OtherContent other ->
                throw Refused.conflict("other-content", "A session with this id but other content is stored.");
            case Stored.Impossible impossible -> throw Refused.impossible(impossible.problems());
        };
    }

    private static Answer batch(SessionStore sessions, Records records, Request request, Resource resource) {
        Duration correction = SessionStore.clockCorrection(request);
        Consent consent = records.latest(Key.patientPk(request.caller().self()), "CONSENT#", Kind.CONSENT)
                .map(entry -> entry.content())
                .orElse(new Consent(0, Set.of(), request.now()));
        List<Result> results = new ArrayList<>();
        for (JsonNode session : request.body().path("sessions"))
            results.add(item(sessions, consent, request, resource, session, correction, results.size()));
        return Answer.ok(new Results(results));
    }

    private static Result item(
            SessionStore sessions,
            Consent consent,
            Request request,
            Resource resource,
            JsonNode session,
            Duration correction,
            int index) {
        String pointer = "/sessions/" + index;
        String id = session.path("sessionId").isTextual()
                ? session.path("sessionId").asText()
                : null;
        List<Problem> malformed = request.problems("Session", session);
        if (!malformed.isEmpty())
            return new Result(
                    id,
                    400,
                    malformed.stream()
                            .map(problem -> new Problem(problem.code(), pointer + problem.pointer()))
                            .toList());
        List<Problem> missing = consents(session).stream()
                .filter(scope -> !consent.allows(scope))
                .map(scope -> new Problem(scope.name(), pointer))
                .toList();
        if (!missing.isEmpty()) return new Result(id, 403, missing);
        try {
            return switch (sessions.store(request, resource, session, correction, pointer)) {
                case Stored.Received received -> new Result(id, received.fresh() ? 201 : 200, List.of());
                case Stored.OtherContent other -> new Result(id, 409, List.of());
                case Stored.Impossible impossible -> new Result(id, 422, impossible.problems());
            };
        } catch (Refused refused) {
            return new Result(id, refused.status(), refused.problems());
        }
    }
}
