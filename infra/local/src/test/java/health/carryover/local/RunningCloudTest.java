package health.carryover.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RunningCloudTest {
    @Test
    void where_nothing_runs_the_refusal_says_how_to_start_it() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        RunningCloud cloud = new RunningCloud(URI.create("http://127.0.0.1:" + port));
        assertThatThrownBy(() -> cloud.get("clock"))
                .isInstanceOf(RunningCloud.Refusal.class)
                .hasMessageContaining("no local cloud runs at http://127.0.0.1:" + port)
                .hasMessageContaining("./carryover run");
    }

    @Test
    void an_answer_is_read_and_an_error_is_told_in_the_clouds_own_words() throws Exception {
        try (Answering server = new Answering()) {
            server.next(200, "{\"now\":\"2026-03-06T15:00:00Z\"}");
            assertThat(server.cloud().get("clock").path("now").asText()).isEqualTo("2026-03-06T15:00:00Z");
            server.next(404, "{\"__type\":\"UnknownPersona\",\"message\":\"there is no persona 'x'\"}");
            assertThatThrownBy(() -> server.cloud().get("token")).hasMessage("there is no persona 'x'");
            server.next(200, "<html>");
            assertThatThrownBy(() -> server.cloud().get("clock")).hasMessageContaining("is not the local cloud");
        }
    }

    /** A server that says what it is told to say. */
    private static final class Answering implements AutoCloseable {
        private final HttpServer server;
        private int status;
        private byte[] body = {};

        Answering() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/_carryover/", exchange -> {
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        void next(int nextStatus, String nextBody) {
            status = nextStatus;
            body = nextBody.getBytes(StandardCharsets.UTF_8);
        }

        RunningCloud cloud() {
            return new RunningCloud(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
