package dev.tidegate.scoring.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attempts, pauses and what is told, at a store that answers as it is told to. */
class S3ObjectsTest {
  private static final S3Address AT = S3Address.parse("s3://models/one");

  private final Deque<Integer> answers = new ConcurrentLinkedDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private HttpServer server;
  private volatile String body = "content";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        request -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          request.sendResponseHeaders(answers.remove(), bytes.length);
          request.getResponseBody().write(bytes);
          request.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private S3Objects objects() {
    return new S3Objects(
        S3Access.of(
            Map.of(
                "AWS_ENDPOINT_URL_S3",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "AWS_ACCESS_KEY_ID",
                "key",
                "AWS_SECRET_ACCESS_KEY",
                "secret",
                "AWS_SESSION_TOKEN",
                "token-1")),
        InstantSource.fixed(Instant.EPOCH),
        pauses::add);
  }

  @Test
  void shouldAskAgainAfterPausesThatGrow() {
    answers.addAll(List.of(503, 429, 500, 200));
    assertThat(objects().get(AT)).asString(StandardCharsets.UTF_8).isEqualTo("content");
    assertThat(pauses)
        .containsExactly(Duration.ofMillis(300), Duration.ofMillis(600), Duration.ofMillis(1_200));
  }

  /** Two writers at once: that is no refusal yet. */
  @Test
  void shouldAskAgainWhereTwoWroteAtOnce() {
    answers.addAll(List.of(409, 412));
    assertThat(objects().putNew(AT, new byte[0])).isFalse();
    assertThat(pauses).hasSize(1);
  }

  @Test
  void shouldGiveUpInTheEndAndNeverPauseForARefusal() {
    answers.addAll(List.of(500, 500, 500, 503));
    assertThatThrownBy(() -> objects().get(AT))
        .isInstanceOf(StoreFailed.class)
        .hasMessageEndingWith("the store answers 503");
    assertThat(pauses).hasSize(3);

    pauses.clear();
    answers.add(403);
    assertThatThrownBy(() -> objects().get(AT)).isInstanceOf(StoreFailed.class);
    assertThat(pauses).isEmpty();
  }

  /** A store may repeat the request's token, and what it would have signed. */
  @Test
  void shouldTellTheCodeAlone() {
    body =
        "<Error><Code>ExpiredToken</Code><Message>The token token-1 has expired</Message>"
            + "<Token-0>token-1</Token-0><StringToSign>AWS4</StringToSign></Error>";
    answers.add(400);
    assertThatThrownBy(() -> objects().put(AT, new byte[0]))
        .hasMessage("s3://models/one cannot be written: the store answers 400 ExpiredToken");

    body = "token-1";
    answers.add(400);
    assertThatThrownBy(() -> objects().put(AT, new byte[0])).hasMessageEndingWith("answers 400");
  }

  /** As the JDK's client sends it: RFC 9110, 4.2.3, a default port is the same as none. */
  @ParameterizedTest
  @CsvSource({
    "https://store.example.com, store.example.com",
    "https://store.example.com:443, store.example.com",
    "http://store.example.com:80, store.example.com",
    "http://store.example.com:443, store.example.com:443",
    "https://store.example.com:9000, store.example.com:9000"
  })
  void shouldSignTheHostThatIsSent(URI endpoint, String host) {
    assertThat(S3Objects.host(endpoint)).isEqualTo(host);
  }
}
