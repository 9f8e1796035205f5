package dev.tidegate.console.page;

import dev.tidegate.schemas.event.EpisodeState;
import dev.tidegate.schemas.event.EvidencePayment;
import dev.tidegate.schemas.event.PatternAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The path of the money behind a pattern's alert: what happened in a sentence, the accounts and
 * payments as a drawing, and the payments as a table. Takes the place of the reasons, and of itself
 * when the episode grows.
 *
 * @param episode the newest version
 * @param language the language that is shown first
 * @param now the moment
 */
public record PathSection(PatternAlert episode, ReasonLanguage language, Instant now)
    implements Section {
  private static final Comparator<EvidencePayment> OLDEST_FIRST =
      Comparator.comparingLong(EvidencePayment::getTimeMs)
          .thenComparing(EvidencePayment::getTransactionId);

  @Override
  public Markup render() {
    PatternWords words = PatternWords.of(episode);
    return Markup.of(
        "<section class=\"why path\" data-why=\"{}\" data-version=\"{}\" aria-label=\"Money path\">"
            + "<div class=\"head\"><h2>{}</h2>{}</div><p class=\"meaning text\">{}</p>{}{}{}{}"
            + "<p class=\"said\">{}</p></section>",
        episode.getAlertId(),
        episode.getVersion(),
        Markup.of(
            "<span class=\"text\">{}</span>",
            both(words.title(ReasonLanguage.ENGLISH), words.title(ReasonLanguage.CHINESE))),
        language.choice(),
        both(words.meaning(ReasonLanguage.ENGLISH), words.meaning(ReasonLanguage.CHINESE)),
        figures(),
        new PathDrawing(episode).render(),
        legend(),
        payments(),
        state());
  }

  /** A text in both languages, one of which is shown. */
  static Markup both(String english, String chinese) {
    return Markup.of(
        "<bdi class=\"en\" lang=\"en\">{}</bdi><bdi class=\"zh\" lang=\"zh\">{}</bdi>",
        english,
        chinese);
  }

  private Markup figures() {
    Duration length = Duration.ofMillis(episode.getLastPaymentMs() - episode.getFirstPaymentMs());
    return Markup.of(
        "<dl class=\"figures\">{}{}{}{}{}</dl>",
        figure("Account", "\u8d26\u6237", Wording.name(episode.getFocus())),
        figure("Payments", "\u4ed8\u6b3e\u7b14\u6570", Amounts.count(episode.getPayments())),
        figure("Accounts", "\u8d26\u6237\u6570", Amounts.count(episode.getAccounts())),
        figure("Within", "\u5386\u65f6", Moments.span((double) length.toSeconds())),
        figure("Money moved", "\u8d44\u91d1\u603b\u989d", total()));
  }

  private static Markup figure(String english, String chinese, Object value) {
    return Markup.of(
        "<div><dt class=\"text\">{}</dt><dd>{}</dd></div>", both(english, chinese), value);
  }

  /** Of what is listed, by currency. */
  private Markup total() {
    TreeMap<String, Long> sums = new TreeMap<>();
    for (EvidencePayment payment : episode.getEvidencePayments()) {
      sums.merge(payment.getCurrency(), payment.getAmountMinor(), Long::sum);
    }
    return Markup.each(
        sums.entrySet(),
        sum ->
            Markup.of(
                "<span class=\"figure\">{} <abbr>{}</abbr></span> ",
                Amounts.major(sum.getValue(), sum.getKey()),
                sum.getKey()));
  }

  private static Markup legend() {
    return Markup.of(
        "<p class=\"legend\"><span class=\"source\"><i></i><span class=\"text\">{}</span></span>"
            + "<span class=\"mule\"><i></i><span class=\"text\">{}</span></span>"
            + "<span class=\"sink\"><i></i><span class=\"text\">{}</span></span></p>",
        both("source: pays first", "\u6765\u6e90\uff1a\u9996\u5148\u4ed8\u6b3e"),
        both("mule: passes money on", "\u4e2d\u8f6c\uff1a\u8f6c\u624b\u8d44\u91d1"),
        both("sink: is only paid", "\u7ec8\u70b9\uff1a\u53ea\u6536\u5165"));
  }

  private Markup payments() {
    List<EvidencePayment> sorted =
        episode.getEvidencePayments().stream().sorted(OLDEST_FIRST).toList();
    int payments = episode.getPayments() - sorted.size();
    int accounts = episode.getAccounts() - episode.getEvidenceAccounts().size();
    return Markup.of(
        "<div class=\"hops\" tabindex=\"0\" role=\"region\" aria-label=\"Payments of the path\">"
            + "<table><tbody>{}</tbody></table></div>{}",
        Markup.each(sorted, this::row),
        Markup.when(
            payments > 0 || accounts > 0,
            Markup.of(
                "<p class=\"said text\">{}</p>",
                both(
                    "Not listed: "
                        + Amounts.count(payments)
                        + " more payments, "
                        + Amounts.count(accounts)
                        + " more accounts.",
                    "\u672a\u5217\u51fa\uff1a\u53e6\u6709 "
                        + Amounts.count(payments)
                        + " \u7b14\u4ed8\u6b3e\u3001"
                        + Amounts.count(accounts)
                        + " \u4e2a\u8d26\u6237\u3002"))));
  }

  private Markup row(EvidencePayment payment) {
    return Markup.of(
        "<tr{}><td>{}</td><td>{}</td><td class=\"arrow\">\u2192</td><td>{}</td>"
            + "<td class=\"figure\" title=\"{}\">{} <abbr>{}</abbr></td></tr>",
        Markup.when(
            payment.getTransactionId().equals(episode.getUpdatedBy()),
            Markup.of(" class=\"latest\"")),
        Moments.brief(payment.getTimeMs()),
        Wording.name(payment.getFromAccount()),
        Wording.name(payment.getToAccount()),
        payment.getTransactionId(),
        Amounts.major(payment.getAmountMinor(), payment.getCurrency()),
        payment.getCurrency());
  }

  private Markup state() {
    boolean open = episode.getState() == EpisodeState.OPEN;
    return Markup.of(
        "<span class=\"text\">{}</span>",
        both(
            (open ? "Open, may still grow" : "Closed") + ", version " + episode.getVersion() + ".",
            (open
                    ? "\u8fdb\u884c\u4e2d\uff0c\u53ef\u80fd\u7ee7\u7eed\u589e\u957f"
                    : "\u5df2\u7ed3\u675f")
                + "\uff0c\u7b2c "
                + episode.getVersion()
                + " \u7248\u3002"));
  }
}
