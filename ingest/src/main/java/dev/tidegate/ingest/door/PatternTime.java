package dev.tidegate.ingest.door;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Times of a pattern whose parts are all numbers: yyyy, M, MM, d, dd, H, HH, m, mm, s, ss, S to
 * SSSSSSSSS, X and literals. Reads the bytes in one pass without objects. Not thread safe.
 */
final class PatternTime implements TimeParser {
  private record Part(char letter, int width) {}

  private final Part[] parts;
  private final ZoneId zone;
  private final CivilTime time = new CivilTime();

  private PatternTime(List<Part> parts, ZoneId zone) {
    this.parts = parts.toArray(new Part[0]);
    this.zone = zone;
  }

  /** The parser for a pattern, or null if it has other letters. */
  static @Nullable PatternTime compile(String pattern, ZoneId zone) {
    List<Part> parts = new ArrayList<>();
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i);
      if (c == '\'') {
        i = literal(pattern, i, parts);
        continue;
      }
      int end = i;
      while (end < pattern.length() && pattern.charAt(end) == c) {
        end++;
      }
      if (!Character.isLetter(c)) {
        if (c > 126 || "[]{}#".indexOf(c) >= 0) {
          return null;
        }
        parts.add(new Part('\'', c));
        i++;
        continue;
      }
      if (!numeric(c, end - i)) {
        return null;
      }
      parts.add(new Part(c, end - i));
      i = end;
    }
    return new PatternTime(parts, zone);
  }

  private static int literal(String pattern, int quote, List<Part> parts) {
    int i = quote + 1;
    if (i < pattern.length() && pattern.charAt(i) == '\'') {
      parts.add(new Part('\'', '\''));
      return i + 1;
    }
    while (i < pattern.length() && pattern.charAt(i) != '\'') {
      parts.add(new Part('\'', pattern.charAt(i)));
      i++;
    }
    return i + 1;
  }

  private static boolean numeric(char letter, int width) {
    return switch (letter) {
      case 'y', 'u' -> width == 4;
      case 'M', 'd', 'H', 'm', 's' -> width <= 2;
      case 'S' -> width <= 9;
      case 'X' -> width <= 3;
      default -> false;
    };
  }

  @Override
  public long parse(byte[] bytes, int from, int to) {
    time.clear();
    int at = from;
    for (Part part : parts) {
      at = read(part, bytes, at, to);
      if (at < 0) {
        return UNREADABLE;
      }
    }
    return at == to ? time.millis(zone) : UNREADABLE;
  }

  private int read(Part part, byte[] bytes, int at, int to) {
    if (part.letter == '\'') {
      return at < to && bytes[at] == (byte) part.width ? at + 1 : -1;
    }
    if (part.letter == 'X') {
      return time.offset(bytes, at, to);
    }
    int width = part.width;
    if (width == 1 && part.letter != 'S') {
      width = CivilTime.digits(bytes, at, 2, to) >= 0 ? 2 : 1;
    }
    int value = CivilTime.digits(bytes, at, width, to);
    if (value < 0) {
      return -1;
    }
    set(part.letter, value, width);
    return at + width;
  }

  private void set(char letter, int value, int width) {
    switch (letter) {
      case 'y', 'u' -> time.year = value;
      case 'M' -> time.month = value;
      case 'd' -> time.day = value;
      case 'H' -> time.hour = value;
      case 'm' -> time.minute = value;
      case 's' -> time.second = value;
      default -> time.milli = (int) (value * 1000L / (long) Math.pow(10, width));
    }
  }
}
