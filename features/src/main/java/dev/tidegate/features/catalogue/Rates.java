package dev.tidegate.features.catalogue;

import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A dated table of exchange rates: units of each currency for one unit of the base currency.
 * Converts minor units exactly and rounds half to even, once. Immutable.
 */
public final class Rates implements Serializable {
  /** In place of an amount whose currency has no rate, or that does not fit a long. */
  public static final long NO_CONVERSION = Long.MIN_VALUE;

  private static final long serialVersionUID = 1L;
  private static final Rates NONE = new Rates("", "", Map.of());

  /** A rate as written, and as a fraction of minor units: base = minor * times / over. */
  record Rate(String text, long times, long over) implements Serializable {}

  private final String base;
  private final String date;
  private final Map<String, Rate> table;

  /** A checked table that holds the base itself. */
  Rates(String base, String date, Map<String, Rate> table) {
    this.base = base;
    this.date = date;
    this.table = Map.copyOf(table);
  }

  /** No table: nothing can be converted. */
  public static Rates none() {
    return NONE;
  }

  /**
   * Reads a table, UTF-8.
   *
   * @throws CatalogueException if the file cannot be read or is wrong
   */
  public static Rates read(Path yaml) {
    try {
      return parse(Files.readString(yaml), yaml.toString());
    } catch (IOException e) {
      throw Problems.only(yaml.toString(), "the rates table cannot be read: " + e.getMessage());
    }
  }

  /**
   * The table that a text is: {@code {base: EUR, date: 2026-01-02, rates: {USD: 1.17}}}.
   *
   * @param nameForErrors what messages call the text
   * @throws CatalogueException with every problem and its line
   */
  public static Rates parse(String yaml, String nameForErrors) {
    return new RatesReader(nameForErrors).read(yaml);
  }

  /** The currency that amounts are converted to; empty if there is no table. */
  public String base() {
    return base;
  }

  /** Day of the rates, ISO 8601; empty if there is no table. */
  public String date() {
    return date;
  }

  /** Whether nothing can be converted. */
  public boolean isEmpty() {
    return table.isEmpty();
  }

  /**
   * An amount in minor units of the base currency, rounded half to even.
   *
   * @param minor minor units of the currency
   * @return {@link #NO_CONVERSION} if the currency has no rate, or the result is no long
   */
  public long toBaseMinor(long minor, String currency) {
    Rate rate = table.get(currency);
    if (rate == null) {
      return NO_CONVERSION;
    }
    long low = minor * rate.times;
    if (Math.multiplyHigh(minor, rate.times) != low >> 63) {
      return beyondLong(minor, rate);
    }
    return halfEven(low, rate.over);
  }

  private static long halfEven(long dividend, long divisor) {
    long quotient = dividend / divisor;
    long rest = Math.abs(dividend % divisor);
    long missing = divisor - rest;
    boolean away = rest > missing || (rest == missing && (quotient & 1) != 0);
    return away ? quotient + Long.signum(dividend) : quotient;
  }

  private static long beyondLong(long minor, Rate rate) {
    BigDecimal product = BigDecimal.valueOf(minor).multiply(BigDecimal.valueOf(rate.times));
    BigDecimal rounded = product.divide(BigDecimal.valueOf(rate.over), 0, RoundingMode.HALF_EVEN);
    BigInteger converted = rounded.toBigIntegerExact();
    return converted.bitLength() > 63 ? NO_CONVERSION : converted.longValue();
  }

  /** The table as a line of text: equal texts convert equally. */
  String canonical() {
    StringBuilder text = new StringBuilder("{base: " + base + ", date: " + date + ", rates: {");
    String comma = "";
    for (Map.Entry<String, Rate> entry : new TreeMap<>(table).entrySet()) {
      text.append(comma).append(entry.getKey()).append(": ").append(entry.getValue().text());
      comma = ", ";
    }
    return text.append("}}").toString();
  }
}
