package dev.tidegate.ingest.door;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Times that count units from an origin, perhaps with a fraction. */
final class NumberTime implements TimeParser {
  private static final int MOST_DIGITS = 15;
  private static final int LONGEST = 40;

  private final long unitMillis;
  private final long originMs;

  NumberTime(long unitMillis, long originMs) {
    this.unitMillis = unitMillis;
    this.originMs = originMs;
  }

  @Override
  public long parse(byte[] bytes, int from, int to) {
    int at = from < to && bytes[from] == '-' ? from + 1 : from;
    if (at == to || to - at > LONGEST) {
      return UNREADABLE;
    }
    if (to - at > MOST_DIGITS) {
      return decimal(bytes, from, to);
    }
    long value = 0;
    for (int i = at; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return decimal(bytes, from, to);
      }
      value = value * 10 + digit;
    }
    return millis(at > from ? -value : value);
  }

  private long millis(long count) {
    try {
      return Math.addExact(originMs, Math.multiplyExact(count, unitMillis));
    } catch (ArithmeticException e) {
      return UNREADABLE;
    }
  }

  private long decimal(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    if (!DecimalText.isDecimal(text)) {
      return UNREADABLE;
    }
    try {
      return new BigDecimal(text)
          .multiply(BigDecimal.valueOf(unitMillis))
          .add(BigDecimal.valueOf(originMs))
          .setScale(0, RoundingMode.FLOOR)
          .longValueExact();
    } catch (ArithmeticException e) {
      return UNREADABLE;
    }
  }
}
