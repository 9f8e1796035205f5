package dev.tidegate.ingest.door;

import java.time.ZoneId;

/**
 * ISO 8601 as files write it: a date; or a date, {@code T} or a blank, hours and minutes, perhaps
 * seconds, a fraction, and {@code Z} or an offset. Not thread safe.
 */
final class IsoTime implements TimeParser {
  private final ZoneId zone;
  private final CivilTime time = new CivilTime();

  IsoTime(ZoneId zone) {
    this.zone = zone;
  }

  @Override
  public long parse(byte[] bytes, int from, int to) {
    time.clear();
    time.year = CivilTime.digits(bytes, from, 4, to);
    time.month = CivilTime.digits(bytes, from + 5, 2, to);
    time.day = CivilTime.digits(bytes, from + 8, 2, to);
    if (time.year < 0 || time.month < 0 || time.day < 0) {
      return UNREADABLE;
    }
    if (bytes[from + 4] != '-' || bytes[from + 7] != '-') {
      return UNREADABLE;
    }
    int end = from + 10;
    if (end < to) {
      if (bytes[end] != 'T' && bytes[end] != ' ') {
        return UNREADABLE;
      }
      end = clock(bytes, end + 1, to);
    }
    return end == to ? time.millis(zone) : UNREADABLE;
  }

  private int clock(byte[] bytes, int from, int to) {
    time.hour = CivilTime.digits(bytes, from, 2, to);
    time.minute = CivilTime.digits(bytes, from + 3, 2, to);
    if (time.hour < 0 || time.minute < 0 || bytes[from + 2] != ':') {
      return -1;
    }
    int at = from + 5;
    if (at < to && bytes[at] == ':') {
      time.second = CivilTime.digits(bytes, at + 1, 2, to);
      if (time.second < 0) {
        return -1;
      }
      at += 3;
      if (at < to && bytes[at] == '.') {
        at = fraction(bytes, at + 1, to);
      }
    }
    return at < 0 || at == to ? at : time.offset(bytes, at, to);
  }

  private int fraction(byte[] bytes, int from, int to) {
    int at = from;
    int scale = 100;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      time.milli += (bytes[at] - '0') * scale;
      scale /= 10;
      at++;
    }
    return at == from ? -1 : at;
  }
}
