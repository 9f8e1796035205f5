package dev.tidegate.ingest.door;

import dev.tidegate.ingest.profile.MoneyRule;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Bytes of an amount to minor units, rounded half even. Up to 18 digits are read in one pass
 * without objects; longer ones and exponents by BigDecimal. Not thread safe.
 */
final class AmountParser {
  /** The bytes are no number. */
  static final long UNREADABLE = Long.MIN_VALUE;

  /** Largest amount either way, in minor units: beyond it a double loses a unit. */
  static final long LARGEST = 1_000_000_000_000_000L;

  private static final int MOST_DIGITS = 18;
  private static final int LONGEST = 100;
  private static final long[] POWERS = new long[MOST_DIGITS + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private final boolean minor;
  private final boolean[] strip = new boolean[128];
  private final boolean strips;
  private final char decimal;
  private final MoneyRule.Sign sign;
  private final byte[] kept = new byte[LONGEST];

  AmountParser(MoneyRule rule) {
    minor = rule.minor();
    strips = !rule.strip().isEmpty();
    rule.strip().chars().filter(c -> c < strip.length).forEach(c -> strip[c] = true);
    decimal = rule.decimal();
    sign = rule.sign();
  }

  /** Minor units of a currency with a number of decimal places, or {@link #UNREADABLE}. */
  long parse(byte[] bytes, int from, int to, int places) {
    if (to - from > LONGEST) {
      return UNREADABLE;
    }
    long value =
        strips
            ? number(kept, 0, keep(bytes, from, to), minor ? 0 : places)
            : number(bytes, from, to, minor ? 0 : places);
    if (value == UNREADABLE) {
      return UNREADABLE;
    }
    return switch (sign) {
      case AS_IS -> value;
      case NEGATED -> -value;
      case ABSOLUTE -> Math.abs(value);
    };
  }

  private int keep(byte[] bytes, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0 || !strip[bytes[i]]) {
        kept[count++] = bytes[i];
      }
    }
    return count;
  }

  private long number(byte[] bytes, int from, int to, int places) {
    boolean signed = from < to && (bytes[from] == '-' || bytes[from] == '+');
    int first = signed ? from + 1 : from;
    if (to - first > MOST_DIGITS + 1) {
      return exact(bytes, from, to, places);
    }
    long mantissa = 0;
    int point = -1;
    for (int i = first; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
      } else if (bytes[i] == decimal && point < 0) {
        point = i;
      } else {
        return exact(bytes, from, to, places);
      }
    }
    int fraction = point < 0 ? 0 : to - point - 1;
    boolean wellFormed = to > first && point != to - 1;
    if (!wellFormed || to - first - (point < 0 ? 0 : 1) > MOST_DIGITS) {
      return wellFormed ? exact(bytes, from, to, places) : UNREADABLE;
    }
    long value =
        fraction > places
            ? divideHalfEven(mantissa, POWERS[fraction - places])
            : scaleUp(mantissa, places - fraction);
    return value == UNREADABLE || !signed || bytes[from] == '+' ? value : -value;
  }

  private static long scaleUp(long mantissa, int zeros) {
    return mantissa > LARGEST * 10 / POWERS[zeros] ? LARGEST + 1 : mantissa * POWERS[zeros];
  }

  private static long divideHalfEven(long mantissa, long divisor) {
    long quotient = mantissa / divisor;
    long rest = mantissa - quotient * divisor;
    long half = divisor / 2;
    return rest > half || (rest == half && (quotient & 1) == 1) ? quotient + 1 : quotient;
  }

  private long exact(byte[] bytes, int from, int to, int places) {
    StringBuilder text = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      if (bytes[i] == '.' && decimal != '.') {
        return UNREADABLE;
      }
      text.append(bytes[i] == decimal ? '.' : (char) (bytes[i] & 0xff));
    }
    if (!DecimalText.isDecimal(text.toString())) {
      return UNREADABLE;
    }
    BigDecimal value =
        new BigDecimal(text.toString()).movePointRight(places).setScale(0, RoundingMode.HALF_EVEN);
    return value.abs().compareTo(BigDecimal.valueOf(LARGEST)) > 0
        ? (value.signum() < 0 ? -LARGEST - 1 : LARGEST + 1)
        : value.longValueExact();
  }
}
