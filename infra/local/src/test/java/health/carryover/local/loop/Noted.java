package health.carryover.local.loop;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Notes which tests of the real template run, so that each used permission is tied to the first test that needs it. */
final class Noted implements BeforeAllCallback, BeforeEachCallback {
    static final Set<Class<?>> CLASSES = ConcurrentHashMap.newKeySet();

    @Override
    public void beforeAll(ExtensionContext context) {
        CLASSES.add(context.getRequiredTestClass());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        String name = context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName();
        LoopCloud.CLOUD.permissions().during(name);
    }
}
