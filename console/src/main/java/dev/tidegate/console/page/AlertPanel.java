package dev.tidegate.console.page;

import dev.tidegate.console.status.Standing;
import dev.tidegate.console.store.StoredAlert;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One alert with its evidence, beside the queue or as a page of its own.
 *
 * @param stored the alert
 * @param why its reasons, or the path of its money
 * @param sameAccount other alerts of the paying account, newest payment first
 * @param sameCounterparty other alerts at the same counterparty, newest payment first
 * @param linked who its accounts and customers are linked with
 * @param now the moment
 */
public record AlertPanel(
    StoredAlert stored,
    Section why,
    List<StoredAlert> sameAccount,
    List<StoredAlert> sameCounterparty,
    LinkedSection linked,
    Instant now) {
  private static final Comparator<StoredAlert> NEWEST_PAYMENT =
      Comparator.<StoredAlert>comparingLong(one -> one.alert().getTransaction().getEventTimeMs())
          .thenComparingLong(StoredAlert::seq)
          .reversed();

  /** Of an alert whose accounts and customers nobody knows to be linked. */
  AlertPanel(
      StoredAlert stored,
      Section why,
      List<StoredAlert> sameAccount,
      List<StoredAlert> sameCounterparty,
      Instant now) {
    this(stored, why, sameAccount, sameCounterparty, LinkedSection.NONE, now);
  }

  /** The alert as a page of its own. */
  public Markup page(Layout layout, Standing standing) {
    return layout.page(
        "Alert " + heading(),
        standing,
        Markup.of(
            "<div class=\"single\"><p class=\"back\"><a href=\"/\">All alerts</a></p>{}</div>",
            render()));
  }

  /** The alert alone. */
  public Markup render() {
    Alert alert = stored.alert();
    // A drawing needs the whole width; reasons stand beside what is related.
    boolean path = PatternWords.of(alert) != null;
    Markup shown = why.render();
    return Markup.of(
        """
        <article class="detail" data-detail="{}">
        {}{}
        <div class="columns"><div>{}{}</div><div>{}{}</div></div>{}{}
        <p class="foot"><a href="/api/alerts/{}">JSON</a> <span>Alert <code>{}</code></span></p>
        </article>
        """,
        alert.getAlertId(),
        header(alert),
        path ? Markup.of("{}{}", verdict(alert), shown) : Markup.EMPTY,
        path ? Markup.EMPTY : Markup.of("{}{}", verdict(alert), shown),
        facts(alert),
        related("Alerts of this account", "account:" + payer(), sameAccount, true),
        counterpartySection(),
        linked.render(shown.html().contains("reason-language")),
        new VectorSection(alert).render(),
        Markup.address(alert.getAlertId()),
        alert.getAlertId());
  }

  private String heading() {
    PatternWords words = PatternWords.of(stored.alert());
    if (words != null) {
      return words.english();
    }
    Transaction payment = stored.alert().getTransaction();
    return Amounts.major(payment.getAmountMinor(), payment.getCurrency())
        + " "
        + payment.getCurrency();
  }

  private Markup header(Alert alert) {
    Transaction payment = alert.getTransaction();
    return Markup.of(
        """
        <header>
        <p class="eyebrow">{} lane, raised {}</p>
        <h1>{}</h1>
        <p class="route">{}{}</p>
        <div class="actions">{}<a class="own" href="{}">Open as a page</a>\
        <button type="button" class="close" data-close aria-label="Close">\u00d7</button></div>
        </header>""",
        Wording.lane(alert.getLane()),
        Moments.sentence(alert.getCreatedAtMs(), now),
        title(alert),
        Wording.name(payment.getPayerAccount()),
        Markup.when(
            !Wording.absent(payment),
            Markup.of(
                "<span class=\"arrow\" aria-label=\"to\">\u2192</span>{}",
                Wording.name(Wording.counterparty(payment)))),
        Wording.badge(alert),
        Wording.address(alert));
  }

  private static Markup title(Alert alert) {
    PatternWords words = PatternWords.of(alert);
    Transaction payment = alert.getTransaction();
    return words == null
        ? Markup.of(
            "{} <abbr>{}</abbr>",
            Amounts.major(payment.getAmountMinor(), payment.getCurrency()),
            payment.getCurrency())
        : Markup.of("{} <abbr>money path</abbr>", words.english());
  }

  private static Markup verdict(Alert alert) {
    if (PatternWords.of(alert) != null) {
      return Markup.of(
          """
          <section class="verdict" aria-label="Score">
          <p><strong>{}</strong> score</p><p><strong>{}</strong> threshold</p>
          {}<p class="said">How large the pattern is against the smallest that raises an alert. \
          Found by <bdi>{}</bdi>; no payment was stopped.</p>
          </section>""",
          Wording.score(alert.getScore(), 4),
          Wording.score(alert.getThreshold(), 4),
          Wording.scoreBar(alert, 220),
          alert.getRelease());
    }
    return Markup.of(
        """
        <section class="verdict" aria-label="Score">
        <p><strong>{}</strong> score</p><p><strong>{}</strong> threshold</p>
        {}{}<p class="said">{}{}{}</p>
        </section>""",
        Wording.score(alert.getScore(), 4),
        Wording.score(alert.getThreshold(), 4),
        Wording.scoreBar(alert, 220),
        fallBack(alert.getDegraded()),
        Markup.of(
            alert.getDegraded() == null
                ? "Scored by release <bdi>{}</bdi>."
                : "Release <bdi>{}</bdi>.",
            alert.getRelease()),
        ruleSet(alert.getRuleSet()),
        rules(alert.getRules()));
  }

  /** Says that the outcome is not a score's, and why. */
  private static Markup fallBack(@Nullable String degraded) {
    return degraded == null
        ? Markup.EMPTY
        : Markup.of(
            "<p class=\"degraded\"><strong>{}</strong> (<code>{}</code>): the outcome"
                + " is the configured fall-back.</p>",
            degraded.equals("rules-down") ? "No rule could be asked" : "No usable score",
            degraded);
  }

  private static Markup ruleSet(String version) {
    return version.isEmpty() ? Markup.EMPTY : Markup.of(" Rule set <bdi>{}</bdi>.", version);
  }

  private static Markup rules(List<String> rules) {
    return rules.isEmpty()
        ? Markup.EMPTY
        : Markup.of(
            " Rules that fired: {}", Markup.each(rules, r -> Markup.of("<code>{}</code> ", r)));
  }

  private static Markup facts(Alert alert) {
    Transaction payment = alert.getTransaction();
    return Markup.of(
        "<section aria-label=\"Payment\"><h2>{}</h2>"
            + "<dl class=\"facts\">{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}</dl></section>",
        PatternWords.of(alert) == null ? "Payment" : "Payment that raised the alert",
        fact("Payment made, UTC", Moments.full(payment.getEventTimeMs())),
        fact("Alert raised, UTC", Moments.full(alert.getCreatedAtMs())),
        fact("Amount", Wording.absent(payment) ? "not in evidence" : null),
        fact(Wording.absent(payment) ? "Account" : "Payer account", payment.getPayerAccount()),
        fact("Customer", payment.getCustomerId()),
        fact("Card", Wording.card(payment)),
        fact("Payee account", payment.getPayeeAccount()),
        fact("Merchant", payment.getMerchantId()),
        fact("Terminal", payment.getTerminalId()),
        fact("Category", payment.getMerchantCategory()),
        fact("Country", Wording.countries(payment)),
        fact("Channel", payment.getChannel()),
        fact("Device", payment.getDeviceId()),
        fact("IP address", payment.getIpAddress()),
        fact("Transaction", source(payment)));
  }

  private static Markup source(Transaction payment) {
    return Markup.of(
        "{} <small>{}, record {}</small>",
        Wording.name(payment.getTransactionId()),
        payment.getSource(),
        Amounts.count(payment.getSourceOffset()));
  }

  /** A fact, or nothing where the payment does not say. */
  private static Markup fact(String label, @Nullable Object value) {
    if (value == null || value.toString().isBlank()) {
      return Markup.EMPTY;
    }
    Object shown = value instanceof String text ? Wording.name(text) : value;
    return Markup.of("<div><dt>{}</dt><dd>{}</dd></div>", label, shown);
  }

  private Markup counterpartySection() {
    Transaction payment = stored.alert().getTransaction();
    String counterparty = Wording.counterparty(payment);
    return counterparty == null
        ? Markup.EMPTY
        : related(
            "Alerts " + Wording.atCounterparty(payment),
            "counterparty:" + counterparty,
            sameCounterparty,
            false);
  }

  private Markup related(String title, String query, List<StoredAlert> alerts, boolean account) {
    if (alerts.isEmpty()) {
      return Markup.of(
          "<section class=\"related\"><h2>{}</h2><p class=\"none\">No other so far.</p></section>",
          title);
    }
    List<StoredAlert> shown = new ArrayList<>(alerts);
    shown.add(stored);
    shown.sort(NEWEST_PAYMENT);
    return Markup.of(
        "<section class=\"related\"><h2>{} <a href=\"{}\">Show in the list</a></h2>"
            + "<ol class=\"timeline\">{}</ol></section>",
        title,
        QueuePage.link(query, "", null),
        Markup.each(shown, other -> entry(other.alert(), account)));
  }

  private Markup entry(Alert alert, boolean account) {
    Transaction payment = alert.getTransaction();
    boolean self = alert.getAlertId().equals(stored.alert().getAlertId());
    String other = account ? Wording.counterparty(payment) : payment.getPayerAccount();
    return Markup.of(
        "<li{}><a href=\"{}\">{}<span class=\"who\">{}</span>{}"
            + "<span class=\"figure\">{}</span>{}</a></li>",
        Markup.when(self, Markup.of(" aria-current=\"true\"")),
        Wording.address(alert),
        Moments.brief(payment.getEventTimeMs()),
        self ? Markup.of("this payment") : Wording.name(other),
        Wording.absent(payment)
            ? Wording.amount(payment)
            : Markup.of(
                "<span class=\"figure\">{} <abbr>{}</abbr></span>",
                Amounts.major(payment.getAmountMinor(), payment.getCurrency()),
                payment.getCurrency()),
        Wording.score(alert.getScore(), 3),
        Wording.badge(alert));
  }

  private String payer() {
    return stored.alert().getTransaction().getPayerAccount();
  }
}
