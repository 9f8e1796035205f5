package dev.tidegate.console.page;

import dev.tidegate.console.status.PlatformStatus;
import dev.tidegate.console.status.Standing;
import dev.tidegate.schemas.event.Outcome;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The counts at the top of the page. The server writes them into the page, and the stream sends the
 * same texts by the same keys, so that the script only has to put them in place.
 */
public final class StatusStrip {
  private StatusStrip() {}

  /** Texts by key; a key without a text has nothing to show. */
  public static Map<String, String> texts(Standing standing) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("today", Amounts.count(standing.counts().today()));
    texts.put("total", Amounts.count(standing.counts().total()));
    for (Outcome outcome : Outcome.values()) {
      long count = standing.counts().byOutcome().getOrDefault(outcome, 0L);
      texts.put("outcome-" + outcome.name(), Amounts.count(count));
    }
    texts.put("intake", intake(standing));
    PlatformStatus platform = standing.platform();
    if (platform != null) {
      texts.put("feed", platform.feed());
      texts.put("decisions", Amounts.count(platform.decisions()));
      texts.put("rejected", Amounts.count(platform.rejected()));
      texts.put("rate", rate(platform.decisionsPerSecond()));
      texts.put("p99", millis(platform.p99Millis()));
    }
    return texts;
  }

  static Markup render(Standing standing) {
    Map<String, String> texts = texts(standing);
    return Markup.of(
        "<dl class=\"strip\" aria-label=\"Counts\">{}{}{}{}{}{}</dl>",
        item(texts, "today", "Alerts today", ""),
        item(texts, "total", "All alerts", ""),
        item(texts, "decisions", "Decisions", ""),
        item(texts, "rate", "Rate", "/s"),
        item(texts, "p99", "p99", ""),
        item(texts, "feed", "Feed", ""));
  }

  private static Markup item(Map<String, String> texts, String key, String label, String unit) {
    String text = texts.get(key);
    return text == null
        ? Markup.EMPTY
        : Markup.of(
            "<div class=\"s-{}\"{}><dt>{}</dt><dd><span data-live=\"{}\">{}</span>{}</dd></div>",
            key,
            Markup.when(text.isEmpty(), Markup.of(" hidden")),
            label,
            key,
            text,
            unit);
  }

  private static String intake(Standing standing) {
    return switch (standing.intake().phase()) {
      case STARTING -> "connecting to the alert log";
      case RUNNING -> "reading the alert log";
      case RETRYING -> "alert log not readable, trying again: " + standing.intake().note();
      case STOPPED -> "stopped";
    };
  }

  private static String rate(double perSecond) {
    return perSecond < 10
        ? String.format(Locale.ROOT, "%.1f", perSecond)
        : Amounts.count(Math.round(perSecond));
  }

  private static String millis(double millis) {
    if (!Double.isFinite(millis)) {
      return "";
    }
    return millis < 10
        ? String.format(Locale.ROOT, "%.1f ms", millis)
        : Amounts.count(Math.round(millis)) + " ms";
  }
}
