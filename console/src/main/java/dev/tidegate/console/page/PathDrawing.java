package dev.tidegate.console.page;

import dev.tidegate.console.page.PathLayout.Place;
import dev.tidegate.schemas.event.EvidenceAccount;
import dev.tidegate.schemas.event.EvidencePayment;
import dev.tidegate.schemas.event.PatternAlert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The accounts and payments of an episode as SVG: an account a box, coloured and named by its role,
 * a pair of accounts an arrow with the sum of its payments and the time of the latest. Where there
 * are too many arrows for words beside them, the words are their tooltips.
 */
record PathDrawing(PatternAlert episode) {
  private static final int MOST_WORDS = 20;
  private static final int LONGEST_NAME = 18;

  /** Payments from one account to another. */
  private static final class Link {
    final String from;
    final String to;
    final String currency;
    long amountMinor;
    int payments;
    long latestMs;
    boolean mixed;

    Link(EvidencePayment first) {
      from = first.getFromAccount();
      to = first.getToAccount();
      currency = first.getCurrency();
    }

    void add(EvidencePayment payment) {
      payments++;
      mixed |= !payment.getCurrency().equals(currency);
      amountMinor += payment.getAmountMinor();
      latestMs = Math.max(latestMs, payment.getTimeMs());
    }

    String words() {
      String times = payments > 1 ? " \u00d7" + payments : "";
      return mixed
          ? payments + " payments"
          : Amounts.major(amountMinor, currency) + " " + currency + times;
    }
  }

  Markup render() {
    List<Link> links = links();
    PathLayout layout = PathLayout.of(episode);
    boolean words = links.size() <= MOST_WORDS;
    return Markup.of(
        "<div class=\"drawing\"><svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">"
            + "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\""
            + " markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0.5 8 4 0 7.5z\"/></marker></defs>"
            + "{}{}{}</svg></div>",
        layout.width(),
        layout.height(),
        "Accounts and payments; the table below lists the payments",
        Markup.each(links, link -> arrow(link, layout)),
        Markup.each(
            episode.getEvidenceAccounts(),
            account -> box(account, layout.of(account.getAccount()))),
        Markup.when(words, Markup.each(links, link -> words(link, layout))));
  }

  private List<Link> links() {
    Map<String, Link> links = new LinkedHashMap<>();
    for (EvidencePayment payment : episode.getEvidencePayments()) {
      String pair = payment.getFromAccount() + "\n" + payment.getToAccount();
      links.computeIfAbsent(pair, key -> new Link(payment)).add(payment);
    }
    return new ArrayList<>(links.values());
  }

  private static Markup box(EvidenceAccount account, Place at) {
    String role = account.getRole().name().toLowerCase(Locale.ROOT);
    return Markup.of(
        "<g class=\"account {}\"><title>{}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\""
            + " rx=\"7\"/><text class=\"name\" x=\"{}\" y=\"{}\">{}</text><g class=\"text\">"
            + "<text class=\"role en\" x=\"{}\" y=\"{}\">{}</text>"
            + "<text class=\"role zh\" lang=\"zh\" x=\"{}\" y=\"{}\">{}</text></g></g>",
        role,
        account.getAccount(),
        number(at.x() - PathLayout.BOX_WIDTH / 2),
        number(at.y() - PathLayout.BOX_HEIGHT / 2),
        number(PathLayout.BOX_WIDTH),
        number(PathLayout.BOX_HEIGHT),
        number(at.x()),
        number(at.y() - 2),
        cut(account.getAccount()),
        number(at.x()),
        number(at.y() + 11),
        role,
        number(at.x()),
        number(at.y() + 11),
        chinese(account));
  }

  private static String chinese(EvidenceAccount account) {
    return switch (account.getRole()) {
      case SOURCE -> "\u6765\u6e90";
      case MULE -> "\u4e2d\u8f6c";
      case SINK -> "\u7ec8\u70b9";
    };
  }

  private Markup arrow(Link link, PathLayout layout) {
    PathLayout.Line line = layout.line(link.from, link.to);
    Place begin = line.begin();
    Place end = line.end();
    return Markup.of(
        "<path class=\"arrow\" d=\"M{} {} {} {}\" marker-end=\"url(#tip)\"><title>{}</title></path>",
        number(begin.x()),
        number(begin.y()),
        number(end.x()),
        number(end.y()),
        link.words() + ", " + Moments.plain(link.latestMs));
  }

  private Markup words(Link link, PathLayout layout) {
    Place at = layout.words(link.from, link.to);
    return Markup.of(
        "<text class=\"sum\" x=\"{}\" y=\"{}\">{}</text><text class=\"when\" x=\"{}\" y=\"{}\">{}</text>",
        number(at.x()),
        number(at.y() - 2),
        link.words(),
        number(at.x()),
        number(at.y() + 9),
        Moments.plain(link.latestMs));
  }

  /** The end of a long name tells accounts apart. */
  private static String cut(String name) {
    return name.length() <= LONGEST_NAME
        ? name
        : "\u2026" + name.substring(name.length() - LONGEST_NAME + 1);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
