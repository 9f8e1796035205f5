package dev.tidegate.scoring.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tidegate.scoring.release.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store whose keys may read and not list: it answers 403 for what is not there. */
final class S3ReleasesTest {
  private static final S3Address AT = S3Address.parse("s3://models/one");
  private static final byte[] CARD = "a card".getBytes(StandardCharsets.UTF_8);
  private static final String SUM = Sha256.hex(CARD);
  private static final byte[] DENIED =
      "<Error><Code>AccessDenied</Code></Error>".getBytes(StandardCharsets.UTF_8);

  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private volatile int absent = 403;
  private HttpServer server;
  private S3Releases releases;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        request -> {
          byte[] found = objects.get(request.getRequestURI().getPath());
          byte[] bytes = found == null ? DENIED : found;
          request.sendResponseHeaders(found == null ? absent : 200, bytes.length);
          request.getResponseBody().write(bytes);
          request.close();
        });
    server.start();
    releases =
        new S3Releases(
            S3Access.of(
                Map.of(
                    "AWS_ENDPOINT_URL_S3",
                    "http://127.0.0.1:" + server.getAddress().getPort(),
                    "AWS_ACCESS_KEY_ID",
                    "key",
                    "AWS_SECRET_ACCESS_KEY",
                    "secret")),
            InstantSource.fixed(Instant.EPOCH));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldReadPlainNamesThoughTheOthersAreRefused() {
    objects.put("/models/one/card.html", CARD);
    assertThat(releases.read(AT, "card.html", SUM)).isEqualTo(CARD);
  }

  @Test
  void shouldNameBothWhereNeitherIsGiven() {
    String named = "s3://models/one/" + SUM + "-card.html cannot be read: the store answers 403";
    assertThatThrownBy(() -> releases.read(AT, "card.html", SUM))
        .isInstanceOf(StoreFailed.class)
        .hasMessageContaining(named + " AccessDenied")
        .hasMessageContaining("s3://models/one/card.html cannot be read: the store answers 403");

    objects.put("/models/one/card.html", DENIED);
    assertThatThrownBy(() -> releases.read(AT, "card.html", SUM))
        .as("the file may stand under the name that is refused")
        .isInstanceOf(StoreFailed.class)
        .hasMessageContaining(named)
        .hasMessageContaining("s3://models/one/card.html has another SHA-256");
  }

  @Test
  void shouldSayThatThereIsNoneWhereTheStoreSaysSo() {
    absent = 404;
    assertThat(releases.read(AT, "card.html", SUM)).isNull();
    objects.put("/models/one/" + SUM + "-card.html", CARD);
    assertThat(releases.read(AT, "card.html", SUM)).isEqualTo(CARD);
  }
}
