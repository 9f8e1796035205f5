package dev.tidegate.console.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.console.page.AlertPanel;
import dev.tidegate.console.page.ClusterPage;
import dev.tidegate.console.page.Layout;
import dev.tidegate.console.page.LinkedSection;
import dev.tidegate.console.page.Markup;
import dev.tidegate.console.page.PathSection;
import dev.tidegate.console.page.QueuePage;
import dev.tidegate.console.page.ReasonLanguage;
import dev.tidegate.console.page.Section;
import dev.tidegate.console.page.WhySection;
import dev.tidegate.console.status.Standing;
import dev.tidegate.console.status.StandingBoard;
import dev.tidegate.console.store.AlertFilter;
import dev.tidegate.console.store.AlertJson;
import dev.tidegate.console.store.AlertPage;
import dev.tidegate.console.store.AlertQueries;
import dev.tidegate.console.store.Evidence;
import dev.tidegate.console.store.LinkedEntity;
import dev.tidegate.console.store.StoreException;
import dev.tidegate.console.store.StoredAlert;
import dev.tidegate.console.store.StoredCluster;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands at which address, apart from the stream and the static files. */
public final class ConsoleRoutes {
  private static final int PAGE = 60;
  private static final int MOST = 200;
  private static final int RELATED = 8;
  private static final int LINKED = 40;
  private static final int CLUSTERED = 200;
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final AlertQueries queries;
  private final Evidence evidence;
  private final StandingBoard board;
  private final Layout layout;
  private final InstantSource clock;
  private final Supplier<String> metrics;

  /**
   * Routes over a database.
   *
   * @param metrics the process's metrics in Prometheus' text format
   */
  public ConsoleRoutes(
      AlertQueries queries,
      Evidence evidence,
      StandingBoard board,
      Layout layout,
      InstantSource clock,
      Supplier<String> metrics) {
    this.metrics = metrics;
    this.queries = queries;
    this.evidence = evidence;
    this.board = board;
    this.layout = layout;
    this.clock = clock;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/", this::queue);
    routes.get("/alerts/{id}", this::alert);
    routes.get("/clusters/{id}", this::cluster);
    routes.get("/api/alerts", this::alertsJson);
    routes.get("/api/alerts/{id}", this::alertJson);
    routes.get("/healthz", request -> request.contentType("text/plain").result("ok\n"));
    routes.get("/readyz", this::ready);
    routes.get("/metrics", request -> request.contentType(METRICS_TYPE).result(metrics.get()));
    routes.exception(StoreException.class, (fault, request) -> databaseDown(request));
    routes.error(404, this::notFound);
  }

  /** The filter that a request's query asks for. */
  static AlertFilter filter(Context request) {
    return AlertFilter.parse(request.queryParam("q"), request.queryParam("outcome"));
  }

  /** A whole number from 0 up; empty if the text is none. */
  static OptionalLong number(@Nullable String text) {
    boolean digits = text != null && text.matches("\\d{1,18}");
    return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  private void queue(Context request) {
    AlertFilter filter = filter(request);
    OptionalLong before = number(request.queryParam("before"));
    long newest = queries.newest();
    AlertPage alerts =
        queries.page(filter, before.isPresent() ? before.getAsLong() : newest + 1, PAGE);
    QueuePage page =
        new QueuePage(filter, alerts, newest, before.isEmpty(), board.get(), clock.instant());
    html(request, page.render(layout));
  }

  private void alert(Context request) {
    Optional<StoredAlert> found = queries.byId(request.pathParam("id"));
    if (found.isEmpty()) {
      request.status(404);
      return;
    }
    StoredAlert alert = found.get();
    Section why = why(request, alert);
    String view = request.queryParam("view");
    if ("why".equals(view)) {
      html(request, why.render());
      return;
    }
    AlertPanel panel =
        new AlertPanel(
            alert,
            why,
            queries.sameAccount(alert, RELATED),
            queries.sameCounterparty(alert, RELATED),
            linked(request, alert.alert()),
            clock.instant());
    html(request, "panel".equals(view) ? panel.render() : panel.page(layout, board.get()));
  }

  private LinkedSection linked(Context request, Alert alert) {
    Set<String> members = new LinkedHashSet<>();
    Transaction payment = alert.getTransaction();
    Stream.of(payment.getPayerAccount(), payment.getPayeeAccount(), payment.getCustomerId())
        .filter(Objects::nonNull)
        .forEach(members::add);
    if (alert.getLane() == Lane.AML) {
      evidence
          .patterns()
          .of(alert.getAlertId())
          .ifPresent(
              episode ->
                  episode.getEvidenceAccounts().stream()
                      .limit(LINKED)
                      .forEach(account -> members.add(account.getAccount())));
    }
    List<LinkedEntity> found = evidence.clusters().linked(members, LINKED + 1);
    boolean more = found.size() > LINKED;
    return new LinkedSection(
        members, more ? found.subList(0, LINKED) : found, more, language(request));
  }

  private void cluster(Context request) {
    Optional<StoredCluster> found = evidence.clusters().cluster(request.pathParam("id"), CLUSTERED);
    if (found.isEmpty()) {
      request.status(404);
      return;
    }
    html(request, new ClusterPage(found.get(), language(request)).render(layout, board.get()));
  }

  private static ReasonLanguage language(Context request) {
    return ReasonLanguage.preferred(request.header("Accept-Language"));
  }

  private Section why(Context request, StoredAlert stored) {
    Alert alert = stored.alert();
    ReasonLanguage language = language(request);
    Optional<PatternAlert> pattern =
        alert.getLane() == Lane.AML ? evidence.patterns().of(alert.getAlertId()) : Optional.empty();
    if (pattern.isPresent()) {
      return new PathSection(pattern.get(), language, clock.instant());
    }
    return new WhySection(
        alert, evidence.reasons().of(alert.getAlertId()).orElse(null), language, clock.instant());
  }

  private void alertsJson(Context request) {
    String before = request.queryParam("before");
    String limit = request.queryParam("limit");
    OptionalLong cursor = number(before);
    OptionalLong wanted = limit == null ? OptionalLong.of(PAGE) : number(limit);
    if (before != null && cursor.isEmpty()) {
      json(request.status(400), error("before is a seq, a whole number"));
    } else if (wanted.isEmpty() || wanted.getAsLong() < 1 || wanted.getAsLong() > MOST) {
      json(request.status(400), error("limit is a whole number from 1 to " + MOST));
    } else {
      Long from = before == null ? null : Long.valueOf(cursor.getAsLong());
      AlertPage page = queries.page(filter(request), from, (int) wanted.getAsLong());
      ObjectNode answer = NODES.objectNode();
      ArrayNode alerts = answer.putArray("alerts");
      page.alerts().forEach(alert -> alerts.add(AlertJson.summary(alert)));
      page.older().ifPresent(seq -> answer.put("before", seq));
      json(request, answer);
    }
  }

  private void alertJson(Context request) {
    Optional<StoredAlert> found = queries.byId(request.pathParam("id"));
    if (found.isPresent()) {
      StoredAlert alert = found.get();
      String id = alert.alert().getAlertId();
      json(
          request,
          AlertJson.whole(
              alert,
              evidence.reasons().of(id).orElse(null),
              evidence.patterns().of(id).orElse(null)));
    } else {
      request.status(404);
    }
  }

  private void ready(Context request) {
    boolean database = databaseAnswers();
    String intake = board.intake().phase().name().toLowerCase(Locale.ROOT);
    boolean ready = database && board.intake().running();
    ObjectNode answer = NODES.objectNode();
    answer.put("ready", ready).put("database", database).put("intake", intake);
    json(request.status(ready ? 200 : 503), answer);
  }

  private boolean databaseAnswers() {
    try {
      return queries.newest() >= 0;
    } catch (StoreException e) {
      return false;
    }
  }

  private void notFound(Context request) {
    if (isApi(request)) {
      json(request, error("there is nothing at this address"));
    } else if (!request.path().startsWith("/static/")) {
      Standing standing = board.get();
      String text = "There is no alert, cluster or page at this address.";
      html(request, layout.message("Not found", text, standing));
    }
  }

  private static void databaseDown(Context request) {
    request.status(503).header("Retry-After", "2");
    if (isApi(request)) {
      json(request, error("the database does not answer"));
    } else {
      request.contentType("text/plain").result("The console's database does not answer.\n");
    }
  }

  private static boolean isApi(Context request) {
    return request.path().startsWith("/api/");
  }

  private static ObjectNode error(String text) {
    return NODES.objectNode().put("error", text);
  }

  private static void html(Context request, Markup page) {
    request.contentType("text/html; charset=utf-8").result(page.html());
  }

  private static void json(Context request, ObjectNode answer) {
    request.contentType("application/json").result(answer.toString());
  }
}
