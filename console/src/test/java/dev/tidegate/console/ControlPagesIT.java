package dev.tidegate.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.event.RunState;
import dev.tidegate.schemas.time.WallClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages of drift and models over a real broker and database, in a real browser. Pictures are
 * kept where {@code -Dtidegate.pictures=DIR} says.
 */
class ControlPagesIT {
  private static final long NOW = WallClock.INSTANCE.millis();
  private static final String FITS =
      "document.documentElement.scrollWidth <= document.documentElement.clientWidth";
  private static final String CANARY = "payments-sim-0006";

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;
  private static TestDatabase databases;
  private static Chromium chromium;

  private final SampleControl samples = new SampleControl(NOW);
  private final List<String> faults = new ArrayList<>();
  private final InMemoryRegistry registry = new InMemoryRegistry();
  private KafkaProducer<byte[], byte[]> producer;
  private SampleDesk desk;
  private Console console;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void start() {
    assumeTrue(
        Chromium.installed().isPresent(),
        "ControlPagesIT is skipped: no chromium on this machine (Debian: apt-get install chromium)");
    kafka = EmbeddedKafka.start(directory);
    kafka.createTopics();
    databases = new TestDatabase();
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
      databases.close();
      kafka.close();
    }
  }

  @BeforeEach
  void openPage() {
    producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    desk = new SampleDesk(samples, event -> send(Topics.AUDIT, AuditEvent.class, event));
    ConsoleSettings none = TestDatabase.settings(databases.create());
    console =
        Console.startWith(
            new ConsoleSettings(
                none.host(),
                0,
                none.jdbcUrl(),
                none.user(),
                none.password(),
                kafka.bootstrapServers(),
                registry,
                WallClock.INSTANCE),
            new Console.Around(null, desk, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
    open(ColorScheme.LIGHT);
  }

  private void open(ColorScheme scheme) {
    context = chromium.browser().newContext(new Browser.NewContextOptions().setColorScheme(scheme));
    page = context.newPage();
    page.setViewportSize(1360, 900);
    page.onPageError(faults::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().contains("409")) {
            faults.add(message.text());
          }
        });
  }

  @AfterEach
  void closePage() {
    context.close();
    console.close();
    producer.close();
    assertThat(faults).isEmpty();
  }

  @Test
  void shouldDrawEveryMonitorWithItsThresholdAndAlarmsLive() {
    visit("");
    page.locator("nav.places a").getByText("Drift").click();
    assertThat(page.locator("h1")).hasText("Drift");
    assertThat(page.locator(".empty")).containsText("No reading yet");
    assertThat(page.locator("[data-charts]")).isHidden();
    picture("drift-empty");
    page.evaluate("window.sameDocument = true");

    List<DriftMeasurement> readings = samples.readings(96);
    readings.forEach(reading -> send(Topics.DRIFT, DriftMeasurement.class, reading));

    Locator charts = page.locator("[data-chart]");
    assertThat(charts).hasCount(5);
    Locator score = page.locator("[data-chart='score-psi:score']");
    assertThat(score).hasAttribute("data-readings", "96");
    assertThat(score.locator(".u-over")).isVisible();
    assertThat(score.locator(".u-legend")).containsText("threshold");
    long alarms =
        readings.stream()
            .filter(one -> one.getMonitor().equals("score-psi") && one.getDrifted())
            .count();
    assertThat(alarms).isPositive();
    assertThat(score).hasAttribute("data-alarms", Long.toString(alarms));
    assertThat(page.evaluate(INK)).as("threshold and alarms are painted").isEqualTo(true);
    assertThat(page.locator("[data-monitor]")).hasCount(5);
    assertThat(page.locator("[data-monitor='score-psi:score']")).containsText("drift");

    send(
        Topics.DRIFT,
        DriftMeasurement.class,
        SampleControl.reading("score-psi", "score", NOW, 0.006, 0.0185));
    assertThat(score).hasAttribute("data-readings", "97");
    assertThat(score.locator(".badge")).hasText("steady");
    assertThat(page.locator("[data-monitor='score-psi:score']")).containsText("steady");
    assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
    assertThat(page.evaluate(FITS)).isEqualTo(true);
    picture("drift");
    page.setViewportSize(390, 900);
    assertThat(page.evaluate(FITS)).as("on a phone").isEqualTo(true);
    await()
        .pollInSameThread()
        .until(
            () -> page.evaluate("document.querySelector('.chart .uplot').clientWidth < 390"),
            Boolean.TRUE::equals);
    picture("drift-phone");
    context.close();
    open(ColorScheme.DARK);
    visit("drift");
    assertThat(page.locator("[data-chart]")).hasCount(5);
    picture("drift-dark");
    shouldSayWhatAMonitorWaitsFor();
  }

  /** No empty frame, but how much has been seen; a chart once there is something to draw. */
  private void shouldSayWhatAMonitorWaitsFor() {
    DriftMeasurement read = SampleControl.reading("feature-panel", "most-moved", NOW, 0.4, 1);
    send(
        Topics.DRIFT,
        DriftMeasurement.class,
        DriftMeasurement.newBuilder(read)
            .setMeasurementId("filling")
            .setWindowEndMs(read.getWindowStartMs())
            .setStatistic(Double.NaN)
            .setFilling(0.2571)
            .build());
    Locator panel = page.locator("[data-chart='feature-panel:most-moved']");
    assertThat(panel.locator(".filling")).containsText("Nothing is compared yet");
    assertThat(panel.locator(".filling")).containsText("25 % of the time");
    assertThat(panel.locator(".uplot")).hasCount(0);
    assertThat(page.evaluate(FITS)).isEqualTo(true);
    picture("drift-filling");

    send(Topics.DRIFT, DriftMeasurement.class, read);
    assertThat(panel.locator(".uplot")).isVisible();
    assertThat(panel.locator(".filling")).hasCount(0);
  }

  /** Pixels in the colours of the threshold and of alarms are on the chart of the score. */
  private static final String INK =
      "(() => { const paint = name => { const probe = document.createElement('canvas');"
          + " probe.width = probe.height = 1; const c = probe.getContext('2d');"
          + " c.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name);"
          + " c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data]; };"
          + " const canvas = document.querySelector(\"[data-chart='score-psi:score'] canvas\");"
          + " const data = canvas.getContext('2d').getImageData(0, 0, canvas.width,"
          + " canvas.height).data; const has = ([r, g, b]) => { for (let i = 0; i < data.length;"
          + " i += 4) if (data[i] === r && data[i + 1] === g && data[i + 2] === b"
          + " && data[i + 3] === 255) return true; return false; };"
          + " return has(paint('--hold')) && has(paint('--striking')); })()";

  @Test
  void shouldShowReleasesAndTakeApprovalsByTwoPeople() throws Exception {
    fill();
    visit("models");
    assertThat(page.locator("[data-role=champion] .release")).hasText("payments-sim-0004");
    assertThat(page.locator("[data-role=canary] [data-trial]"))
        .hasText("12,480 of 20,000 decisions");
    assertThat(page.locator("[data-role=shadow] .release")).hasText("payments-sim-0007");
    assertThat(page.locator("table[aria-label=Releases]")).containsText("0.745");
    assertThat(page.locator("table[aria-label='Training runs'] tbody tr")).hasCount(3);
    page.evaluate("window.sameDocument = true");
    desk.progress(13_000);
    assertThat(page.locator("[data-role=canary] [data-trial]"))
        .hasText("13,000 of 20,000 decisions");
    assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
    assertThat(page.evaluate(FITS)).isEqualTo(true);
    picture("models");

    press("Promote", "ann");
    assertThat(page.locator("[data-notice].refused"))
        .hasText("Refused. another person than ann must approve " + CANARY + " first");
    press("Approve", "ann");
    assertThat(page.locator("[data-notice].done")).containsText("was approved by ann.");
    assertThat(waiting()).containsText("Approved by ann.");
    press("Approve", "ANN");
    assertThat(page.locator("[data-notice].refused")).containsText("has approved");
    picture("models-refused");
    press("Promote", "Ann ");
    assertThat(page.locator("[data-notice].refused")).containsText("another person than Ann");
    press("Promote", "bob");
    assertThat(page.locator("[data-notice].done")).containsText("was promoted by bob.");
    assertThat(page.locator("table[aria-label='Last actions'] tbody tr").first())
        .containsText("promote");
    page.setViewportSize(390, 900);
    assertThat(page.evaluate(FITS)).as("on a phone").isEqualTo(true);
    picture("models-phone");

    visit("models/" + CANARY + "/card");
    assertThat(page.locator("h1")).hasText("Card of " + CANARY);
    shouldTakeNoFormOfAnotherSite();
  }

  private void shouldTakeNoFormOfAnotherSite() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(console.url() + "models/" + CANARY + "/approve"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("by=mallory"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("the form is older than this console");
  }

  /** A champion as it ships, a canary with a card, a shadow whose folder is elsewhere, runs. */
  private void fill() throws Exception {
    Path shipped = Path.of("..", "config", "releases", "payments-sim-0004").toAbsolutePath();
    byte[] manifest = Files.readAllBytes(shipped.resolve("manifest.json"));
    Path own = Files.createDirectories(directory.resolve(CANARY));
    byte[] card =
        ("<!doctype html><style>h1{color:teal}</style><h1>Card of " + CANARY + "</h1>")
            .getBytes(StandardCharsets.UTF_8);
    Files.write(own.resolve("card.html"), card);
    byte[] next =
        ("{\"threshold\": 0.171, \"alertBudgetPercent\": 0.5, \"training\": {\"since\":"
                + " \"2026-02-01T00:00:00Z\", \"until\": \"2026-04-30T00:00:00Z\", \"rows\": 601112},"
                + " \"metrics\": {\"validationPrAuc\": 0.7913, \"validationRecallAtBudget\": 0.721,"
                + " \"validationPrecisionAtBudget\": 0.744}, \"files\": {\"card.html\": \""
                + sha(card)
                + "\"}}")
            .getBytes(StandardCharsets.UTF_8);
    Files.write(own.resolve("manifest.json"), next);
    step("payments-sim-0004", ReleaseAction.CHAMPION, shipped.toString(), sha(manifest));
    step(CANARY, ReleaseAction.CANARY, own.toString(), sha(next));
    step("payments-sim-0007", ReleaseAction.SHADOW, "/nowhere", SampleControl.SUM);
    send(
        Topics.AUDIT,
        AuditEvent.class,
        samples.action("release-trial", "model.canary", CANARY, "canary " + CANARY + " 5 %"));
    run("7d1f0c3a", RunState.SUCCEEDED, 7_200_000, "passed its gates: PR-AUC 0.79", CANARY);
    run("90aa41be", RunState.REFUSED, 90_000_000, "recall at budget is not better: 0.1 %", null);
    run("c3d20071", RunState.RUNNING, 60_000, "search: 7 of 24 candidates", null);
  }

  private void run(String id, RunState state, long ago, String detail, String release) {
    send(Topics.RETRAIN_RUNS, RetrainRun.class, samples.run(id, state, ago, detail, release));
  }

  private void step(String release, ReleaseAction action, String uri, String sum) {
    send(Topics.MODELS, ModelRelease.class, samples.step(release, action, uri, sum, "ann"));
  }

  private static String sha(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private Locator waiting() {
    return page.locator("li[data-release='" + CANARY + "']");
  }

  private void press(String button, String name) {
    waiting().getByLabel("Your name").fill(name);
    waiting().getByText(button, new Locator.GetByTextOptions().setExact(true)).click();
  }

  private <T extends SpecificRecord> void send(Topics topic, Class<T> type, T event) {
    byte[] value = EventCodec.of(topic, type, registry).encode(event);
    var unused = producer.send(new ProducerRecord<>(topic.topic(), new byte[] {1}, value));
    producer.flush();
  }

  private void visit(String address) {
    page.navigate(console.url() + address);
    if (!address.endsWith("/card")) {
      page.waitForSelector(".link[data-link=live]");
    }
  }

  private void picture(String name) {
    String folder = System.getProperty("tidegate.pictures");
    if (folder != null) {
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of(folder, name + ".png")).setFullPage(true));
    }
  }
}
