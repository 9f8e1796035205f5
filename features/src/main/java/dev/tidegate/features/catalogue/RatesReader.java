package dev.tidegate.features.catalogue;

import dev.tidegate.features.catalogue.Rates.Rate;
import dev.tidegate.features.catalogue.YamlMap.Word;
import dev.tidegate.schemas.money.MajorUnits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a rates table's YAML. */
final class RatesReader {
  private static final List<String> KEYS = List.of("base", "date", "rates");
  private static final Pattern CODE = Pattern.compile("[A-Z]{3}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  private final Problems problems;
  private final Map<String, Rate> table = new HashMap<>();
  private String base = "";

  RatesReader(String file) {
    this.problems = new Problems(file);
  }

  /**
   * The table that a text is.
   *
   * @throws CatalogueException with every problem
   */
  Rates read(String yaml) {
    YamlMap root = YamlMap.parse(yaml, "the rates table", problems);
    String date = "";
    if (root != null) {
      root.refuseOthers(KEYS);
      root.refuseMissing("base", "base: EUR");
      root.refuseMissing("date", "date: 2026-01-02");
      root.refuseMissing("rates", "rates: {USD: 1.17}");
      date = date(root.word("date"));
      readBase(root.word("base"));
      YamlMap rates = root.map("rates");
      if (rates != null) {
        rates.keys().forEach(code -> readRate(code, rates.word(code)));
      }
    }
    problems.refuse();
    return new Rates(base, date, table);
  }

  private String date(@Nullable Word word) {
    if (word == null) {
      return "";
    }
    try {
      return LocalDate.parse(word.text()).toString();
    } catch (DateTimeException e) {
      problems.at(word.line(), "date must be the day of the rates, such as 2026-01-02");
      return "";
    }
  }

  private void readBase(@Nullable Word word) {
    if (word == null) {
      return;
    }
    if (!CODE.matcher(word.text()).matches()) {
      problems.at(word.line(), "base must be an ISO 4217 code such as EUR");
    }
    base = word.text();
    table.put(base, new Rate("1", 1, 1));
  }

  private void readRate(String code, @Nullable Word word) {
    if (word == null) {
      return;
    }
    boolean isNumber = NUMBER.matcher(word.text()).matches();
    if (!CODE.matcher(code).matches()) {
      problems.at(word.line(), "'" + code + "' must be an ISO 4217 code such as USD");
    } else if (!isNumber || new BigDecimal(word.text()).signum() == 0) {
      problems.at(
          word.line(),
          code + " must be a number above 0, with at most nine digits on each side of the point");
    } else if (code.equals(base)) {
      problems.at(word.line(), code + " is the base, whose rate is 1; take it out of 'rates'");
    } else {
      putRate(code, word);
    }
  }

  /** base = minor / 10^digits / rate * 10^digits of the base, as a reduced fraction. */
  private void putRate(String code, Word word) {
    BigDecimal rate = new BigDecimal(word.text()).stripTrailingZeros();
    int power = rate.scale() + MajorUnits.digits(base) - MajorUnits.digits(code);
    BigInteger times = BigInteger.TEN.pow(Math.max(power, 0));
    BigInteger over = rate.unscaledValue().multiply(BigInteger.TEN.pow(Math.max(-power, 0)));
    BigInteger common = times.gcd(over);
    times = times.divide(common);
    over = over.divide(common);
    if (Math.max(times.bitLength(), over.bitLength()) > 62) {
      problems.at(word.line(), code + " has too many digits; round it to six");
      return;
    }
    table.put(code, new Rate(rate.toPlainString(), times.longValue(), over.longValue()));
  }
}
