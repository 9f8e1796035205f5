package dev.tidegate.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.store.AlertStore;
import dev.tidegate.console.store.ClusterStore;
import dev.tidegate.console.store.ReasonStore;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.ClusterStep;
import dev.tidegate.schemas.event.IdentifierKind;
import dev.tidegate.schemas.time.WallClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is linked with an alert's accounts, as an analyst meets it, in a real browser. */
class ClusterPageIT {
  private static final long NOW = WallClock.INSTANCE.millis();
  private static final long DAY_MS = 86_400_000;
  private static final String HOSTILE = "<img src=x onerror=window.stolen=1>";
  private static final String FITS =
      "document.documentElement.scrollWidth <= document.documentElement.clientWidth";

  private static TestDatabase databases;
  private static Chromium chromium;

  private final List<String> faults = new ArrayList<>();

  @BeforeAll
  static void start() {
    assumeTrue(
        Chromium.installed().isPresent(),
        "ClusterPageIT is skipped: no chromium on this machine (Debian: apt-get install chromium)");
    databases = new TestDatabase();
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
      databases.close();
    }
  }

  @Test
  void shouldShowWhoIsLinkedWithAnAlertAndTheirCluster() {
    String jdbcUrl = databases.create();
    try (HikariDataSource database = TestDatabase.open(jdbcUrl);
        Console console = Console.start(TestDatabase.settings(jdbcUrl));
        BrowserContext context = chromium.browser().newContext()) {
      Alert alert = store(database);
      Page page = watched(context);
      page.navigate(console.url() + "alerts/" + alert.getAlertId());
      page.waitForSelector(".link[data-link=live]");

      assertThat(page.locator(".linked .links tbody tr")).hasCount(3);
      assertThat(page.locator(".linked .links tbody tr").first()).containsText("identity document");
      assertThat(page.locator(".linked .links tbody td").first())
          .hasText(alert.getTransaction().getPayerAccount());
      assertThat(page.locator(".linked .links tbody tr").nth(1)).containsText("<img");
      assertThat(page.locator(".linked h2 .zh")).isHidden();
      picture(page, "linked");
      page.getByLabel("\u4e2d\u6587").check();
      assertThat(page.locator(".linked h2 .zh")).isVisible();
      assertThat(page.locator(".linked h2 .en")).isHidden();
      picture(page, "linked-chinese");
      fits(page);

      new ReasonStore(database).accept(LogBatch.of(List.of(SampleReasons.of(alert, "1", NOW))));
      assertThat(page.locator(".reasons")).isVisible();
      assertThat(page.locator(".tongues")).hasCount(1);
      assertThat(page.locator(".linked h2 .en")).isVisible();
      page.getByLabel("\u4e2d\u6587").check();
      assertThat(page.locator(".linked h2 .zh")).isVisible();

      page.locator(".linked .cluster").click();
      page.waitForSelector(".link[data-link=live]");
      assertThat(page.locator("h1 .zh")).isVisible(); // the choice is remembered
      page.getByLabel("English").check();
      assertThat(page.locator("h1 .en")).hasText("Cluster of 5");
      assertThat(page.locator("section").first().locator("tbody tr")).hasCount(5);
      assertThat(page.locator("section").last().locator("tbody tr")).hasCount(4);
      picture(page, "cluster");
      fits(page);

      page.locator("section").first().locator("tbody a").first().click();
      assertThat(page.locator("tr.alert").first()).isVisible();
      assertThat(page.evaluate("window.stolen === undefined")).isEqualTo(true);
      page.navigate(console.url() + "clusters/none");
      assertThat(page.locator("h1")).hasText("Not found");
    }
    assertThat(faults).allMatch(fault -> fault.contains("404"));
  }

  /**
   * An alert whose payer shares things with three others, and a fifth that it is not linked with.
   */
  private static Alert store(HikariDataSource database) {
    List<Alert> alerts = new SampleAlerts(9, NOW).take(6);
    new AlertStore(database).accept(LogBatch.of(alerts));
    Alert alert = alerts.get(0);
    String payer = alert.getTransaction().getPayerAccount();
    List<String> others = List.of("customer-7731", "DE-ACCOUNT-2", HOSTILE, "zz-account-9");
    long since = NOW - 20 * DAY_MS;
    ClusterStore store = new ClusterStore(database);
    store.accept(
        LogBatch.of(
            List.of(
                SampleClusters.change(
                    "c-41d2",
                    NOW - DAY_MS,
                    ClusterStep.FORMED,
                    null,
                    List.of(
                        SampleClusters.link(
                            payer,
                            others.get(0),
                            List.of(
                                SampleClusters.reason(
                                    IdentifierKind.DOCUMENT, "9f31c0ffee77", since),
                                SampleClusters.reason(IdentifierKind.PHONE, "77aa01bb", since))),
                        SampleClusters.link(others.get(1), payer, IdentifierKind.DEVICE, since),
                        SampleClusters.link(payer, HOSTILE, IdentifierKind.IP, since),
                        SampleClusters.link(
                            others.get(1), others.get(3), IdentifierKind.EMAIL, since)),
                    Stream.concat(Stream.of(payer), others.stream()).toArray(String[]::new)))));
    return alert;
  }

  private Page watched(BrowserContext context) {
    Page page = context.newPage();
    page.setViewportSize(1280, 1000);
    page.onPageError(faults::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            faults.add(message.text());
          }
        });
    return page;
  }

  private static void fits(Page page) {
    assertThat(page.evaluate(FITS)).isEqualTo(true);
    page.setViewportSize(390, 900);
    assertThat(page.evaluate(FITS)).as("on a phone").isEqualTo(true);
    page.setViewportSize(1280, 1000);
  }

  /** Kept where {@code -Dtidegate.pictures=DIR} says. */
  private static void picture(Page page, String name) {
    String folder = System.getProperty("tidegate.pictures");
    if (folder != null) {
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of(folder, name + ".png")).setFullPage(true));
    }
  }
}
