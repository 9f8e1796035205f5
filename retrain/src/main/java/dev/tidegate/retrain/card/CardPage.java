package dev.tidegate.retrain.card;

import dev.tidegate.retrain.evaluate.Evaluation;
import dev.tidegate.retrain.gate.Check;
import dev.tidegate.retrain.outcome.FairnessMeasure;
import dev.tidegate.retrain.outcome.FairnessReading;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model card as one HTML page that needs nothing else: no script, no font, no network. */
public final class CardPage {
  /** Its name in a release. */
  public static final String FILE = "card.html";

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--line:#dbe1e8;--back:#fff;--fill:#f4f6f9;
      --old:#9aa7b8;--new:#1f6feb;--good:#1a7f4b;--bad:#b3261e}
      @media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#9aa6b5;--line:#2d3744;--back:#12171e;
      --fill:#1a212b;--old:#64748b;--new:#58a6ff;--good:#4cc38a;--bad:#f2857d}}
      *{box-sizing:border-box}
      body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--back);margin:0}
      main{max-width:68rem;margin:0 auto;padding:2.2rem 1.4rem 4rem}
      h1{font-size:1.55rem;margin:0}h2{font-size:1.05rem;margin:2.2rem 0 .6rem}
      p{margin:.35rem 0}.soft{color:var(--soft)}
      .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.8rem;margin-top:1.2rem}
      .tile{background:var(--fill);border:1px solid var(--line);border-radius:.5rem;padding:.7rem .9rem}
      .tile b{display:block;font-size:1.45rem;font-variant-numeric:tabular-nums}
      .wide{overflow-x:auto}
      table{border-collapse:collapse;width:100%}
      th,td{text-align:left;padding:.35rem .7rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}
      th{color:var(--soft);font-weight:600;font-size:.85rem}
      td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
      code{font-size:.82rem;word-break:break-all}
      .good{color:var(--good);font-weight:600}.bad{color:var(--bad);font-weight:600}
      svg{display:block}svg .old{fill:var(--old)}svg .new{fill:var(--new)}
      .key i{display:inline-block;width:.8rem;height:.8rem;border-radius:2px;margin:0 .35rem 0 1rem}
      li{margin:.25rem 0}
      """;

  private final StringBuilder page = new StringBuilder();
  private final ModelCard card;

  private CardPage(ModelCard card) {
    this.card = card;
  }

  /** The page, UTF-8. */
  public static byte[] of(ModelCard card) {
    CardPage page = new CardPage(card);
    page.write();
    return page.page.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write() {
    String title = "Model card: " + card.release().name();
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>")
        .append(escaped(title))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><main>\n<h1>")
        .append(escaped(card.release().name()))
        .append("</h1>\n<p class=\"soft\">")
        .append(escaped(card.purpose()))
        .append("</p>\n");
    tiles();
    gates();
    segments();
    data();
    drift();
    fairness();
    heading("Limits");
    page.append("<ul>");
    card.limits().forEach(limit -> page.append("<li>").append(escaped(limit)).append("</li>"));
    page.append("</ul>\n</main></body></html>\n");
  }

  private void tiles() {
    Evaluation before = card.performance().champion();
    Evaluation after = card.performance().challenger();
    String budget = number(card.release().alertBudgetPercent());
    page.append("<div class=\"tiles\">");
    tile("PR-AUC", figure(after.prAuc()), "champion " + figure(before.prAuc()));
    tile(
        "recall at " + budget + " % alerts",
        figure(after.recallAtBudget()),
        "champion " + figure(before.recallAtBudget()));
    tile(
        "precision at " + budget + " % alerts",
        figure(after.precisionAtBudget()),
        "champion " + figure(before.precisionAtBudget()));
    tile(
        "alerts from score",
        figure(card.release().threshold()),
        "recall there " + figure(after.recallAtThreshold()));
    page.append("</div>\n");
  }

  private void tile(String name, String value, String beside) {
    page.append("<div class=\"tile\"><span class=\"soft\">")
        .append(escaped(name))
        .append("</span><b>")
        .append(escaped(value))
        .append("</b><span class=\"soft\">")
        .append(escaped(beside))
        .append("</span></div>");
  }

  private void gates() {
    heading("Gates");
    head("gate", "", "found");
    for (Check check : card.gates().checks()) {
      row(
          escaped(check.gate()),
          check.passed()
              ? "<span class=\"good\">passed</span>"
              : "<span class=\"bad\">refused</span>",
          escaped(check.sentence()));
    }
    foot();
  }

  private void segments() {
    if (card.performance().segments().isEmpty()) {
      return;
    }
    heading("Recall by segment and kind of fraud, one alert budget over all payments");
    page.append(
        "<p class=\"soft key\"><i style=\"background:var(--old)\"></i>champion"
            + "<i style=\"background:var(--new)\"></i>this release</p>\n");
    head("segment", "#payments", "#frauds", "#champion", "#release", "");
    for (ModelCard.Segment segment : card.performance().segments()) {
      row(
          escaped(segment.name()),
          "#" + count(segment.rows()),
          "#" + count(segment.frauds()),
          "#" + figure(segment.championRecall()),
          "#" + figure(segment.challengerRecall()),
          bars(segment.championRecall(), segment.challengerRecall()));
    }
    foot();
  }

  private static String bars(double before, double after) {
    return "<svg width=\"160\" height=\"18\" role=\"img\" aria-label=\"recall\">"
        + bar("old", 1, before)
        + bar("new", 10, after)
        + "</svg>";
  }

  private static String bar(String kind, int y, double share) {
    double width = Double.isNaN(share) ? 0 : 160 * Math.max(0, Math.min(1, share));
    return String.format(
        Locale.ROOT,
        "<rect class=\"%s\" x=\"0\" y=\"%d\" width=\"%.1f\" height=\"7\" rx=\"2\"/>",
        kind,
        y,
        width);
  }

  private void data() {
    heading("Data");
    head("", "from", "until", "#payments", "#frauds");
    rows("learned from", card.data().training());
    rows("judged on", card.data().window());
    foot();
    page.append("<p>Labels known at ")
        .append(escaped(card.data().labelsKnownAt()))
        .append(" count; a payment without one is legitimate from an age of ")
        .append(escaped(days(card.data().maturity())))
        .append(" on.</p>\n");
    card.data()
        .left()
        .forEach(
            (why, many) ->
                page.append("<p class=\"soft\">left out: ")
                    .append(count(many))
                    .append(' ')
                    .append(escaped(why))
                    .append("</p>\n"));
    heading("Where it comes from");
    head("", "");
    card.request()
        .forEach((key, value) -> row(escaped(key), "<code>" + escaped(value) + "</code>"));
    row("model file", "<code>" + escaped(card.release().modelSha256()) + "</code>");
    row("features", "<code>" + escaped(card.release().featureDigest()) + "</code>");
    for (Map.Entry<String, Double> figure : card.release().figures().entrySet()) {
      row(escaped(figure.getKey()), number(figure.getValue()));
    }
    foot();
  }

  private void rows(String name, ModelCard.Rows rows) {
    row(
        escaped(name),
        escaped(rows.since()),
        escaped(rows.until()),
        "#" + count(rows.rows()),
        "#" + count(rows.frauds()));
  }

  private void drift() {
    heading("Drift between what it learned from and what it was judged on");
    page.append("<p>PSI of the score ")
        .append(figure(card.drift().scorePsi()))
        .append(". Features that moved most:</p>\n");
    head("feature", "#PSI", "#beyond chance from", "#no value, learned", "#no value, judged");
    for (ModelCard.FeatureDrift of : card.drift().features()) {
      row(
          escaped(of.name()),
          "#" + figure(of.psi()),
          "#" + figure(of.threshold()),
          "#" + figure(of.nullRateTraining()),
          "#" + figure(of.nullRateWindow()));
    }
    foot();
  }

  private void fairness() {
    heading("Fairness");
    if (card.fairness().isEmpty()) {
      page.append("<p>No groups are configured, so nothing was compared.</p>\n");
      return;
    }
    head("group", "measure", "#payments", "#ratio", "#interval", "#limit", "");
    for (FairnessReading of : card.fairness()) {
      row(
          escaped(of.group()),
          of.measure() == FairnessMeasure.DISPARATE_IMPACT
              ? "let through, against all others"
              : "legitimate stopped, against all others",
          "#" + count(of.rows()),
          "#" + figure(of.ratio()),
          "#" + figure(of.low()) + " to " + figure(of.high()),
          "#" + figure(of.limit()),
          of.breached()
              ? "<span class=\"bad\">beyond</span>"
              : "<span class=\"good\">within</span>");
    }
    foot();
  }

  private void heading(String text) {
    page.append("<h2>").append(escaped(text)).append("</h2>\n");
  }

  /** Columns; a number's begins with a hash sign. */
  private void head(String... names) {
    page.append("<div class=\"wide\"><table>");
    if (!String.join("", names).isEmpty()) {
      page.append("<thead><tr>");
      List<String> cells = new ArrayList<>();
      for (String name : names) {
        cells.add(cell("th", name));
      }
      page.append(String.join("", cells)).append("</tr></thead>");
    }
    page.append("<tbody>\n");
  }

  /** Cells as HTML; a number begins with a hash sign. */
  private void row(String... cells) {
    page.append("<tr>");
    for (String cell : cells) {
      page.append(cell("td", cell));
    }
    page.append("</tr>\n");
  }

  private static String cell(String tag, String content) {
    return content.startsWith("#")
        ? "<" + tag + " class=\"n\">" + content.substring(1) + "</" + tag + ">"
        : "<" + tag + ">" + content + "</" + tag + ">";
  }

  private void foot() {
    page.append("</tbody></table></div>\n");
  }

  private static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String figure(@Nullable Double value) {
    return value == null || Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value)
            .round(new MathContext(4, RoundingMode.HALF_EVEN))
            .stripTrailingZeros()
            .toPlainString()
        : "–";
  }

  private static String days(String iso) {
    Duration span = Duration.parse(iso);
    return span.equals(Duration.ofDays(span.toDays())) ? span.toDays() + " days" : iso;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
