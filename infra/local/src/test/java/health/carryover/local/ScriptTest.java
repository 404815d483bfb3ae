package health.carryover.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code ./carryover} says and when it builds, with a Maven that only pretends. */
class ScriptTest {
    @TempDir
    private Path folder;

    @AutoClose
    private BareMachine machine;

    @BeforeEach
    void machine() throws IOException {
        machine = new BareMachine(folder);
        Path jdk = BareMachine.jdk(folder.resolve("jdk"), "25.0.3");
        BareMachine.executable(jdk.resolve("bin/java"), "for last; do :; done; echo \"java ran $last\"");
        machine.set("JAVA_HOME", jdk.toString());
        Files.createDirectories(machine.checkout.resolve("layers/clinical/src"));
        Files.writeString(machine.checkout.resolve("pom.xml"), "<project/>");
        Files.writeString(machine.checkout.resolve("layers/clinical/src/Angle.java"), "record Angle() {}");
        Files.writeString(machine.checkout.resolve("layers/clinical/src/Side.java"), "enum Side {}");
        maven("");
    }

    /** Maven 3.9.16 that builds, writes its arguments to {@code maven-ran}, then does what {@code more} says. */
    private void maven(String more) throws IOException {
        machine.tool("mvn", """
                if [ "$1" = -v ]; then echo Apache Maven 3.9.16; exit; fi
                echo "$*" >>maven-ran
                mkdir -p infra/bench/target
                printf '%%s' "$PWD/pom.xml" >infra/bench/target/classpath
                report() {
                    mkdir -p "$1/target/surefire-reports"
                    printf '<?xml version="1.0"?>\\n<testsuite name="T" time="%%s" tests="%%s" errors="%%s" skipped="%%s" failures="%%s">\\n' \\
                        "$3" "$4" "$5" "$6" "$7" >"$1/target/surefire-reports/TEST-$2.xml"
                }
                %s""".formatted(more));
    }

    private long mavenRuns() throws IOException {
        Path ran = machine.checkout.resolve("maven-ran");
        return Files.exists(ran) ? Files.readAllLines(ran).size() : 0;
    }

    @Test
    void the_last_line_of_a_test_run_counts_the_tests_below_the_slowest_modules() throws Exception {
        maven(
                "report layers/clinical A 1.5 10 0 1 0; report layers/clinical B 2 5 0 0 0; report infra/local C 1,003.25 7 0 0 0");
        BareMachine.Run run = machine.run("test");
        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(run.out()).endsWith("""
                Slowest modules (time in tests):
                  1003.2 s  infra/local
                     3.5 s  layers/clinical
                21 passed, 0 failed, 1 skipped
                """);
    }

    @Test
    void failures_and_errors_count_and_mavens_exit_status_is_kept() throws Exception {
        maven("report layers/clinical A 1 10 1 0 2; exit 3");
        BareMachine.Run run = machine.run("test");
        assertThat(run.lastLine()).isEqualTo("7 passed, 3 failed, 0 skipped");
        assertThat(run.status()).isEqualTo(3);
    }

    @Test
    void a_build_that_breaks_before_or_beside_the_tests_does_not_count_like_success() throws Exception {
        maven("exit 1");
        BareMachine.Run nothing = machine.run("test");
        assertThat(nothing.status()).isEqualTo(1);
        assertThat(nothing.lastLine()).startsWith("The build failed before any test ran");

        maven("report layers/clinical A 1 10 0 0 0; exit 1");
        BareMachine.Run some = machine.run("test");
        assertThat(some.status()).isEqualTo(1);
        assertThat(some.lastLine()).startsWith("The build failed, though not in a test (10 tests ran)");

        maven("");
        assertThat(machine.run("test").status()).isEqualTo(1);
    }

    @Test
    void reports_of_an_earlier_run_do_not_count() throws Exception {
        maven("report layers/clinical Old 1 10 1 0 2");
        machine.run("test");
        Thread.sleep(20); // the times of files are compared
        maven("report layers/clinical New 1 4 0 0 0");
        BareMachine.Run run = machine.run("test");
        assertThat(run.lastLine()).isEqualTo("4 passed, 0 failed, 0 skipped");
    }

    @Test
    void quick_leaves_out_the_slow_tests() throws Exception {
        machine.run("test", "--quick");
        assertThat(machine.checkout.resolve("maven-ran"))
                .hasContent("-B -ntp --fail-at-end package -DexcludedGroups=slow");
    }

    @Test
    void a_change_builds_again_and_no_change_does_not() throws Exception {
        Path sources = machine.checkout.resolve("layers/clinical/src");
        Path angle = sources.resolve("Angle.java");
        assertThat(machine.run("token", "therapist").out()).isEqualTo("java ran therapist\n");
        assertBuilds("nothing changed", 0, () -> {});
        assertBuilds("edited", 1, () -> Files.writeString(angle, "record Angle(double degrees) {}"));
        assertBuilds("edited, but as old as before", 1, () -> {
            var age = Files.getLastModifiedTime(angle);
            Files.writeString(angle, "record Angle(int i) {}");
            Files.setLastModifiedTime(angle, age);
        });
        assertBuilds("touched", 0, () -> Files.setLastModifiedTime(angle, FileTime.from(Instant.now())));
        assertBuilds("deleted", 1, () -> Files.delete(sources.resolve("Side.java")));
        assertBuilds("renamed", 1, () -> Files.move(angle, sources.resolve("Degrees.java")));
        assertBuilds("added", 1, () -> Files.writeString(sources.resolve("Knee.java"), ""));
        assertBuilds(
                "another pom", 1, () -> Files.writeString(machine.checkout.resolve("pom.xml"), "<project></project>"));
        Path classpath = machine.checkout.resolve("infra/bench/target/classpath");
        assertBuilds("a library is gone", 1, () -> Files.writeString(classpath, "/gone.jar"));
        assertBuilds("nothing changed", 0, () -> {});
    }

    private void assertBuilds(String situation, int expected, ThrowingRunnable change) throws Exception {
        long before = mavenRuns();
        change.run();
        machine.run("token", "therapist");
        assertThat(mavenRuns() - before).as(situation).isEqualTo(expected);
    }

    private interface ThrowingRunnable {
        void run() throws IOException;
    }

    @Test
    void a_build_shows_its_modules_and_a_broken_one_says_where() throws Exception {
        maven("echo '[INFO] Building clinical 0.1.0   [2/24]'; echo '[INFO] chatter'");
        assertThat(machine.run("build").errors())
                .contains("  [2/24] clinical\n")
                .doesNotContain("chatter");
        maven("echo '[ERROR] Angle.java:[3,1] ; expected'; exit 1");
        Files.writeString(machine.checkout.resolve("pom.xml"), "<project>");
        for (int attempt = 0; attempt < 2; attempt++) { // a broken build is not taken for a good one the next time
            BareMachine.Run run = machine.run("build");
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.errors()).contains("Angle.java:[3,1]").contains("the build failed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "analyze,   there is no command 'analyze'; did you mean analyse?",
        "xyz,       there is no command 'xyz'",
        "--quick,   there is no command '--quick'",
    })
    void an_unknown_command_gets_a_hint(String command, String expected) throws Exception {
        BareMachine.Run run = machine.run(command);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errors()).contains(expected).contains("./carryover --help");
        assertThat(mavenRuns()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "build", "format", "toolchain"})
    void the_scripts_own_commands_explain_themselves_without_a_build(String command) throws Exception {
        BareMachine.Run run = machine.run(command, "--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("Usage: ./carryover " + command);
        assertThat(machine.run("help", command)).isEqualTo(run);
        assertThat(machine.run(command, "--nonsense").status()).isEqualTo(2);
        assertThat(mavenRuns()).isZero();
    }

    @Test
    void every_command_of_the_command_line_is_listed_and_passed_on() throws Exception {
        String help = machine.run("--help").out();
        assertThat(machine.run()).isEqualTo(machine.run("help"));
        for (String command : new CommandLine(Carryover.class).getSubcommands().keySet()) {
            assertThat(help).contains("\n  " + command + " ");
            assertThat(machine.run(command, "--help").out()).isEqualTo("java ran --help\n");
            assertThat(machine.run("help", command).out()).isEqualTo("java ran --help\n");
        }
    }
}
