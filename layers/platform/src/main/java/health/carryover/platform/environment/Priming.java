package health.carryover.platform.environment;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.crac.Context;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * What happens around a SnapStart snapshot. Before it each part of a function does something harmless once, so that its
 * classes are loaded and initialised in the snapshot; after each restore whatever must not be shared by all sandboxes is
 * made anew. Nothing leaves the machine while this runs: the function's own clients get a made-up answer, since a
 * snapshot must not depend on a network, nor on what a table holds.
 *
 * <p>Whatever fails fails the snapshot, and so the deployment: the likely causes (a class or a native library that is
 * not in the zips, a policy that does not parse) would fail every call after a restore too, and there they cost a
 * patient's upload.
 */
public final class Priming implements Resource {
    private record Action(String part, Runnable code) {}

    private static final Logger log = LoggerFactory.getLogger(Priming.class);
    private static final AwsCredentials MADE_UP = AwsBasicCredentials.create("PRIMING", "priming");

    private final List<Action> actions = new ArrayList<>();
    private final List<Runnable> renewals = new ArrayList<>();
    private volatile boolean running;

    /** Done once before the snapshot is taken, in the order of adding. */
    public void add(String part, Runnable harmless) {
        actions.add(new Action(part, harmless));
    }

    /** Done after each restore; also before the snapshot, so that what priming left behind is not in it. */
    public void renew(Runnable renewal) {
        renewals.add(renewal);
    }

    boolean isRunning() {
        return running;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) throws Exception {
        rehearse();
    }

    /**
     * What is done before a snapshot; also what an image does while its class archive is trained.
     *
     * @throws GeneralSecurityException when this JVM has no TLS
     * @throws IllegalStateException naming the part that failed
     */
    public void rehearse() throws GeneralSecurityException {
        long start = System.nanoTime();
        SnapshotSafety.requireRandomOfTheSystem();
        // Reads the certificates that are trusted: the dearest part of the first connection, and the same everywhere.
        SSLContext.getDefault().getSocketFactory();
        running = true;
        try {
            for (Action action : actions) run(action);
        } finally {
            running = false;
        }
        renewals.forEach(Runnable::run);
        log.atInfo()
                .addKeyValue("millis", (System.nanoTime() - start) / 1_000_000)
                .log("primed");
    }

    private static void run(Action action) {
        try {
            action.code().run();
        } catch (RuntimeException | LinkageError e) {
            throw new IllegalStateException("priming failed at " + action.part(), e);
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        renewals.forEach(Runnable::run);
    }

    /** Lambda's own, found anew after a restore; made-up ones while priming, so that the snapshot holds none. */
    AwsCredentialsProvider credentialsOfLambda() {
        return new Credentials();
    }

    private final class Credentials implements AwsCredentialsProvider {
        private volatile AwsCredentialsProvider found = find();

        Credentials() {
            renew(() -> found = find());
        }

        private static AwsCredentialsProvider find() {
            return DefaultCredentialsProvider.builder().build();
        }

        @Override
        public AwsCredentials resolveCredentials() {
            return running ? MADE_UP : found.resolveCredentials();
        }
    }

    /** The HTTP client of all SDK clients. */
    SdkHttpClient.Builder<?> http() {
        return new Http();
    }

    private final class Http implements SdkHttpClient.Builder<Http> {
        @Override
        public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
            return new PrimedHttp(UrlConnectionHttpClient.builder().buildWithDefaults(defaults), Priming.this);
        }
    }
}
