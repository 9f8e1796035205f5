package dev.tidegate.console;

import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.console.drift.DriftBook;
import dev.tidegate.console.intake.AlertIntake;
import dev.tidegate.console.intake.ClusterIntake;
import dev.tidegate.console.intake.ControlIntake;
import dev.tidegate.console.intake.IntakeState;
import dev.tidegate.console.models.ReleaseBook;
import dev.tidegate.console.models.ReleaseDesk;
import dev.tidegate.console.page.Layout;
import dev.tidegate.console.status.PlatformStatus;
import dev.tidegate.console.status.StandingBoard;
import dev.tidegate.console.store.AlertDatabase;
import dev.tidegate.console.store.AlertQueries;
import dev.tidegate.console.store.AlertStore;
import dev.tidegate.console.store.ClusterStore;
import dev.tidegate.console.store.Evidence;
import dev.tidegate.console.web.AlertStream;
import dev.tidegate.console.web.ConsoleRoutes;
import dev.tidegate.console.web.ControlRoutes;
import dev.tidegate.console.web.StaticFiles;
import dev.tidegate.console.web.WebServer;
import dev.tidegate.schemas.metric.Metric.Tag;
import dev.tidegate.schemas.metric.StageMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A running console: the page, the stream and the intake. Serves what the database holds from the
 * start; the intake connects to Kafka by itself as soon as it can.
 */
public final class Console implements AutoCloseable {
  private final HikariDataSource database;
  private final AlertStream stream;
  private final Intakes intakes;
  private final WebServer server;

  private Console(
      HikariDataSource database, AlertStream stream, Intakes intakes, WebServer server) {
    this.database = database;
    this.stream = stream;
    this.intakes = intakes;
    this.server = server;
  }

  /** What reads the log. */
  private record Intakes(AlertIntake alerts, ClusterIntake clusters, ControlIntake control) {
    /** Ends all of them side by side: each may need half a second to leave the log. */
    void close() {
      alerts.end();
      clusters.end();
      control.end();
      alerts.close();
      clusters.close();
      control.close();
    }
  }

  /** Starts a console that shows alerts alone. */
  public static Console start(ConsoleSettings settings) {
    return start(settings, null);
  }

  /**
   * Starts a console; returns when it serves.
   *
   * @param platform what the platform does, asked about twice a second while somebody looks; null
   *     if there is nothing to show. Must be quick and thread safe
   * @throws CannotListenException if it cannot listen where it should
   * @throws dev.tidegate.console.store.StoreException if the database does not answer or is newer
   *     than this console
   */
  public static Console start(
      ConsoleSettings settings, @Nullable Supplier<PlatformStatus> platform) {
    return start(settings, platform, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  /**
   * Starts a console that shows, at {@code /metrics}, a registry's meters and its own among them.
   *
   * @see #start(ConsoleSettings, Supplier)
   */
  public static Console start(
      ConsoleSettings settings,
      @Nullable Supplier<PlatformStatus> platform,
      PrometheusMeterRegistry metrics) {
    return startWith(settings, new Around(platform, null, metrics));
  }

  /**
   * What is around a console.
   *
   * @param platform what the platform does; null if there is nothing to show
   * @param desk knows the rules by which releases live; null if nobody does: then no role is shown
   *     and nobody can act
   * @param metrics shown at {@code /metrics}
   */
  public record Around(
      @Nullable Supplier<PlatformStatus> platform,
      @Nullable ReleaseDesk desk,
      PrometheusMeterRegistry metrics) {}

  /**
   * Starts a console with all that is around it.
   *
   * @see #start(ConsoleSettings, Supplier)
   */
  public static Console startWith(ConsoleSettings settings, Around around) {
    requireFreePort(settings.host(), settings.port());
    HikariDataSource database =
        AlertDatabase.open(settings.jdbcUrl(), settings.user(), settings.password());
    AlertQueries queries = new AlertQueries(database);
    Evidence evidence = Evidence.in(database);
    AlertIntake intake =
        new AlertIntake(
            settings.bootstrapServers(), settings.registry(), new AlertStore(database), evidence);
    ClusterIntake clusters =
        new ClusterIntake(
            settings.bootstrapServers(), settings.registry(), new ClusterStore(database));
    StandingBoard board =
        new StandingBoard(queries, intake::state, around.platform(), settings.clock());
    AlertStream stream = new AlertStream(queries, evidence, board, settings.clock());
    StaticFiles files = StaticFiles.load();
    Layout layout = new Layout(files.addresses());
    ControlRoutes.Books books = books(settings);
    WebServer.Pages pages =
        new WebServer.Pages(
            new ConsoleRoutes(
                queries, evidence, board, layout, settings.clock(), around.metrics()::scrape),
            new ControlRoutes(
                books, around.desk(), settings.host(), board, layout, settings.clock()));
    try {
      WebServer server = WebServer.start(settings.host(), settings.port(), pages, stream, files);
      intake.start(
          () -> {
            board.refresh();
            stream.signal();
          },
          stream::signal);
      books.intake().start();
      clusters.start();
      Intakes intakes = new Intakes(intake, clusters, books.intake());
      Console console = new Console(database, stream, intakes, server);
      console.bindTo(around.metrics());
      return console;
    } catch (RuntimeException e) {
      stream.close();
      database.close();
      throw listenFault(settings.host(), settings.port(), e);
    }
  }

  private static ControlRoutes.Books books(ConsoleSettings settings) {
    ReleaseBook releases = new ReleaseBook();
    DriftBook readings = new DriftBook();
    return new ControlRoutes.Books(
        releases,
        readings,
        new ControlIntake(
            settings.bootstrapServers(),
            settings.registry(),
            releases,
            readings,
            settings.clock()));
  }

  private void bindTo(MeterRegistry registry) {
    StageMeters<Console> meters = new StageMeters<>(registry, this);
    meters.counter(ConsoleMetric.ALERTS, console -> console.intakes.alerts.alerts());
    meters.counter(ConsoleMetric.REASONS, console -> console.intakes.alerts.reasons());
    meters.counter(ConsoleMetric.PATTERNS, console -> console.intakes.alerts.patterns());
    meters.counter(ConsoleMetric.CLUSTERS, console -> console.intakes.clusters.changes());
    meters.counter(ConsoleMetric.CONTROL, console -> console.intakes.control.events());
    meters.counter(
        ConsoleMetric.UNREADABLE,
        console ->
            console.intakes.alerts.unreadable()
                + console.intakes.clusters.unreadable()
                + console.intakes.control.unreadable());
    meters.gauge(ConsoleMetric.STREAMS, console -> console.server.openStreams());
    for (IntakeState.Phase phase : IntakeState.Phase.values()) {
      meters.gauge(
          ConsoleMetric.INTAKE,
          console -> console.intake().phase() == phase ? 1 : 0,
          Tag.text(phase));
      meters.gauge(
          ConsoleMetric.REASONS_INTAKE,
          console -> console.intakes.alerts.reasonsState().phase() == phase ? 1 : 0,
          Tag.text(phase));
      meters.gauge(
          ConsoleMetric.PATTERNS_INTAKE,
          console -> console.intakes.alerts.patternsState().phase() == phase ? 1 : 0,
          Tag.text(phase));
      meters.gauge(
          ConsoleMetric.CLUSTERS_INTAKE,
          console -> console.intakes.clusters.state().phase() == phase ? 1 : 0,
          Tag.text(phase));
      meters.gauge(
          ConsoleMetric.CONTROL_INTAKE,
          console -> console.intakes.control.state().phase() == phase ? 1 : 0,
          Tag.text(phase));
    }
  }

  /**
   * Makes sure that nobody listens on a port yet; for callers that want to say so before they start
   * anything else.
   *
   * @throws CannotListenException with one line for people, if somebody does, or the address is not
   *     one of this machine, or the port is not allowed
   */
  public static void requireFreePort(String host, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (UnknownHostException e) {
      throw new CannotListenException("the console cannot listen: no address for host " + host, e);
    } catch (IOException e) {
      throw cannotListen(host, port, e);
    }
  }

  /** Address of the page. */
  public String url() {
    return server.url();
  }

  /** Port in use, also where any free one was asked for. */
  public int port() {
    return server.port();
  }

  /** What the intake of alerts does at the moment. */
  public IntakeState intake() {
    return intakes.alerts.state();
  }

  /** Stops serving and reading, within two seconds, also while pages are open. */
  @Override
  public void close() {
    stream.close();
    intakes.close();
    server.close();
    database.close();
  }

  private static RuntimeException listenFault(String host, int port, RuntimeException fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException bind) {
        return cannotListen(host, port, bind);
      }
    }
    return fault;
  }

  private static CannotListenException cannotListen(String host, int port, IOException cause) {
    boolean used = String.valueOf(cause.getMessage()).contains("in use");
    String why = used ? "the port is in use" : cause.getMessage();
    return new CannotListenException(
        "the console cannot listen on " + host + " port " + port + ": " + why, cause);
  }
}
