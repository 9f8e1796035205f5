package dev.tidegate.ingest.door;

import java.time.ZoneId;

/**
 * The parts of a date and time as they are read, put together without objects. Days by the
 * era-based formula of Howard Hinnant, chrono-Compatible Low-Level Date Algorithms (2013).
 */
final class CivilTime {
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  private static final long MILLIS_A_DAY = 86_400_000L;
  private static final int NO_OFFSET = Integer.MIN_VALUE;

  int year;
  int month;
  int day;
  int hour;
  int minute;
  int second;
  int milli;
  private int offsetSeconds;

  void clear() {
    year = 1970;
    month = 1;
    day = 1;
    hour = 0;
    minute = 0;
    second = 0;
    milli = 0;
    offsetSeconds = NO_OFFSET;
  }

  /** Milliseconds, with the offset that was read or else in a zone; unreadable if no such time. */
  long millis(ZoneId zone) {
    boolean valid =
        month >= 1
            && month <= 12
            && day >= 1
            && day <= daysInMonth()
            && hour <= 23
            && minute <= 59
            && second <= 59;
    if (!valid) {
      return TimeParser.UNREADABLE;
    }
    long local = epochDay() * MILLIS_A_DAY + ((hour * 60L + minute) * 60L + second) * 1000L + milli;
    return offsetSeconds == NO_OFFSET
        ? TimeParser.inZone(local, zone)
        : local - offsetSeconds * 1000L;
  }

  private int daysInMonth() {
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : DAYS[month - 1];
  }

  private long epochDay() {
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400L);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }

  /** Reads digits; returns -1 unless all are digits. */
  static int digits(byte[] bytes, int from, int count, int to) {
    if (from + count > to) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** Reads {@code Z}, {@code +hh}, {@code +hhmm} or {@code +hh:mm}; returns its end, or -1. */
  int offset(byte[] bytes, int from, int to) {
    if (from >= to) {
      return -1;
    }
    if (bytes[from] == 'Z') {
      offsetSeconds = 0;
      return from + 1;
    }
    if (bytes[from] != '+' && bytes[from] != '-') {
      return -1;
    }
    int hours = digits(bytes, from + 1, 2, to);
    if (hours < 0 || hours > 18) {
      return -1;
    }
    int at = from + 3;
    int minutes = 0;
    if (at < to) {
      int start = bytes[at] == ':' ? at + 1 : at;
      minutes = digits(bytes, start, 2, to);
      if (minutes < 0 || minutes > 59) {
        return -1;
      }
      at = start + 2;
    }
    int seconds = (hours * 60 + minutes) * 60;
    offsetSeconds = bytes[from] == '-' ? -seconds : seconds;
    return at;
  }
}
