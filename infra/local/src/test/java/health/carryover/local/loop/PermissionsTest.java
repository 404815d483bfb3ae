package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import health.carryover.local.access.Permissions;
import health.carryover.local.template.Tables;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Least privilege, proved by what all the other tests of the real template did. */
@Order(Integer.MAX_VALUE)
class PermissionsTest extends LoopCloud {
    private static final Permissions PERMISSIONS = CLOUD.permissions();

    private static JsonNode exceptions() {
        return Tables.read(home().resolve("infra/permissions.yaml"));
    }

    @Test
    void every_wildcard_is_listed_with_its_reason() {
        assertThat(PERMISSIONS.problems(exceptions(), false)).isEmpty();
    }

    @Test
    void after_a_full_run_every_permission_was_used_or_is_listed_with_its_reason() throws Exception {
        List<String> missing = notRun();
        Path report = home().resolve("infra/local/target/permissions.txt");
        Files.createDirectories(report.getParent());
        Files.writeString(report, PERMISSIONS.report());
        System.out.println(PERMISSIONS.report().lines().findFirst().orElseThrow() + " by " + CLOUD.decisions()
                + " decisions; all of them in " + home().relativize(report));
        assumeTrue(missing.isEmpty(), "only reported, since not all tests of the template ran: no " + missing);
        assertThat(PERMISSIONS.problems(exceptions(), true)).isEmpty();
    }

    /** The classes of this package that use the shared cloud and have not run. */
    private static List<String> notRun() throws IOException, ClassNotFoundException {
        Path folder = Path.of(PermissionsTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        List<String> missing = new ArrayList<>();
        try (Stream<Path> classes = Files.list(folder.resolve("health/carryover/local/loop"))) {
            for (Path file : classes.sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.endsWith(".class") || name.contains("$")) continue;
                Class<?> type = Class.forName("health.carryover.local.loop." + name.replace(".class", ""));
                if (LoopCloud.class.isAssignableFrom(type)
                        && !Modifier.isAbstract(type.getModifiers())
                        && !Noted.CLASSES.contains(type)) missing.add(type.getSimpleName());
            }
        }
        return missing;
    }
}
