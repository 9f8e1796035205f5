package dev.tidegate.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.console.SampleAlerts;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReason;
import dev.tidegate.schemas.event.AlertReasons;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WhySectionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String CHINESE_TEXT = "\u591a\u7b14\u4ea4\u6613";
  private static final String VERSION = "data-version=\"[^\"]+\"";

  @Test
  void shouldSayInOneLineThatNoReasonsHaveCome() {
    assertThat(html(null))
        .startsWith("<section class=\"why\" data-why=\"a1\" data-version=\"\"")
        .contains("<p class=\"none\">No reasons yet: models made of trees")
        .doesNotContain("<ol", "<fieldset");
    Alert unscored = Alert.newBuilder(alert()).setScore(Double.NaN).build();
    assertThat(new WhySection(unscored, null, ReasonLanguage.ENGLISH, NOW).render().html())
        .contains("No model scored this payment");
  }

  @Test
  void shouldShowTextCodeFeatureAndValueAsTheVectorWordsThem() {
    AlertReason count = reason("R01", "card_count_1h", 1204, 2);
    AlertReason since = reason("R02", "device_time_since", 725, 1);
    AlertReason ratio = reason("R03", "amount_per_card_mean_7d", 4.25f, 0.5);
    AlertReason missing = reason("R04", "account_sum_7d", Float.NaN, 0.25);
    AlertReason hour = reason("R05", "hour_of_day", 13.5f, 0.125);

    assertThat(html(reasons(count, since, ratio, missing, hour)))
        .contains(
            "<bdi class=\"en\" lang=\"en\">Text of R01</bdi>"
                + "<bdi class=\"zh\" lang=\"zh\">"
                + CHINESE_TEXT
                + "</bdi>",
            "<code>R01</code> <bdi>Card \u00b7 Payments \u00b7 1h</bdi>"
                + " <b title=\"card_count_1h\">1,204</b>",
            "<bdi>Device \u00b7 Since the payment before</bdi>"
                + " <b title=\"device_time_since\">12 min 5 s</b>",
            "<bdi>Amount \u00f7 card mean 7d</bdi> <b title=\"amount_per_card_mean_7d\">4.25</b>",
            "<b title=\"account_sum_7d\">\u2013</b>",
            "<bdi>Hour of day</bdi> <b title=\"hour_of_day\">13:30</b>");
  }

  @Test
  void shouldDrawEachBarAgainstTheHeaviestAndTheHeaviestFirst() {
    String html = html(reasons(reason("R02", "amount", 1, 0.5), reason("R01", "amount", 1, 2)));

    assertThat(html.indexOf("R01")).isLessThan(html.indexOf("R02"));
    assertThat(html)
        .containsSubsequence(
            "title=\"odds \u00d7 7.4\">+2.00<",
            "<rect class=\"fill\" y=\"2\" width=\"100.0\"",
            "title=\"odds \u00d7 1.6\">+0.50<",
            "<rect class=\"fill\" y=\"2\" width=\"25.0\"");
  }

  @Test
  void shouldTellBaseAndMarginAsProbabilitiesAndTheVersionOfTheTable() {
    AlertReasons known =
        AlertReasons.newBuilder(reasons(reason("R01", "amount", 1, 7)))
            .setExpectedMargin(Math.log(0.002 / 0.998))
            .setMargin(Math.log(0.9132 / 0.0868))
            .setTableVersion("2026-11")
            .build();
    AlertReasons extreme =
        AlertReasons.newBuilder(known).setExpectedMargin(-40).setMargin(40).build();

    assertThat(html(known))
        .contains(
            "From <strong>0.0020</strong>, where nothing is known of a payment, to"
                + " <strong>0.9132</strong> for this one.</p>",
            "Table of reasons <bdi>2026-11</bdi>, release <bdi>fraud-2026-02</bdi>, explained ",
            "30 s ago</time>")
        .doesNotContain("makes of it");
    assertThat(html(extreme))
        .contains("<strong>below 0.0001</strong>", "<strong>above 0.9999</strong>")
        .contains("The score above is what the release makes of it.");
  }

  @Test
  void shouldAccountForWhatItDoesNotName() {
    List<AlertReason> many = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      many.add(reason("R" + i, "amount", 1, 12 - i));
    }
    AlertReasons known = reasons(many.toArray(AlertReason[]::new));
    AlertReasons all =
        AlertReasons.newBuilder(known).setExpectedMargin(0).setMargin(78 - 5).build();

    assertThat(html(all))
        .contains("<code>R7</code>", "Everything else</p>", ">+5.00<")
        .doesNotContain("<code>R8</code>");
    AlertReasons exact = AlertReasons.newBuilder(all).setMargin(68).build();
    assertThat(html(exact)).doesNotContain("Everything else");
  }

  @Test
  void shouldSayThatNothingSpeaksForFraud() {
    assertThat(html(reasons()))
        .contains("No family of features speaks for fraud.", "Table of reasons")
        .doesNotContain("<ol", "<fieldset");
  }

  @Test
  void shouldTakeNumbersAndTextsThatAreMissing() {
    AlertReason odd =
        AlertReason.newBuilder(reason("R01", "f", Float.NEGATIVE_INFINITY, Double.NaN))
            .setFamily("card_velocity")
            .setEnglish(" ")
            .setChinese("")
            .build();
    AlertReason chinese = AlertReason.newBuilder(reason("R02", "f", 1, -1)).setEnglish("").build();
    AlertReasons known =
        AlertReasons.newBuilder(reasons(odd, chinese))
            .setExpectedMargin(Double.NaN)
            .setMargin(Double.POSITIVE_INFINITY)
            .build();

    assertThat(html(known))
        .contains(
            "<bdi class=\"en\" lang=\"en\">Card velocity</bdi>",
            "<bdi class=\"zh\" lang=\"en\">Card velocity</bdi>",
            "<bdi class=\"en\" lang=\"zh\">" + CHINESE_TEXT + "</bdi>",
            "<span class=\"adds none\">\u2013</span>",
            "<svg class=\"bar against\"",
            ">\u22121.00<",
            "From <strong>\u2013</strong>")
        .doesNotContain("NaN", "Infinity", "Everything else");
  }

  @Test
  void shouldCheckTheLanguageThatIsPreferred() {
    AlertReasons known = reasons(reason("R01", "amount", 1, 1));

    assertThat(new WhySection(alert(), known, ReasonLanguage.CHINESE, NOW).render().html())
        .contains("value=\"zh\" checked>", "value=\"en\"><span")
        .contains("<span lang=\"zh\">\u4e2d\u6587</span>");
    assertThat(html(known)).contains("value=\"en\" checked>", "value=\"zh\"><span");
  }

  @Test
  void shouldHaveAVersionThatChangesWithTheReasons() {
    String one = html(reasons(reason("R01", "amount", 1, 1)));
    String other = html(reasons(reason("R02", "amount", 1, 1)));

    assertThat(one).containsPattern(VERSION);
    assertThat(version(one)).isNotEqualTo(version(other)).isEqualTo(version(one));
  }

  private static String version(String html) {
    return html.replaceAll("(?s).*(" + VERSION + ").*", "$1");
  }

  private static String html(@Nullable AlertReasons reasons) {
    return new WhySection(alert(), reasons, ReasonLanguage.ENGLISH, NOW).render().html();
  }

  private static Alert alert() {
    Alert sample = new SampleAlerts(1, NOW.toEpochMilli()).alert(1, NOW.toEpochMilli() - 30_000);
    return Alert.newBuilder(sample).setAlertId("a1").setScore(0.9132).build();
  }

  private static AlertReasons reasons(AlertReason... reasons) {
    return AlertReasons.newBuilder()
        .setAlertId("a1")
        .setRelease("fraud-2026-02")
        .setTableVersion("1")
        .setExpectedMargin(-6)
        .setMargin(2)
        .setExplainedAtMs(NOW.toEpochMilli() - 30_000)
        .setReasons(List.of(reasons))
        .build();
  }

  private static AlertReason reason(String code, String feature, float value, double logOdds) {
    return AlertReason.newBuilder()
        .setCode(code)
        .setFamily("family")
        .setFeature(feature)
        .setValue(value)
        .setLogOdds(logOdds)
        .setEnglish("Text of " + code)
        .setChinese(CHINESE_TEXT)
        .build();
  }
}
