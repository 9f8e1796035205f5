package dev.tidegate.ingest.profile;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an amount and its currency are read. Digits beyond the currency's minor unit are rounded half
 * even.
 *
 * @param amount the column of the amount
 * @param minor true if the column is in minor units
 * @param strip characters to leave out of the amount
 * @param decimal the decimal mark
 * @param sign what becomes of the sign
 * @param min smallest plausible amount in major units, or null
 * @param max largest plausible amount in major units, or null
 * @param currency where the currency comes from
 * @param digits decimal places of codes outside ISO 4217
 */
public record MoneyRule(
    TextRule amount,
    boolean minor,
    String strip,
    char decimal,
    Sign sign,
    @Nullable BigDecimal min,
    @Nullable BigDecimal max,
    TextRule currency,
    Map<String, Integer> digits) {
  /** What becomes of the sign of an amount. */
  public enum Sign {
    /** Stays. */
    AS_IS,
    /** Turned round: a file that writes payments as negative numbers. */
    NEGATED,
    /** Dropped. */
    ABSOLUTE
  }
}
