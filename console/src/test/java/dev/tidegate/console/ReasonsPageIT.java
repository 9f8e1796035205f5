package dev.tidegate.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.store.AlertStore;
import dev.tidegate.console.store.ReasonStore;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReason;
import dev.tidegate.schemas.event.AlertReasons;
import dev.tidegate.schemas.time.WallClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reasons of an alert as an analyst meets them, in a real browser. */
class ReasonsPageIT {
  private static final long NOW = WallClock.INSTANCE.millis();
  private static final String FITS =
      "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
          + " && [...document.querySelectorAll('.why, .why li, .why p:not(.hush)')]"
          + ".every(box => box.scrollWidth <= box.clientWidth)";
  private static TestDatabase databases;
  private static Chromium chromium;

  private final SampleAlerts samples = new SampleAlerts(9, NOW);
  private final List<String> faults = new ArrayList<>();
  private HikariDataSource database;
  private AlertStore store;
  private ReasonStore reasons;
  private Console console;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void start() {
    assumeTrue(
        Chromium.installed().isPresent(),
        "ReasonsPageIT is skipped: no chromium on this machine (Debian: apt-get install chromium)");
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
    String jdbcUrl = databases.create();
    database = TestDatabase.open(jdbcUrl);
    store = new AlertStore(database);
    reasons = new ReasonStore(database);
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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldShowReasonsThatComeAfterTheirAlertWithoutReload(boolean beside) {
    Alert alert = samples.alert(1, NOW);
    store.accept(LogBatch.of(List.of(alert)));
    visit(beside ? "" : "alerts/" + alert.getAlertId());
    if (beside) {
      page.locator("tr.alert").first().click();
    }
    Locator why = page.locator("[data-why]");
    assertThat(why).containsText("No reasons yet");
    page.evaluate("window.sameDocument = true");

    explain(SampleReasons.of(alert, "2026-11", NOW));

    assertThat(why.locator(".reasons li:not(.rest)")).hasCount(4);
    assertThat(why).containsText("Table of reasons 2026-11");
    assertThat(page.locator("[data-announce]")).hasText("Reasons for this alert have come");
    assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
  }

  @Test
  void shouldShowReasonsThatCameWhileNobodyLooked() {
    Alert alert = samples.alert(1, NOW);
    store.accept(LogBatch.of(List.of(alert)));
    // The page asks for reasons once its stream is open; that must not be answered with those that
    // are stored below.
    page.waitForResponse(
        answer -> answer.url().contains("view=why"), () -> visit("alerts/" + alert.getAlertId()));
    page.evaluate("dispatchEvent(new Event('pagehide'))");
    explain(SampleReasons.of(alert, "2026-11", NOW));
    assertThat(page.locator("[data-why]")).containsText("No reasons yet");

    page.evaluate("dispatchEvent(new Event('pageshow'))");

    assertThat(page.locator("[data-why]")).containsText("Table of reasons 2026-11");
  }

  @Test
  void shouldSwitchReasonsToChineseAndKeepToItForTheNextAlert() {
    List<Alert> alerts = samples.take(2);
    store.accept(LogBatch.of(alerts));
    alerts.forEach(alert -> explain(SampleReasons.of(alert, "1", NOW)));
    visit("");
    page.locator("tr.alert").first().click();
    Locator english = page.locator(".reasons li:first-child .en");
    Locator chinese = page.locator(".reasons li:first-child .zh");
    assertThat(english).isVisible();
    assertThat(chinese).isHidden();

    page.getByLabel("\u4e2d\u6587").check();

    assertThat(english).isHidden();
    assertThat(chinese).isVisible();
    String first = page.locator("[data-why]").getAttribute("data-why");
    page.keyboard().press("j");
    assertThat(page.locator("[data-why]")).not().hasAttribute("data-why", first);
    assertThat(chinese).isVisible();
    visit("alerts/" + first);
    assertThat(chinese).isVisible();
    assertThat(english).isHidden();
  }

  @Test
  void shouldKeepTheFocusOnTheLanguageWhenOtherReasonsCome() {
    Alert alert = samples.alert(1, NOW);
    store.accept(LogBatch.of(List.of(alert)));
    explain(SampleReasons.of(alert, "1", NOW));
    visit("alerts/" + alert.getAlertId());
    page.getByLabel("\u4e2d\u6587").check();

    explain(SampleReasons.of(alert, "2", NOW + 1));

    assertThat(page.locator("[data-why]")).containsText("Table of reasons 2");
    assertThat(page.getByLabel("\u4e2d\u6587")).isChecked();
    assertThat(page.getByLabel("\u4e2d\u6587")).isFocused();
  }

  @Test
  void shouldSpeakChineseFirstToABrowserThatPrefersItAndSwitchWithoutScript() {
    Alert alert = samples.alert(1, NOW);
    store.accept(LogBatch.of(List.of(alert)));
    explain(SampleReasons.of(alert, "1", NOW));
    Browser.NewContextOptions options =
        new Browser.NewContextOptions().setLocale("zh-CN").setJavaScriptEnabled(false);
    try (BrowserContext chinese = chromium.browser().newContext(options)) {
      Page plain = chinese.newPage();
      plain.navigate(console.url() + "alerts/" + alert.getAlertId());

      assertThat(plain.locator(".reasons li:first-child .zh")).isVisible();
      assertThat(plain.locator(".reasons li:first-child .en")).isHidden();
      plain.getByLabel("English").check();
      assertThat(plain.locator(".reasons li:first-child .en")).isVisible();
      assertThat(plain.locator(".reasons li:first-child .zh")).isHidden();
    }
  }

  @Test
  void shouldRunNoScriptThatAReasonBrings() {
    String hostile = "<img src=x onerror=\"window.stolen=1\"><script>window.stolen=1</script>";
    Alert alert = samples.alert(1, NOW);
    AlertReasons known = SampleReasons.of(alert, hostile, NOW);
    AlertReason reason =
        AlertReason.newBuilder(known.getReasons().get(0))
            .setCode(hostile)
            .setFeature(hostile)
            .setEnglish(hostile)
            .setChinese(hostile)
            .build();
    store.accept(LogBatch.of(List.of(alert)));
    visit("alerts/" + alert.getAlertId());
    explain(AlertReasons.newBuilder(known).setReasons(List.of(reason)).build());

    assertThat(page.locator(".reasons .en")).containsText("<img");
    assertThat(page.evaluate("window.stolen === undefined")).isEqualTo(true);
    assertThat(page.locator("[data-why] img")).hasCount(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1280, 900, 360})
  void shouldShowReasonsWithoutScrollingSideways(int width) {
    Alert alert = samples.alert(1, NOW);
    AlertReasons known = SampleReasons.of(alert, "1", NOW);
    AlertReason wide =
        AlertReason.newBuilder(known.getReasons().get(0))
            .setCode("C".repeat(60))
            .setFeature("f".repeat(120))
            .setValue(Float.MAX_VALUE)
            .setEnglish("e".repeat(400))
            .build();
    store.accept(LogBatch.of(List.of(alert)));
    explain(
        AlertReasons.newBuilder(known)
            .setReasons(List.of(wide, known.getReasons().get(1)))
            .build());
    page.setViewportSize(width, 800);

    visit("alerts/" + alert.getAlertId());
    assertThat(page.locator(".reasons")).isVisible();
    assertThat(page.evaluate(FITS)).isEqualTo(true);
    visit("");
    page.locator("tr.alert").first().click();
    assertThat(page.locator(".reasons")).isVisible();
    assertThat(page.evaluate(FITS)).isEqualTo(true);
  }

  private void explain(AlertReasons known) {
    reasons.accept(LogBatch.of(List.of(known)));
  }

  private void visit(String address) {
    page.navigate(console.url() + address);
    page.waitForSelector(".link[data-link=live]");
  }
}
