package dev.tidegate.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.store.PatternStore;
import dev.tidegate.schemas.event.EvidenceAccount;
import dev.tidegate.schemas.event.EvidencePayment;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.time.WallClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The money path of a pattern's alert as an analyst meets it, in a real browser. */
class PathPageIT {
  private static final long NOW = WallClock.INSTANCE.millis();
  private static final String FITS =
      "document.documentElement.scrollWidth <= document.documentElement.clientWidth";

  /** Boxes of accounts overlap nowhere, and nothing is drawn outside. */
  private static final String TIDY =
      "(() => { const svg = document.querySelector('.drawing svg').getBoundingClientRect();"
          + " const boxes = [...document.querySelectorAll('.drawing rect')]"
          + ".map(box => box.getBoundingClientRect());"
          + " const inside = boxes.every(b => b.left >= svg.left - 1 && b.right <= svg.right + 1"
          + " && b.top >= svg.top - 1 && b.bottom <= svg.bottom + 1);"
          + " const apart = boxes.every((a, i) => boxes.every((b, j) => i === j || a.right <= b.left"
          + " || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top));"
          + " return inside && apart; })()";

  private static TestDatabase databases;
  private static Chromium chromium;

  private final SamplePatterns samples = new SamplePatterns(9, NOW);
  private final List<String> faults = new ArrayList<>();
  private HikariDataSource database;
  private PatternStore store;
  private Console console;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void start() {
    assumeTrue(
        Chromium.installed().isPresent(),
        "PathPageIT is skipped: no chromium on this machine (Debian: apt-get install chromium)");
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
    store = new PatternStore(database);
    console = Console.start(TestDatabase.settings(jdbcUrl));
    context = chromium.browser().newContext();
    page = context.newPage();
    page.setViewportSize(1280, 1000);
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
  @EnumSource(LaunderingPattern.class)
  void shouldDrawThePathOfEachPatternTidily(LaunderingPattern pattern) {
    PatternAlert alert = samples.of(pattern, 1, pattern == LaunderingPattern.CYCLE ? 5 : 8);
    accept(alert);
    visit("alerts/" + alert.getAlertId());
    assertThat(page.locator(".drawing .account")).hasCount(alert.getEvidenceAccounts().size());
    assertThat(page.locator(".drawing path.arrow")).hasCount(alert.getEvidencePayments().size());
    assertThat(page.locator(".hops tr")).hasCount(alert.getEvidencePayments().size());
    assertThat(page.evaluate(TIDY)).as("boxes apart and inside").isEqualTo(true);
    assertThat(page.evaluate(FITS)).isEqualTo(true);
    page.setViewportSize(390, 900);
    assertThat(page.evaluate(FITS)).as("on a phone").isEqualTo(true);
    picture(pattern.name());
  }

  /** Kept where {@code -Dtidegate.pictures=DIR} says. */
  private void picture(String name) {
    String folder = System.getProperty("tidegate.pictures");
    if (folder != null) {
      page.setViewportSize(1280, 1000);
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of(folder, name + ".png")).setFullPage(true));
    }
  }

  @Test
  void shouldAppearInTheQueueAndGrowInTheOpenPanelWithoutReload() {
    visit("");
    PatternAlert first = samples.of(LaunderingPattern.FAN_IN, 1, 6);
    accept(first);
    page.locator("tr.alert").first().click();
    assertThat(page.locator("tr.alert")).containsText("Fan-in");
    assertThat(page.locator("tr.alert")).containsText("AML");
    assertThat(page.locator(".drawing .account")).hasCount(7);
    page.evaluate("window.sameDocument = true");

    accept(samples.of(LaunderingPattern.FAN_IN, 2, 11));

    assertThat(page.locator(".drawing .account")).hasCount(12);
    assertThat(page.locator(".path .said .en").last()).containsText("version 2");
    assertThat(page.locator("tr.alert")).hasCount(1);
    assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
    picture("panel");
  }

  @Test
  void shouldSpeakBothLanguages() {
    PatternAlert alert = samples.of(LaunderingPattern.SCATTER_GATHER, 1, 5);
    accept(alert);
    visit("alerts/" + alert.getAlertId());
    assertThat(page.locator(".path h2 .en")).isVisible();
    assertThat(page.locator(".path h2 .zh")).isHidden();
    page.getByLabel("\u4e2d\u6587").check();
    assertThat(page.locator(".path h2 .zh")).isVisible();
    assertThat(page.locator(".path h2 .en")).isHidden();
    assertThat(page.locator(".drawing .role.zh").first()).isVisible();
    assertThat(page.locator(".drawing .role.en").first()).isHidden();
    picture("chinese");
  }

  @Test
  void shouldRunNoScriptThatAnAccountBrings() {
    String hostile = "</text><script>window.stolen=1</script><img src=x onerror=window.stolen=1>";
    PatternAlert alert = samples.of(LaunderingPattern.PASS_THROUGH, 1, 5);
    String name = alert.getEvidenceAccounts().get(1).getAccount();
    List<EvidencePayment> payments = new ArrayList<>();
    for (EvidencePayment payment : alert.getEvidencePayments()) {
      payments.add(
          EvidencePayment.newBuilder(payment)
              .setFromAccount(payment.getFromAccount().replace(name, hostile))
              .setToAccount(payment.getToAccount().replace(name, hostile))
              .build());
    }
    accept(
        PatternAlert.newBuilder(alert)
            .setEvidencePayments(payments)
            .setEvidenceAccounts(
                alert.getEvidenceAccounts().stream()
                    .map(
                        account ->
                            EvidenceAccount.newBuilder(account)
                                .setAccount(account.getAccount().replace(name, hostile))
                                .build())
                    .toList())
            .build());
    visit("alerts/" + alert.getAlertId());
    assertThat(page.locator(".hops")).containsText("<img");
    assertThat(page.evaluate("window.stolen === undefined")).isEqualTo(true);
    assertThat(page.locator("[data-why] img")).hasCount(0);
  }

  private void accept(PatternAlert alert) {
    store.accept(LogBatch.of(List.of(alert)));
  }

  private void visit(String address) {
    page.navigate(console.url() + address);
    page.waitForSelector(".link[data-link=live]");
  }
}
