package dev.tidegate.app.alone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidegate.app.Refused;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Health and metrics by HTTP: {@code /health/live} and {@code /health/ready} answer 200 or 503,
 * {@code /metrics} what Prometheus reads. Says nothing else, and takes nothing.
 */
final class HealthServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final String TEXT = "text/plain; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService thread;

  private HealthServer(HttpServer server, ExecutorService thread) {
    this.server = server;
    this.thread = thread;
  }

  /**
   * Starts to answer.
   *
   * @param port 0 for any free one
   * @throws Refused if it cannot listen there
   */
  static HealthServer start(
      String host,
      int port,
      BooleanSupplier live,
      BooleanSupplier ready,
      Supplier<String> metrics) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
      ExecutorService thread =
          Executors.newSingleThreadExecutor(
              work -> {
                Thread made = new Thread(work, "health");
                made.setDaemon(true);
                return made;
              });
      server.setExecutor(thread);
      server.createContext("/health/live", exchange -> answer(exchange, live, "live"));
      server.createContext("/health/ready", exchange -> answer(exchange, ready, "ready"));
      server.createContext("/metrics", exchange -> answer(exchange, OK, metrics.get()));
      server.start();
      return new HealthServer(server, thread);
    } catch (IOException e) {
      throw new Refused(
          "cannot listen for health on " + host + " port " + port + ": " + e.getMessage());
    }
  }

  private static void answer(HttpExchange exchange, BooleanSupplier state, String word)
      throws IOException {
    boolean yes = state.getAsBoolean();
    answer(exchange, yes ? OK : UNAVAILABLE, (yes ? "" : "not ") + word + "\n");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", TEXT);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Port in use. */
  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }
}
