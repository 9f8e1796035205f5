package dev.tidegate.console.web;

import dev.tidegate.console.store.StoreException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server. Every answer forbids scripts, styles and connections from elsewhere, framing and
 * guessing of types; pages with alerts are not kept by browsers. A console on a loopback address
 * answers only to loopback names, so that a web site cannot reach it under a name of its own.
 */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final long STREAM_END_MILLIS = 500;
  private static final int STREAMS = 200;
  private static final int THREADS = 24;
  private static final Set<String> LOOPBACK_NAMES =
      Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
          + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final String host;
  private final Javalin javalin;
  private final ExecutorService streams;
  private final Semaphore places;

  private WebServer(String host, Javalin javalin, ExecutorService streams, Semaphore places) {
    this.places = places;
    this.host = host;
    this.javalin = javalin;
    this.streams = streams;
  }

  /**
   * What is served beside the stream and the static files.
   *
   * @param alerts the queue and the alerts
   * @param control drift and models
   */
  public record Pages(ConsoleRoutes alerts, ControlRoutes control) {}

  /**
   * Starts a server; returns when it serves.
   *
   * @param port 0 takes any free one
   */
  public static WebServer start(
      String host, int port, Pages pages, AlertStream stream, StaticFiles files) {
    ExecutorService streams = Executors.newCachedThreadPool(WebServer::daemon);
    Semaphore places = new Semaphore(STREAMS);
    Javalin javalin =
        Javalin.create(
            config -> {
              configure(config);
              config.routes.before(request -> guard(request, isLoopback(host)));
              config.routes.exception(Exception.class, WebServer::fault);
              pages.alerts().addTo(config.routes);
              pages.control().addTo(config.routes);
              config.routes.get("/static/{name}", files::serve);
              config.routes.get("/api/stream", request -> listen(request, stream, streams, places));
            });
    try {
      javalin.start(host, port);
    } catch (RuntimeException e) {
      streams.shutdownNow();
      throw e;
    }
    return new WebServer(host, javalin, streams, places);
  }

  /** Address of the page. */
  public String url() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return "http://" + name + ":" + port() + "/";
  }

  /** Live streams that are open. */
  public int openStreams() {
    return STREAMS - places.availablePermits();
  }

  /** Port in use. */
  public int port() {
    return javalin.port();
  }

  /**
   * Stops serving: streams are given a moment to end, then they and the connections that browsers
   * keep open are cut. The server stops after its streams, never under them.
   */
  @Override
  public void close() {
    streams.shutdown();
    if (!ended()) {
      streams.shutdownNow();
      if (!ended()) {
        LOG.warn("live streams are still open after an interrupt; the server stops under them");
      }
    }
    javalin.stop();
  }

  private boolean ended() {
    try {
      return streams.awaitTermination(STREAM_END_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("console-http");
    threads.setDaemon(true);
    threads.setStopTimeout(200);
    config.jetty.threadPool = threads;
    config.jetty.modifyServer(server -> server.setStopTimeout(0));
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
  }

  /**
   * Answers what no other handler knows. Must not throw: Javalin hands a fault in here to this
   * method again, without end, and a response that the server has recycled throws at any touch.
   */
  private static void fault(Exception fault, Context request) {
    LOG.warn("a request failed", fault);
    try {
      request.status(500).contentType("text/plain").result("Internal server error\n");
    } catch (RuntimeException e) {
      LOG.debug("its response is over", e);
    }
  }

  private static void guard(Context request, boolean loopback) {
    request
        .header("Content-Security-Policy", CONTENT_POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cache-Control", "no-store");
    if (loopback && !LOOPBACK_NAMES.contains(request.req().getServerName())) {
      request
          .status(421)
          .contentType("text/plain")
          .result("This console answers to localhost only.\n")
          .skipRemainingHandlers();
    }
  }

  private static void listen(
      Context request, AlertStream stream, ExecutorService streams, Semaphore places) {
    if (streams.isShutdown() || !places.tryAcquire()) {
      request.status(503).header("Retry-After", "10").result("too many open streams\n");
      return;
    }
    String last = request.header("Last-Event-ID");
    OptionalLong after = ConsoleRoutes.number(last == null ? request.queryParam("after") : last);
    AlertStream.Wish wish =
        new AlertStream.Wish(
            ConsoleRoutes.filter(request), after, "rows".equals(request.queryParam("view")));
    request.res().setContentType("text/event-stream");
    request.res().setCharacterEncoding("UTF-8");
    request.header("X-Accel-Buffering", "no");
    request.future(
        () ->
            CompletableFuture.runAsync(() -> serve(request, stream, wish), streams)
                .whenComplete((done, fault) -> places.release()));
  }

  private static void serve(Context request, AlertStream stream, AlertStream.Wish wish) {
    try {
      stream.serve(wish, request.res().getOutputStream());
    } catch (IOException | IllegalStateException | StoreException e) {
      // The listener has left, its response is over or there is nothing to read: it comes again.
      LOG.debug("a live stream ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "console-stream");
    thread.setDaemon(true);
    return thread;
  }
}
