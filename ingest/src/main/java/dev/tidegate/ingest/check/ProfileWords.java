package dev.tidegate.ingest.check;

import dev.tidegate.ingest.profile.CanonicalField;
import dev.tidegate.ingest.profile.CardRule;
import dev.tidegate.ingest.profile.LabelRule;
import dev.tidegate.ingest.profile.MoneyRule;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.TextRule;
import dev.tidegate.ingest.profile.TimeRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a profile does, in plain words. */
final class ProfileWords {
  private ProfileWords() {}

  /** Field -> what fills it. */
  static Map<String, String> mapped(Profile profile) {
    Map<String, String> mapped = new LinkedHashMap<>();
    for (CanonicalField field : CanonicalField.values()) {
      switch (field) {
        case TIME -> mapped.put(field.key(), time(profile.time()));
        case AMOUNT -> mapped.put(field.key(), amount(profile.money()));
        case CURRENCY -> mapped.put(field.key(), source(profile.money().currency()));
        case CARD -> {
          CardRule card = profile.card();
          if (card != null) {
            mapped.put(field.key(), card(card));
          }
        }
        default -> {
          TextRule rule = profile.text(field);
          if (rule != null) {
            mapped.put(field.key(), source(rule));
          }
        }
      }
    }
    LabelRule label = profile.label();
    if (label != null) {
      mapped.put("label", label(label));
    }
    return mapped;
  }

  private static String source(TextRule rule) {
    if (rule.constant() != null) {
      return "always " + rule.constant();
    }
    String columns = String.join(" + ", rule.columns());
    return rule.values().isEmpty() ? columns : columns + ", by a value map";
  }

  private static String time(TimeRule rule) {
    String unit =
        rule.format() != null
            ? "as "
                + rule.format()
                + ", "
                + (rule.zone().getId().equals("Z") ? "UTC" : rule.zone().getId())
            : "in steps of " + rule.unitMillis() / 1000.0 + " s since " + rule.origin();
    return source(rule.text()) + ", " + unit;
  }

  private static String amount(MoneyRule rule) {
    return source(rule.amount()) + (rule.minor() ? ", in minor units" : "");
  }

  private static String card(CardRule rule) {
    return source(rule.text())
        + (rule.token() ? ", an id, turned into a token" : ", a card number, turned into a token");
  }

  private static String label(LabelRule rule) {
    String where =
        rule.file() == null ? String.valueOf(rule.column()) : rule.file() + " by " + rule.key();
    return where + ", known after " + delay(rule.delay());
  }

  private static String delay(Duration delay) {
    return delay.toHours() % 24 == 0 ? delay.toDays() + " days" : delay.toHours() + " hours";
  }

  /** A span, rounded up to whole units, as a profile takes it: {@code 36h}, {@code 90s}. */
  static String span(long millis) {
    long[] units = {86_400_000L, 3_600_000L, 60_000L, 1_000L};
    String[] names = {"d", "h", "m", "s"};
    for (int i = 0; i < units.length; i++) {
      if (millis >= 2 * units[i] || millis % units[i] == 0) {
        return (millis + units[i] - 1) / units[i] + names[i];
      }
    }
    return millis + "ms";
  }

  /** What the profile leaves empty, and what does not work without it. */
  static List<String> empty(Profile profile) {
    List<String> empty = new ArrayList<>();
    boolean payee = profile.fills(CanonicalField.PAYEE_ACCOUNT);
    boolean place =
        profile.fills(CanonicalField.MERCHANT_ID) || profile.fills(CanonicalField.TERMINAL_ID);
    if (!payee && !place) {
      empty.add("no payee, merchant or terminal: counterparty features stay empty");
    }
    if (!payee) {
      empty.add(
          "no payeeAccount: nothing moves from account to account, so graph signals stay"
              + " empty and laundering patterns cannot be found");
    }
    if (!profile.fills(CanonicalField.PAYER_ACCOUNT)) {
      empty.add(
          "no payerAccount: the "
              + (profile.fills(CanonicalField.CARD) ? "card's token" : "customer")
              + " stands for the account that pays");
    }
    if (!profile.fills(CanonicalField.CARD) && !profile.fills(CanonicalField.CUSTOMER_ID)) {
      empty.add("no card and no customer: measures per card count per account");
    }
    if (profile.label() == null) {
      empty.add("no label: replay works, train and evaluate will not");
    } else if (profile.label().kind() == null) {
      empty.add("no kind of label: evaluate cannot tell recall by scenario or typology");
    }
    List<String> others = new ArrayList<>();
    for (CanonicalField field :
        List.of(
            CanonicalField.MERCHANT_CATEGORY,
            CanonicalField.DEVICE_ID,
            CanonicalField.IP_ADDRESS,
            CanonicalField.PAYER_COUNTRY,
            CanonicalField.PAYEE_COUNTRY,
            CanonicalField.CHANNEL)) {
      if (!profile.fills(field)) {
        others.add(field.key());
      }
    }
    if (!others.isEmpty()) {
      empty.add("also empty: " + String.join(", ", others));
    }
    return empty;
  }
}
