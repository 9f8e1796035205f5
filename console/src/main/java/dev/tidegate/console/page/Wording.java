package dev.tidegate.console.page;

import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words and small pictures in which all pages speak of an alert. */
final class Wording {
  private static final double SMALLEST_SHARE = 0.00005;

  private Wording() {}

  static String outcome(Outcome outcome) {
    return switch (outcome) {
      case APPROVE -> "Approve";
      case STEP_UP -> "Step up";
      case HOLD -> "Hold";
      case DECLINE -> "Decline";
    };
  }

  static Markup badge(Outcome outcome) {
    return Markup.of(
        "<span class=\"badge {}\">{}</span>",
        outcome.name().toLowerCase(Locale.ROOT),
        outcome(outcome));
  }

  /** What became of the payment; of a pattern's alert, which pattern. */
  static Markup badge(Alert alert) {
    PatternWords words = PatternWords.of(alert);
    return words == null
        ? badge(alert.getOutcome())
        : Markup.of("<span class=\"badge pattern\">{}</span>", words.english());
  }

  /**
   * Whether a pattern's alert does not list the payment that opened it: then there is an account,
   * and an amount of no currency (ISO 4217: XXX) that means nothing.
   */
  static boolean absent(Transaction payment) {
    return payment.getAmountMinor() == 0 && payment.getCurrency().equals("XXX");
  }

  /** An amount with its currency, or that there is none. */
  static Markup amount(Transaction payment) {
    return absent(payment)
        ? Markup.of("<span class=\"none\">amount not in evidence</span>")
        : Markup.of(
            "<span class=\"figure\">{}</span> <abbr>{}</abbr>",
            Amounts.major(payment.getAmountMinor(), payment.getCurrency()),
            payment.getCurrency());
  }

  static String lane(Lane lane) {
    return lane == Lane.AML ? "AML" : "Fraud";
  }

  /** A probability with so many decimals; a dash where no model answered. */
  static String score(double score, int decimals) {
    return Double.isFinite(score)
        ? String.format(Locale.ROOT, "%." + decimals + "f", score)
        : "\u2013";
  }

  /** The probability that log odds stand for. */
  static double probability(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }

  /** The probability that log odds stand for, with four decimals and never a rounded 0 or 1. */
  static String share(double logOdds) {
    double share = probability(logOdds);
    if (share < SMALLEST_SHARE) {
      return "below 0.0001";
    }
    return share > 1 - SMALLEST_SHARE ? "above 0.9999" : score(share, 4);
  }

  /** What is added, with its sign and two decimals. */
  static String change(double added) {
    String text = String.format(Locale.ROOT, "%+,.2f", added);
    return text.equals("-0.00") ? "+0.00" : text.replace('-', '\u2212');
  }

  /** A factor in about two digits. */
  static String times(double factor) {
    if (factor >= 1_000_000) {
      return "over a million";
    }
    String format = factor < 1 ? "%.2f" : "%.1f";
    return String.format(Locale.ROOT, factor < 10 ? format : "%,.0f", factor);
  }

  /** Score as a bar from 0 to 1 with a mark at the threshold, so many units long. */
  static Markup scoreBar(Alert alert, int length) {
    return Markup.of(
        "<svg class=\"bar\" viewBox=\"0 0 {} 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
            + "<rect class=\"track\" y=\"2\" width=\"{}\" height=\"4\"/>"
            + "<rect class=\"fill\" y=\"2\" width=\"{}\" height=\"4\"/>"
            + "<rect class=\"mark\" x=\"{}\" width=\"1.5\" height=\"8\"/></svg>",
        length,
        length,
        along(alert.getScore(), length),
        along(alert.getThreshold(), length));
  }

  /** Account that is paid, else merchant, else terminal; null if the payment names none. */
  static @Nullable String counterparty(Transaction payment) {
    if (payment.getPayeeAccount() != null) {
      return payment.getPayeeAccount();
    }
    return payment.getMerchantId() != null ? payment.getMerchantId() : payment.getTerminalId();
  }

  /** Ends a heading such as "Alerts ...", for a payment with a counterparty. */
  static String atCounterparty(Transaction payment) {
    if (payment.getPayeeAccount() != null) {
      return "that pay this account";
    }
    return payment.getMerchantId() != null ? "at this merchant" : "at this terminal";
  }

  /** A foreign name, kept apart from the text around it (it may be written right to left). */
  static Markup name(@Nullable String name) {
    return name == null || name.isBlank()
        ? Markup.of("<span class=\"none\">\u2013</span>")
        : Markup.of("<bdi>{}</bdi>", name);
  }

  /** Last four digits of the card; of the token where the source had no number; never more. */
  static @Nullable String card(Transaction payment) {
    if (payment.getCardLastFour() != null) {
      return "\u2022\u2022\u2022\u2022 " + tail(payment.getCardLastFour());
    }
    return payment.getCardToken() == null ? null : "token \u2026" + tail(payment.getCardToken());
  }

  /** Countries of both ends, once if they are the same; null if neither is known. */
  static @Nullable String countries(Transaction payment) {
    String payer = payment.getPayerCountry();
    String payee = payment.getPayeeCountry();
    if (payer == null || payer.equals(payee)) {
      return payee;
    }
    return payee == null ? payer : payer + " \u2192 " + payee;
  }

  /** Address of an alert's own page. */
  static String address(Alert alert) {
    return "/alerts/" + Markup.address(alert.getAlertId());
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - 4));
  }

  /** Length of a share from 0 to 1 on a bar so many units long; what is beyond is cut. */
  static String along(double share, int length) {
    double part = Double.isFinite(share) ? Math.min(1, Math.max(0, share)) * length : 0;
    return String.format(Locale.ROOT, "%.1f", part);
  }
}
