package dev.tidegate.ingest.door;

import dev.tidegate.ingest.csv.Row;
import dev.tidegate.ingest.profile.MoneyRule;
import dev.tidegate.ingest.profile.NearestName;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.ProfileException;
import dev.tidegate.ingest.profile.TextRule;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an amount and its currency. Not thread safe. */
final class MoneyReader {
  /** A currency as rows name it; places is negative if there is no such currency. */
  private record Unit(String code, int places, long min, long max) {}

  // configuration
  private final MoneyRule rule;
  private final AmountParser parser;
  private final TextReader amountText;
  private final int amountColumn;
  private final TextReader currencyText;
  private final @Nullable Unit only;

  // runtime
  private final Map<String, Unit> units = new HashMap<>();
  private String currency = "";
  private long minorUnits;

  MoneyReader(Profile profile, ColumnIndex index) {
    rule = profile.money();
    parser = new AmountParser(rule);
    amountText = new TextReader(rule.amount(), index);
    amountColumn = amountText.plainColumn();
    currencyText = new TextReader(rule.currency(), index);
    refuseUnknownTargets(profile.name(), rule.currency());
    String constant = rule.currency().constant();
    only = constant == null ? null : unit(constant);
  }

  private void refuseUnknownTargets(String profile, TextRule text) {
    List<String> named = new ArrayList<>(text.values().values());
    if (text.constant() != null) {
      named.add(text.constant());
    }
    if (text.fallback() != null) {
      named.add(text.fallback());
    }
    for (String code : named) {
      if (unit(code).places() < 0) {
        List<String> codes =
            Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode).toList();
        throw new ProfileException(
            "profile "
                + profile
                + ": currency '"
                + code
                + "' is no ISO 4217 code"
                + NearestName.hint(code, codes)
                + " (for others give currency.digits)");
      }
    }
  }

  private Unit unit(String code) {
    Integer given = rule.digits().get(code);
    int places = given != null ? given : isoPlaces(code);
    return new Unit(
        code,
        places,
        rule.min() == null ? -AmountParser.LARGEST : bound(rule.min(), places),
        rule.max() == null ? AmountParser.LARGEST : bound(rule.max(), places));
  }

  private static int isoPlaces(String code) {
    try {
      return Currency.getInstance(code).getDefaultFractionDigits();
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  private static long bound(BigDecimal major, int places) {
    BigDecimal minor = major.movePointRight(Math.max(places, 0));
    BigDecimal largest = BigDecimal.valueOf(AmountParser.LARGEST);
    return minor.min(largest).max(largest.negate()).longValue();
  }

  /** Reads a row; null if all is well, then amount and currency are there. */
  @Nullable Fault read(Row row) {
    Unit unit = only;
    if (unit == null) {
      String code = currencyText.read(row);
      if (code == null) {
        return new Fault(Reason.CURRENCY_MISSING, "currency");
      }
      unit = units.get(code);
      if (unit == null) {
        unit = unit(code);
        if (unit.places() < 0) {
          return new Fault(Reason.CURRENCY_UNKNOWN, "currency");
        }
        units.put(code, unit);
      }
    }
    return amount(row, unit);
  }

  private @Nullable Fault amount(Row row, Unit unit) {
    byte[] bytes = row.bytes();
    int from;
    int to;
    if (amountColumn >= 0) {
      from = row.start(amountColumn);
      to = row.end(amountColumn);
    } else {
      String text = amountText.read(row);
      bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
      from = 0;
      to = bytes.length;
    }
    if (from == to) {
      return new Fault(Reason.AMOUNT_MISSING, "amount");
    }
    long value = parser.parse(bytes, from, to, unit.places());
    if (value == AmountParser.UNREADABLE) {
      return new Fault(Reason.AMOUNT_UNREADABLE, "amount");
    }
    if (value < unit.min() || value > unit.max()) {
      return new Fault(Reason.AMOUNT_IMPLAUSIBLE, "amount");
    }
    minorUnits = value;
    currency = unit.code();
    return null;
  }

  long minorUnits() {
    return minorUnits;
  }

  String currency() {
    return currency;
  }
}
