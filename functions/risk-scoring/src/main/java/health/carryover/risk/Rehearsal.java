package health.carryover.risk;

import health.carryover.clinical.risk.CarePlan;
import health.carryover.clinical.risk.SessionFact;
import health.carryover.platform.environment.Environment;
import health.carryover.platform.environment.Priming;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Run once while the image is built: does what a scoring night does, for nobody and without a network, so that the AOT
 * cache holds the classes of it. Prints how long the first prediction took since the JVM started.
 */
public final class Rehearsal {
    private static final Map<String, String> VARIABLES = Map.of(
            "AWS_REGION", "us-east-1",
            "RECORDS_TABLE", "rehearsal",
            "IDENTITY_TABLE", "rehearsal",
            "KEY_SETS_TABLE", "rehearsal",
            "KEY_SETS_KEY", "rehearsal",
            "AUDIT_TABLE", "rehearsal");

    private static final InstantSource TIME = InstantSource.system();
    private static final Instant TONIGHT = Instant.parse("2026-01-01T09:00:00Z");

    private Rehearsal() {}

    public static void main(String[] arguments) throws Exception {
        try (RiskModel model = RiskModel.shipped()) {
            int scored = model.score(List.of(nobody())).size();
            long since = ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(start -> Duration.between(start, TIME.instant()).toMillis())
                    .orElse(-1L);
            System.out.println("first prediction of " + scored + " row after " + since + " ms");
        }
        Class.forName("com.amazonaws.services.lambda.runtime.api.client.AWSLambda");
        Priming priming = new Priming();
        RiskScoringHandler handler = new RiskScoringHandler(new Environment(
                VARIABLES,
                TIME,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("REHEARSAL", "rehearsal")),
                List.of(),
                priming));
        priming.rehearse();
        System.out.println("rehearsed " + handler.getClass().getSimpleName());
    }

    private static RiskModel.Row nobody() {
        CarePlan plan = new CarePlan(
                ZoneOffset.UTC,
                List.of(new CarePlan.Dose(TONIGHT.minus(Duration.ofDays(40)), 5)),
                List.of(),
                List.of(),
                List.of());
        Instant ended = TONIGHT.minus(Duration.ofDays(3));
        SessionFact session =
                new SessionFact("rehearsal", ended, ended, 1, 2, 2, null, Set.of(), SessionFact.Recording.values()[0]);
        return RiskModel.Row.of(plan, List.of(session), TONIGHT);
    }
}
