package health.carryover.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./carryover} on a machine without JDK and Maven; a file server on loopback stands for Adoptium and Apache. */
class BootstrapTest {
    private static final String JDK = "/OpenJDK25U-jdk_x64_linux_hotspot_25.0.3_9.tar.gz";
    private static final String MAVEN = "/apache-maven-3.9.16-bin.tar.gz";
    private static final String ASSETS = "/v3/assets/latest/25/hotspot";

    /** As Adoptium answers, with an installer beside the package as it has on macOS. */
    private static final String ADOPTIUM = """
            [
              {
                "binary": {
                  "architecture": "x64",
                  "image_type": "jdk",
                  "installer": {
                    "checksum": "0000000000000000000000000000000000000000000000000000000000000000",
                    "checksum_link": "%1$s/installer.pkg.sha256.txt",
                    "link": "%1$s/installer.pkg",
                    "name": "installer.pkg"
                  },
                  "os": "linux",
                  "package": {
                    "checksum": "%3$s",
                    "checksum_link": "%1$s%2$s.sha256.txt",
                    "download_count": 732014,
                    "link": "%1$s%2$s",
                    "metadata_link": "%1$s%2$s.json",
                    "name": "OpenJDK25U-jdk_x64_linux_hotspot_25.0.3_9.tar.gz",
                    "size": 207486543
                  },
                  "project": "jdk"
                },
                "release_name": "jdk-25.0.3+9",
                "vendor": "eclipse"
              }
            ]
            """;

    @TempDir
    private Path folder;

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @AutoClose
    private BareMachine machine;

    @BeforeEach
    void machine_and_file_server() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        byte[] jdk = archive(BareMachine.jdk(folder.resolve("server/jdk-25.0.3+9"), "25.0.3"));
        files.put(JDK, jdk);
        files.put(JDK + ".sha256.txt", (digest("SHA-256", jdk) + "  " + JDK.substring(1) + "\n").getBytes());
        files.put(
                ASSETS,
                ADOPTIUM.formatted(address(), JDK, digest("SHA-256", jdk)).getBytes());
        Path maven = folder.resolve("server/apache-maven-3.9.16");
        BareMachine.executable(maven.resolve("bin/mvn"), "echo Apache Maven 3.9.16");
        files.put(MAVEN, archive(maven));
        files.put(MAVEN + ".sha512", digest("SHA-512", files.get(MAVEN)).getBytes());

        machine = new BareMachine(folder);
        machine.set("CARRYOVER_ADOPTIUM_URL", address());
        machine.set("CARRYOVER_MAVEN_URL", address() + MAVEN);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestURI().toString());
        byte[] file = files.get(exchange.getRequestURI().getPath());
        if (file == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
        }
        exchange.close();
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static byte[] archive(Path content) throws IOException, InterruptedException {
        Path file = Files.createTempFile(content.getParent(), "archive", ".tar.gz");
        Process tar = new ProcessBuilder(
                        "tar",
                        "-czf",
                        file.toString(),
                        "-C",
                        content.getParent().toString(),
                        content.getFileName().toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        return Files.readAllBytes(file);
    }

    private static String digest(String algorithm, byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    }

    private List<String> cached() throws IOException {
        if (!Files.exists(machine.cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(machine.cache)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String bothInTheCache() {
        return "JAVA_HOME=%1$s/jdk-25%nMAVEN=%1$s/maven/apache-maven-3.9.16/bin/mvn%n".formatted(machine.cache);
    }

    @ParameterizedTest
    @CsvSource({"curl, sha256sum", "wget, shasum"})
    void what_is_missing_is_downloaded_once_and_used(String fetcher, String digester) throws Exception {
        assumeTrue(machine.has(fetcher) && machine.has(digester));
        for (String other : List.of("curl", "wget", "sha256sum", "sha512sum", "shasum")) {
            if (!other.equals(fetcher) && !other.equals(digester) && !other.equals("sha512sum")) {
                machine.without(other);
            }
        }
        BareMachine.Run first = machine.run("toolchain");
        assertThat(first.out()).as(first.errors()).isEqualTo(bothInTheCache());
        assertThat(first.status()).isZero();
        assertThat(cached()).containsExactly("jdk-25", "maven");
        assertThat(requests)
                .containsExactly(
                        ASSETS + "?vendor=eclipse&image_type=jdk&os=linux&architecture=x64",
                        JDK,
                        MAVEN + ".sha512",
                        MAVEN);

        requests.clear();
        assertThat(machine.run("toolchain")).isEqualTo(new BareMachine.Run(0, bothInTheCache(), ""));
        assertThat(requests).isEmpty();
    }

    @Test
    void a_jdk_from_another_address_is_checked_against_the_checksum_beside_it() throws Exception {
        machine.set("CARRYOVER_JDK_URL", address() + JDK);
        assertThat(machine.run("toolchain").out()).isEqualTo(bothInTheCache());
        assertThat(requests).startsWith(JDK + ".sha256.txt", JDK).doesNotContain(ASSETS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000000000000000000000000000000000000000000000000000000000", "nonsense"})
    void a_jdk_with_another_checksum_is_refused_and_nothing_stays(String checksum) throws Exception {
        machine.set("CARRYOVER_JDK_SHA256", checksum);
        BareMachine.Run run = machine.run("toolchain");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errors())
                .contains("refused " + address() + JDK)
                .contains("promised    " + checksum)
                .contains("CARRYOVER_JDK_URL");
        assertThat(cached()).isEmpty();
    }

    @Test
    void a_maven_with_another_checksum_is_refused_and_the_jdk_stays() throws Exception {
        files.put(MAVEN + ".sha512", "f".repeat(128).getBytes());
        BareMachine.Run run = machine.run("toolchain");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("refused " + address() + MAVEN).contains("install Maven 3.9.16");
        assertThat(cached()).containsExactly("jdk-25");
    }

    @Test
    void without_a_published_checksum_nothing_is_downloaded() throws Exception {
        files.remove(MAVEN + ".sha512");
        BareMachine.Run run = machine.run("toolchain");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("there is no checksum for " + address() + MAVEN);
        assertThat(requests).doesNotContain(MAVEN);
    }

    @Test
    void a_download_that_breaks_off_leaves_nothing() throws Exception {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().equals(JDK)) {
                exchange.sendResponseHeaders(200, 1_000_000);
                exchange.getResponseBody().write(files.get(JDK));
                exchange.getResponseBody().flush();
                throw new IOException("the line went dead");
            }
            serve(exchange);
        });
        BareMachine.Run run = machine.run("toolchain");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("could not download " + address() + JDK);
        assertThat(cached()).isEmpty();
    }

    @Test
    void an_archive_without_a_jdk_25_is_not_kept() throws Exception {
        byte[] older = archive(BareMachine.jdk(folder.resolve("server/jdk-21"), "21.0.9"));
        files.put(JDK, older);
        machine.set("CARRYOVER_JDK_SHA256", digest("SHA-256", older));
        BareMachine.Run run = machine.run("toolchain");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("no JDK 25 that runs on this machine in " + address() + JDK);
        assertThat(cached()).isEmpty();
    }

    @Test
    void two_runs_at_once_do_not_clash() throws Exception {
        List<BareMachine.Started> runs = List.of(
                machine.start(machine.checkout.resolve("carryover"), "toolchain"),
                machine.start(machine.checkout.resolve("carryover"), "toolchain"));
        for (BareMachine.Started run : runs) {
            BareMachine.Run ended = run.end();
            assertThat(ended.out()).as(ended.errors()).isEqualTo(bothInTheCache());
        }
        assertThat(cached()).containsExactly("jdk-25", "maven");
        assertThat(machine.cache.resolve("jdk-25")).isDirectoryNotContaining("glob:**/jdk-25*");
    }

    @Test
    void with_the_servers_down_it_says_what_to_install_and_what_to_set() throws Exception {
        server.stop(0);
        machine.set("JAVA_HOME", "/opt/old");
        BareMachine.Run run = machine.run("build");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errors())
                .contains("could not download " + address() + ASSETS)
                .contains("install Temurin 25 (https://adoptium.net/temurin/releases/?version=25)")
                .contains("CARRYOVER_JDK_URL", "CARRYOVER_JDK_SHA256", "JAVA_HOME is /opt/old");
        assertThat(cached()).isEmpty();

        machine.set("JAVA_HOME", BareMachine.jdk(folder.resolve("jdk"), "25").toString());
        assertThat(machine.run("build").errors())
                .contains("install Maven 3.9.16 (https://maven.apache.org/download.cgi)")
                .contains("CARRYOVER_MAVEN_URL", "CARRYOVER_MAVEN_SHA512");
    }

    @Test
    void offline_means_that_nothing_is_asked_for() throws Exception {
        machine.set("CARRYOVER_OFFLINE", "1");
        BareMachine.Run run = machine.run("toolchain");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("CARRYOVER_OFFLINE is set").contains("install Temurin 25");
        assertThat(requests).isEmpty();
    }

    @Test
    void a_system_for_which_there_is_no_jdk_or_tensorflow_is_named() throws Exception {
        machine.tool("ldd", "echo 'musl libc (x86_64)' >&2; exit 1");
        assertThat(machine.run("toolchain").errors()).contains("this Linux is built on musl");
        machine.tool("uname", "case $1 in -s) echo Linux ;; -m) echo riscv64 ;; esac");
        assertThat(machine.run("toolchain").errors()).contains("not on riscv64");
        machine.tool("uname", "echo FreeBSD");
        assertThat(machine.run("toolchain").errors()).contains("not on FreeBSD");
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_HOME", "PATH", "usual folder", "usual folder of macOS"})
    void a_jdk_25_of_the_machine_is_used(String place) throws Exception {
        machine.tool("mvn", "echo Apache Maven 3.9.16");
        Path jvms = folder.resolve("j v m");
        BareMachine.jdk(jvms.resolve("a"), "24.0.2");
        Path jdk = BareMachine.jdk(jvms.resolve(place.endsWith("macOS") ? "b/Contents/Home" : "b"), "25.0.1");
        switch (place) {
            case "JAVA_HOME" -> machine.set("JAVA_HOME", jdk.toString());
            case "PATH" -> machine.link("javac", jdk.resolve("bin/javac"));
            default -> machine.set("CARRYOVER_JVM_FOLDERS", "/nowhere:" + jvms);
        }
        assertThat(machine.run("toolchain").out()).startsWith("JAVA_HOME=" + jdk + "\n");
        assertThat(requests).isEmpty();
    }

    @Test
    void a_maven_that_is_new_enough_is_used_and_an_older_one_is_not() throws Exception {
        machine.tool("mvn", "[ \"$1\" = -v ] && echo Apache Maven 3.9.6");
        assertThat(machine.run("toolchain").out()).endsWith("/bin/mvn\n").doesNotContain("apache-maven-3.9.16");
        for (String version : List.of("3.8.7", "3.9.5", "4.0.0-rc-5")) {
            machine.tool("mvn", "[ \"$1\" = -v ] && echo Apache Maven " + version);
            assertThat(machine.run("toolchain").out()).isEqualTo(bothInTheCache());
        }
    }

    @Test
    void it_can_be_called_through_a_link_from_another_folder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a b/checkout/carryover"));
        BareMachine.Run run = machine.start(link, "toolchain").end();
        assertThat(run.out()).as(run.errors()).isEqualTo(bothInTheCache());
    }
}
