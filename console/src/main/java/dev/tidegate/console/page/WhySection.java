package dev.tidegate.console.page;

import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReason;
import dev.tidegate.schemas.event.AlertReasons;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an alert was raised: the heaviest reasons, each with what it adds to the log odds. Both
 * languages are in the page; a switch, which needs no script, hides one of them.
 *
 * @param alert the alert
 * @param reasons its reasons; null while none have come
 * @param language the language that is shown first
 * @param now the moment
 */
public record WhySection(
    Alert alert, @Nullable AlertReasons reasons, ReasonLanguage language, Instant now)
    implements Section {
  private static final int MOST = 8;
  private static final int BAR = 100;

  /** Smallest difference that a figure with two decimals shows. */
  private static final double VISIBLE = 0.005;

  /** Largest difference of two probabilities that are called the same. */
  private static final double SAME = 0.0005;

  private static final Comparator<AlertReason> HEAVIEST_FIRST =
      Comparator.comparingDouble(WhySection::weight).reversed();

  /** The section alone; what the page's script puts in place when reasons have come. */
  @Override
  public Markup render() {
    return Markup.of(
        "<section class=\"why\" data-why=\"{}\" data-version=\"{}\" aria-label=\"Why\">{}</section>",
        alert.getAlertId(),
        version(),
        reasons == null ? waiting() : explained(reasons));
  }

  /** Tells the page's script whether what it shows is what it gets. */
  private String version() {
    return reasons == null
        ? ""
        : reasons.getExplainedAtMs() + " " + Integer.toHexString(reasons.hashCode());
  }

  private Markup waiting() {
    boolean scored = Double.isFinite(alert.getScore());
    return Markup.of(
        "<h2>Why</h2><p class=\"none\">{}</p>",
        scored
            ? "No reasons yet: models made of trees send them after the alert, and they appear here."
            : "No model scored this payment, so no model has reasons to give.");
  }

  private Markup explained(AlertReasons known) {
    List<AlertReason> shown =
        known.getReasons().stream().sorted(HEAVIEST_FIRST).limit(MOST).toList();
    return Markup.of(
        "<div class=\"head\"><h2>Why <small>{}</small></h2>{}</div>{}{}{}",
        shown.isEmpty() ? "" : "what each adds to the log odds of fraud",
        Markup.when(!shown.isEmpty(), language.choice()),
        fromTo(known),
        shown.isEmpty()
            ? Markup.of("<p class=\"none\">No family of features speaks for fraud.</p>")
            : list(shown, rest(known, shown)),
        source(known));
  }

  private Markup fromTo(AlertReasons known) {
    double margin = known.getMargin();
    boolean same = Math.abs(Wording.probability(margin) - alert.getScore()) <= SAME;
    return Markup.of(
        "<p class=\"from-to\">From <strong>{}</strong>, where nothing is known of a payment, to"
            + " <strong>{}</strong> for this one.{}</p>",
        Wording.share(known.getExpectedMargin()),
        Wording.share(margin),
        same || !Double.isFinite(margin) || !Double.isFinite(alert.getScore())
            ? ""
            : " The score above is what the release makes of it.");
  }

  private Markup list(List<AlertReason> shown, double rest) {
    double heaviest = weight(shown.get(0));
    return Markup.of(
        "<ol class=\"reasons\">{}{}</ol>",
        Markup.each(shown, reason -> entry(reason, heaviest)),
        Markup.when(
            Math.abs(rest) >= VISIBLE,
            Markup.of(
                "<li class=\"rest\"><p class=\"text\">Everything else</p>{}</li>", adds(rest))));
  }

  private Markup entry(AlertReason reason, double heaviest) {
    FeatureWords words = FeatureWords.of(reason.getFeature());
    return Markup.of(
        "<li><p class=\"text\">{}{}</p>{}{}<p class=\"cause\"><code>{}</code> <bdi>{}</bdi>"
            + " <b title=\"{}\">{}</b></p></li>",
        text(ReasonLanguage.ENGLISH, reason),
        text(ReasonLanguage.CHINESE, reason),
        adds(reason.getLogOdds()),
        bar(reason.getLogOdds(), heaviest),
        reason.getCode(),
        words.label(),
        reason.getFeature(),
        words.form().text(reason.getValue(), alert.getTransaction().getCurrency()));
  }

  /** The text in a language; in the other one where it lacks, else the family's name. */
  private static Markup text(ReasonLanguage wanted, AlertReason reason) {
    String text = wanted.textOf(reason);
    if (!text.isBlank()) {
      return text(wanted, wanted, text);
    }
    String other = wanted.other().textOf(reason);
    return other.isBlank()
        ? text(wanted, ReasonLanguage.ENGLISH, FeatureMeasure.title(reason.getFamily()))
        : text(wanted, wanted.other(), other);
  }

  private static Markup text(ReasonLanguage wanted, ReasonLanguage actual, String text) {
    return Markup.of("<bdi class=\"{}\" lang=\"{}\">{}</bdi>", wanted.tag(), actual.tag(), text);
  }

  private static Markup adds(double logOdds) {
    if (!Double.isFinite(logOdds)) {
      return Markup.of("<span class=\"adds none\">\u2013</span>");
    }
    return Markup.of(
        "<span class=\"adds\" title=\"odds \u00d7 {}\">{}<span class=\"hush\"> log odds</span></span>",
        Wording.times(Math.exp(logOdds)),
        Wording.change(logOdds));
  }

  private static Markup bar(double logOdds, double heaviest) {
    double share = heaviest > 0 && Double.isFinite(logOdds) ? Math.abs(logOdds) / heaviest : 0;
    return Markup.of(
        "<svg class=\"bar{}\" viewBox=\"0 0 {} 8\" preserveAspectRatio=\"none\""
            + " aria-hidden=\"true\"><rect class=\"track\" y=\"2\" width=\"{}\" height=\"4\"/>"
            + "<rect class=\"fill\" y=\"2\" width=\"{}\" height=\"4\"/></svg>",
        logOdds < 0 ? " against" : "",
        BAR,
        BAR,
        Wording.along(share, BAR));
  }

  private Markup source(AlertReasons known) {
    return Markup.of(
        "<p class=\"said\">Table of reasons <bdi>{}</bdi>, release <bdi>{}</bdi>, explained {}.</p>",
        known.getTableVersion(),
        known.getRelease(),
        Moments.sentence(known.getExplainedAtMs(), now));
  }

  private static double rest(AlertReasons known, List<AlertReason> shown) {
    double told = shown.stream().mapToDouble(AlertReason::getLogOdds).sum();
    return known.getMargin() - known.getExpectedMargin() - told;
  }

  /** How much a reason moves the odds, whichever way; nothing where it does not say. */
  private static double weight(AlertReason reason) {
    return Double.isFinite(reason.getLogOdds()) ? Math.abs(reason.getLogOdds()) : 0;
  }
}
