package dev.tidegate.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.console.SampleControl;
import dev.tidegate.console.SampleDesk;
import dev.tidegate.console.drift.DriftBook;
import dev.tidegate.console.intake.ControlIntake;
import dev.tidegate.console.intake.IntakeState;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.models.ActUnknown;
import dev.tidegate.console.models.ReleaseAct;
import dev.tidegate.console.models.ReleaseBook;
import dev.tidegate.console.models.ReleaseDesk;
import dev.tidegate.console.models.ReleaseView;
import dev.tidegate.console.page.Layout;
import dev.tidegate.console.status.Standing;
import dev.tidegate.console.store.AlertCounts;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.schemas.time.WallClock;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may act on releases, over HTTP. */
class ControlRoutesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String CANDIDATE = "payments-sim-0006";
  private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]+)\"");

  private final SampleControl samples = new SampleControl(NOW.toEpochMilli());
  private final List<AuditEvent> audits = new ArrayList<>();
  private final SampleDesk desk = new SampleDesk(samples, audits::add);
  private final ReleaseBook releases = new ReleaseBook();
  private final HttpClient client = HttpClient.newHttpClient();
  private Javalin server;

  private void serve(String host, ReleaseDesk rules) {
    releases
        .steps()
        .accept(
            LogBatch.of(
                List.of(
                    samples.step(
                        "payments-sim-0004", ReleaseAction.CHAMPION, "/c", SampleControl.SUM, "a"),
                    samples.step(CANDIDATE, ReleaseAction.SHADOW, "/s", SampleControl.SUM, "a"))));
    DriftBook readings = new DriftBook();
    ControlRoutes routes =
        new ControlRoutes(
            new ControlRoutes.Books(
                releases,
                readings,
                new ControlIntake(
                    "localhost:1", new InMemoryRegistry(), releases, readings, WallClock.INSTANCE)),
            rules,
            host,
            () ->
                new Standing(
                    new AlertCounts(0, 0, Map.of()),
                    new IntakeState(IntakeState.Phase.RUNNING, ""),
                    null),
            new Layout(Map.of()),
            InstantSource.fixed(NOW));
    server = Javalin.create(config -> routes.addTo(config.routes)).start("127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private HttpResponse<String> get() throws Exception {
    return client.send(request("/models").GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String act, String token) throws Exception {
    HttpRequest request =
        request("/models/" + CANDIDATE + "/" + act)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("by=ann&token=" + token))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static String token(String page) {
    Matcher found = TOKEN.matcher(page);
    return found.find() ? found.group(1) : "";
  }

  @Test
  void shouldLetPeopleActByAFormOfItsOwnOnALoopbackAddress() throws Exception {
    serve("127.0.0.1", desk);
    String token = token(get().body());
    assertThat(token).isNotEmpty();

    HttpResponse<String> answer = post("approve", token);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Done.");
    assertThat(audits).hasSize(1);
  }

  /** Whoever listens for other machines does not know who they are. */
  @Test
  void shouldShowNoFormAndTakeNothingWhereOtherMachinesReachIt() throws Exception {
    serve("127.0.0.1", desk);
    String loopbacks = token(get().body());
    server.stop();
    serve("0.0.0.0", desk);

    assertThat(get().body())
        .contains("Nobody can act here", "has no log-in")
        .doesNotContain("action=\"/models", "formaction=", "name=\"token\"");
    for (String act : List.of("approve", "promote", "rollback")) {
      for (String token : List.of("", "0", loopbacks)) {
        HttpResponse<String> answer = post(act, token);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("Refused.", "has no log-in");
      }
    }
    assertThat(audits).isEmpty();
  }

  @Test
  void shouldRefuseAFormOfAnotherConsole() throws Exception {
    serve("127.0.0.1", desk);

    HttpResponse<String> answer = post("approve", "0123456789abcdef");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("older than this console");
    assertThat(audits).isEmpty();
  }

  @Test
  void shouldNotCallRefusedWhatMayHaveBeenDone() throws Exception {
    serve(
        "127.0.0.1",
        new ReleaseDesk() {
          @Override
          public ReleaseView view(List<ModelRelease> steps, List<AuditEvent> audit) {
            return desk.view(steps, audit);
          }

          @Override
          public void act(ReleaseAct act, String release, String by) {
            throw new ActUnknown(new IllegalStateException("whether it was taken is not known"));
          }
        });

    HttpResponse<String> answer = post("promote", token(get().body()));

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body())
        .contains("Not known.", "whether it was taken is not known")
        .doesNotContain("Refused.");
  }
}
