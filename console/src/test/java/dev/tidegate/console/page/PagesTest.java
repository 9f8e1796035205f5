package dev.tidegate.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.console.SampleAlerts;
import dev.tidegate.console.SampleReasons;
import dev.tidegate.console.intake.IntakeState;
import dev.tidegate.console.status.PlatformStatus;
import dev.tidegate.console.status.Standing;
import dev.tidegate.console.store.AlertCounts;
import dev.tidegate.console.store.AlertFilter;
import dev.tidegate.console.store.AlertPage;
import dev.tidegate.console.store.StoredAlert;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReason;
import dev.tidegate.schemas.event.AlertReasons;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PagesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String HOSTILE = "<script>alert('x')</script>\"onload=\"y";
  private static final Layout LAYOUT =
      new Layout(
          Map.of(
              "favicon.svg",
              "/static/i",
              "console.css",
              "/static/c",
              "alert.css",
              "/static/a",
              "console.js",
              "/static/j"));
  private static final Standing STANDING =
      new Standing(
          new AlertCounts(1204, 42, Map.of(Outcome.HOLD, 1204L)),
          new IntakeState(IntakeState.Phase.RUNNING, ""),
          new PlatformStatus("simulator", 10, 1_250_000, 0, 7.5, Double.NaN));

  @Test
  void shouldRenderARow() {
    assertThat(AlertRow.of(stored(plain()), NOW).html())
        .contains(
            "<tr role=\"row\" class=\"alert\" data-seq=\"7\" data-id=\"a1\">",
            "title=\"1 Mar 2026, 11:59:30 UTC\">30 s</time>",
            "<span class=\"figure\">0.913</span><svg class=\"bar\" viewBox=\"0 0 56 8\"",
            "<rect class=\"fill\" y=\"2\" width=\"51.1\" height=\"4\"/>",
            "<rect class=\"mark\" x=\"28.0\" width=\"1.5\" height=\"8\"/>",
            "<span class=\"badge hold\">Hold</span>",
            "<span class=\"figure\">1,234.50</span> <abbr>GBP</abbr>",
            "<a class=\"open\" href=\"/alerts/a1\"><bdi>ACC-1</bdi></a>",
            "<bdi>SHOP-9</bdi>",
            "<bdi>GB \u2192 FR</bdi>");
  }

  @Test
  void shouldShowNoPaymentWhereAPatternsEvidenceLacksIt() {
    Transaction absent =
        Transaction.newBuilder(plain().getTransaction())
            .setAmountMinor(0)
            .setCurrency("XXX")
            .setPayeeAccount(null)
            .setMerchantId(null)
            .build();
    Alert pattern =
        Alert.newBuilder(plain())
            .setTransaction(absent)
            .setRules(List.of("pattern:DENSE_FLOW"))
            .build();
    String row = AlertRow.of(stored(pattern), NOW).html();
    String panel =
        new AlertPanel(
                stored(pattern), why(pattern, null), List.of(stored(pattern)), List.of(), NOW)
            .render()
            .html();

    assertThat(row)
        .contains("amount not in evidence", "<span class=\"badge pattern\">Dense flow</span>");
    assertThat(panel)
        .contains("<dt>Amount</dt><dd><bdi>not in evidence</bdi></dd>", "<dt>Account</dt>");
    assertThat(row + panel).doesNotContain("XXX");
    assertThat(panel).doesNotContain("<dt>Payer account</dt>", "aria-label=\"to\"");
    assertThat(panel(plain())).contains("aria-label=\"to\"", "<dt>Payer account</dt>");
  }

  @Test
  void shouldEscapeEverythingThatAPaymentBrings() {
    Alert hostile = hostile();
    String page =
        queue(AlertFilter.parse(HOSTILE, null), List.of(stored(hostile))).render(LAYOUT).html();
    String panel =
        new AlertPanel(
                stored(hostile),
                why(hostile, hostileReasons()),
                List.of(stored(hostile)),
                List.of(stored(hostile)),
                NOW)
            .page(LAYOUT, STANDING)
            .html();

    for (String html : List.of(page, panel)) {
      assertThat(html).contains("&lt;script&gt;").doesNotContain("<script>alert", "\"onload");
      assertThat(html.split("<script", -1)).hasSize(2);
    }
  }

  @Test
  void shouldUseNoInlineScriptOrStyle() {
    String html = queue(AlertFilter.none(), List.of(stored(plain()))).render(LAYOUT).html();
    WhySection why = why(plain(), SampleReasons.of(plain(), "1", NOW.toEpochMilli()));
    html += new AlertPanel(stored(plain()), why, List.of(), List.of(), NOW).render().html();

    assertThat(html).contains("class=\"reasons\"");
    assertThat(html).doesNotContainPattern("<script>|<style|\\sstyle=|\\son[a-z]+=|javascript:");
  }

  @Test
  void shouldNameReleaseAndRuleSetAndSayThatAnAnswerIsAFallBack() {
    Alert ruled =
        Alert.newBuilder(plain()).setRuleSet("set-7").setRules(List.of("r1", "r2")).build();
    Alert degraded = Alert.newBuilder(ruled).setDegraded("model-failure").build();

    assertThat(panel(plain()))
        .contains("Scored by release <bdi>fraud-2026-02</bdi>.</p>")
        .doesNotContain("Rule set", "degraded");
    assertThat(panel(ruled))
        .contains("</bdi>. Rule set <bdi>set-7</bdi>. Rules that fired: <code>r1</code>");
    assertThat(panel(degraded))
        .contains("No usable score</strong> (<code>model-failure</code>): the outcome")
        .doesNotContain("Scored by");
  }

  @Test
  void shouldShowTheVectorByEntityAndWindow() {
    String html =
        new AlertPanel(stored(plain()), why(plain(), null), List.of(), List.of(), NOW)
            .render()
            .html();

    assertThat(html)
        .contains(
            "<caption>Account</caption>",
            "<th scope=\"col\">1h</th><th scope=\"col\">30d</th></tr>",
            "<tr><th scope=\"row\">Payments</th><td title=\"account_count_1h\">2</td>"
                + "<td title=\"account_count_30d\">9</td></tr>",
            "<td title=\"account_mean_1h\">617.25</td>",
            "<th scope=\"row\">This payment over mean</th><td>2.0\u00d7</td>"
                + "<td class=\"striking\">12\u00d7</td>",
            "Nothing is known of: counterparty.",
            "<dt>Hour of day</dt><dd title=\"hour_of_day\">13:30</dd>");
  }

  @Test
  void shouldShowNoMoreOfACardThanItsLastFour() {
    Transaction whole =
        Transaction.newBuilder(plain().getTransaction())
            .setCardToken("0123456789abcdef0123456789abcdef")
            .setCardLastFour("4000001234567899")
            .build();
    Transaction token = Transaction.newBuilder(whole).setCardLastFour(null).build();

    assertThat(panel(whole)).contains("\u2022\u2022\u2022\u2022 7899").doesNotContain("400000123");
    assertThat(panel(token)).contains("token \u2026cdef").doesNotContain("0123456789ab");
  }

  @Test
  void shouldMarkThisPaymentInItsTimeline() {
    StoredAlert earlier = new StoredAlert(3, Alert.newBuilder(plain()).setAlertId("a0").build());
    String html =
        new AlertPanel(stored(plain()), why(plain(), null), List.of(earlier), List.of(), NOW)
            .render()
            .html();

    assertThat(html)
        .contains("<li aria-current=\"true\"><a href=\"/alerts/a1\">", "<a href=\"/alerts/a0\">")
        .contains("href=\"/?q=account%3AACC-1\"", "No other so far.");
  }

  @Test
  void shouldExplainAnEmptyQueue() {
    String waiting = queue(AlertFilter.none(), List.of()).render(LAYOUT).html();
    String unmatched = queue(AlertFilter.parse("zzz", null), List.of()).render(LAYOUT).html();

    assertThat(waiting)
        .contains("Waiting for the first alert", "reading the alert log", "Payments decided");
    assertThat(unmatched).contains("No alert matches").doesNotContain("Waiting for");
  }

  @Test
  void shouldKeepTheFilterInEveryLink() {
    AlertFilter filter = AlertFilter.parse("A&B", "hold");
    AlertPage page = new AlertPage(List.of(stored(plain())), OptionalLong.of(7));
    String html = new QueuePage(filter, page, 9, true, STANDING, NOW).render(LAYOUT).html();

    assertThat(html)
        .contains("href=\"/?q=A%26B&amp;outcome=HOLD&amp;before=7\"")
        .contains("data-stream=\"/api/stream?view=rows&amp;q=A%26B&amp;outcome=HOLD\"")
        .contains("<input type=\"hidden\" name=\"outcome\" value=\"HOLD\">");
  }

  @Test
  void shouldShowWhatThePlatformReportsAndNothingElse() {
    String html = queue(AlertFilter.none(), List.of()).render(LAYOUT).html();

    assertThat(html)
        .contains("<span data-live=\"today\">42</span>", ">1,250,000<", ">7.5</span>/s")
        .contains("<div class=\"s-p99\" hidden>");
    Standing silent = new Standing(STANDING.counts(), STANDING.intake(), null);
    assertThat(StatusStrip.texts(silent)).doesNotContainKey("decisions").containsKey("today");
  }

  private static QueuePage queue(AlertFilter filter, List<StoredAlert> alerts) {
    return new QueuePage(
        filter, new AlertPage(alerts, OptionalLong.empty()), 7, true, STANDING, NOW);
  }

  private static String panel(Transaction payment) {
    return panel(Alert.newBuilder(plain()).setTransaction(payment).build());
  }

  private static String panel(Alert alert) {
    return new AlertPanel(stored(alert), why(alert, null), List.of(), List.of(), NOW)
        .render()
        .html();
  }

  private static WhySection why(Alert alert, @Nullable AlertReasons reasons) {
    return new WhySection(alert, reasons, ReasonLanguage.ENGLISH, NOW);
  }

  private static AlertReasons hostileReasons() {
    AlertReason reason =
        AlertReason.newBuilder()
            .setCode(HOSTILE)
            .setFamily(HOSTILE)
            .setFeature(HOSTILE)
            .setValue(1)
            .setLogOdds(1)
            .setEnglish(HOSTILE)
            .setChinese(HOSTILE)
            .build();
    return AlertReasons.newBuilder()
        .setAlertId(HOSTILE)
        .setRelease(HOSTILE)
        .setTableVersion(HOSTILE)
        .setExpectedMargin(0)
        .setMargin(1)
        .setExplainedAtMs(1)
        .setReasons(List.of(reason))
        .build();
  }

  private static StoredAlert stored(Alert alert) {
    return new StoredAlert(7, alert);
  }

  private static Alert plain() {
    Alert sample = new SampleAlerts(1, NOW.toEpochMilli()).alert(1, NOW.toEpochMilli() - 30_000);
    Transaction payment =
        Transaction.newBuilder(sample.getTransaction())
            .setPayerAccount("ACC-1")
            .setPayeeAccount(null)
            .setMerchantId("SHOP-9")
            .setAmountMinor(123_450)
            .setCurrency("GBP")
            .setPayerCountry("GB")
            .setPayeeCountry("FR")
            .build();
    return Alert.newBuilder(sample)
        .setAlertId("a1")
        .setTransaction(payment)
        .setScore(0.9132)
        .setThreshold(0.5)
        .setOutcome(Outcome.HOLD)
        .setFeatureNames(
            List.of(
                "account_count_1h",
                "account_mean_1h",
                "account_count_30d",
                "account_mean_30d",
                "counterparty_count_1h",
                "hour_of_day"))
        .setFeatureValues(List.of(2f, 617.25f, 9f, 100f, Float.NaN, 13.5f))
        .build();
  }

  private static Alert hostile() {
    Transaction payment =
        Transaction.newBuilder(plain().getTransaction())
            .setTransactionId(HOSTILE)
            .setSource(HOSTILE)
            .setPayerAccount(HOSTILE)
            .setPayeeAccount(HOSTILE)
            .setCustomerId(HOSTILE)
            .setMerchantId(HOSTILE)
            .setTerminalId(HOSTILE)
            .setMerchantCategory(HOSTILE)
            .setDeviceId(HOSTILE)
            .setIpAddress(HOSTILE)
            .setPayerCountry(HOSTILE)
            .setPayeeCountry(HOSTILE)
            .setChannel(HOSTILE)
            .setCurrency(HOSTILE)
            .setCardLastFour("<b>'")
            .build();
    return Alert.newBuilder(plain())
        .setAlertId(HOSTILE)
        .setTransaction(payment)
        .setRelease(HOSTILE)
        .setRules(List.of(HOSTILE))
        .setRuleSet(HOSTILE)
        .setDegraded(HOSTILE)
        .setFeatureNames(List.of(HOSTILE, "account_mean_1h"))
        .setFeatureValues(List.of(1f, 2f))
        .build();
  }
}
