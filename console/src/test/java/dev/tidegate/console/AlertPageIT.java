package dev.tidegate.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.store.AlertStore;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.time.WallClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as an analyst meets it, in a real browser. */
class AlertPageIT {
  private static final long NOW = WallClock.INSTANCE.millis();
  private static final String FITS =
      "document.documentElement.scrollWidth <= document.documentElement.clientWidth";
  private static final String TABLES_FIT =
      "[...document.querySelectorAll('.vector .entity')]"
          + ".every(box => box.scrollWidth <= box.clientWidth)";
  private static TestDatabase databases;
  private static Chromium chromium;

  private final SampleAlerts samples = new SampleAlerts(9, NOW);
  private final List<String> faults = new ArrayList<>();
  private String jdbcUrl;
  private HikariDataSource database;
  private AlertStore store;
  private Console console;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void start() {
    assumeTrue(
        Chromium.installed().isPresent(),
        "AlertPageIT is skipped: no chromium on this machine (Debian: apt-get install chromium)");
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

  @BeforeEach
  void openPage() {
    jdbcUrl = databases.create();
    database = TestDatabase.open(jdbcUrl);
    store = new AlertStore(database);
    console = Console.start(TestDatabase.settings(jdbcUrl));
    context = chromium.browser().newContext();
    page = context.newPage();
    page.setViewportSize(1280, 800);
    page.onPageError(faults::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            faults.add(message.text());
          }
        });
  }

  @AfterEach
  void closePage() {
    context.close();
    console.close();
    database.close();
    assertThat(faults).isEmpty();
  }

  @Test
  void shouldShowAlertsAndANewOneWithoutReload() {
    List<Alert> alerts = samples.take(12);
    store.accept(LogBatch.of(alerts));
    visit("");
    assertThat(rows()).hasCount(12);
    page.evaluate("window.sameDocument = true");

    Alert arrived = samples.alert(500, NOW + 1_000);
    store.accept(LogBatch.of(List.of(arrived)));

    assertThat(rows()).hasCount(13);
    assertThat(rows().first()).hasAttribute("data-id", arrived.getAlertId());
    assertThat(page.locator("[data-live=total]").first()).hasText("13");
    assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
  }

  @Test
  void shouldFillTheEmptyPageWithTheFirstAlert() {
    visit("");
    assertThat(page.getByText("Waiting for the first alert")).isVisible();

    store.accept(LogBatch.of(samples.take(1)));

    assertThat(rows()).hasCount(1);
    assertThat(page.getByText("Waiting for the first alert")).isHidden();
  }

  @Test
  void shouldOpenAnAlertByKeyboardAndCloseIt() {
    store.accept(LogBatch.of(samples.take(12)));
    visit("");
    page.keyboard().press("j");
    page.keyboard().press("j");
    page.keyboard().press("j");
    page.keyboard().press("k");
    String id = rows().nth(1).getAttribute("data-id");
    assertThat(rows().nth(1)).hasAttribute("aria-current", "true");

    page.keyboard().press("Enter");

    Locator detail = page.locator("[data-panel] [data-detail]");
    assertThat(detail).hasAttribute("data-detail", id);
    assertThat(page).hasURL(Pattern.compile(".*/alerts/" + id));
    page.keyboard().press("j");
    assertThat(detail).hasAttribute("data-detail", rows().nth(2).getAttribute("data-id"));
    page.keyboard().press("Escape");
    assertThat(detail).hasCount(0);
    assertThat(page).hasURL(console.url());
  }

  @Test
  void shouldSearchFilterAndHelpByKeyboard() {
    List<Alert> alerts = samples.take(40);
    String account = alerts.get(20).getTransaction().getPayerAccount();
    store.accept(LogBatch.of(alerts));
    visit("");
    page.keyboard().press("?");
    assertThat(page.getByText("next and previous alert")).isVisible();
    page.keyboard().press("Escape");
    page.keyboard().press("/");
    page.keyboard().type(account.toLowerCase(Locale.ROOT));
    page.keyboard().press("Enter");
    page.waitForURL(Pattern.compile(".*q=.*"));

    assertThat(rows().first()).containsText(account);
    assertThat(page.locator("tr.alert:not(:has-text('" + account + "'))")).hasCount(0);
  }

  @Test
  void shouldGoOnAfterTheConsoleWasRestarted() {
    store.accept(LogBatch.of(samples.take(3)));
    visit("");
    int port = console.port();
    console.close();
    assertThat(page.locator(".link[data-link=lost]")).isVisible();
    store.accept(LogBatch.of(List.of(samples.alert(77, NOW + 1), samples.alert(78, NOW + 2))));

    console = Console.start(TestDatabase.settings(jdbcUrl, port));

    assertThat(rows()).hasCount(5, new LocatorAssertions.HasCountOptions().setTimeout(15_000));
    assertThat(page.locator(".link[data-link=live]")).isVisible();
    faults.removeIf(fault -> fault.contains("net::ERR_"));
  }

  @Test
  void shouldRunNoScriptThatAMerchantNameBrings() {
    Alert sample = samples.alert(1, NOW);
    Transaction payment =
        Transaction.newBuilder(sample.getTransaction())
            .setPayeeAccount(null)
            .setMerchantId(
                "<img src=x onerror=\"window.stolen=1\"><script>window.stolen=1</script>")
            .build();
    visit("");
    store.accept(LogBatch.of(List.of(Alert.newBuilder(sample).setTransaction(payment).build())));
    assertThat(rows()).hasCount(1);
    page.keyboard().press("j");
    page.keyboard().press("Enter");
    assertThat(page.locator("[data-detail]")).isVisible();

    assertThat(page.evaluate("window.stolen === undefined")).isEqualTo(true);
    assertThat(page.locator("tr.alert img, [data-detail] img")).hasCount(0);
  }

  @Test
  void shouldFitAPhone() {
    store.accept(LogBatch.of(samples.take(12)));
    page.setViewportSize(360, 740);
    visit("");

    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    rows().first().click();
    page.waitForURL(Pattern.compile(".*/alerts/.*"));
    assertThat(page.locator("main [data-detail]")).isVisible();
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(ints = {1280, 900, 360})
  void shouldShowAllShippedFeaturesWithoutScrollingSideways(int width) {
    Alert alert = samples.alert(1, NOW);
    assertThat(alert.getFeatureNames()).hasSizeGreaterThan(130);
    store.accept(LogBatch.of(List.of(alert)));
    page.setViewportSize(width, 800);

    visit("alerts/" + alert.getAlertId());

    assertThat(page.locator(".vector")).isVisible();
    assertThat(page.evaluate(FITS)).isEqualTo(true);
    if (width > 640) {
      assertThat(page.evaluate(TABLES_FIT)).as("no table is cut").isEqualTo(true);
    }
    visit("");
    rows().first().click();
    assertThat(page.locator(".vector")).isVisible();
    assertThat(page.evaluate(FITS)).isEqualTo(true);
  }

  private void visit(String address) {
    page.navigate(console.url() + address);
    page.waitForSelector(".link[data-link=live]");
  }

  private Locator rows() {
    return page.locator("tr.alert");
  }
}
