package dev.tidegate.ingest.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Physical lines of a byte stream, without their line ends ({@code \n} or {@code \r\n}). A line
 * longer than the limit is cut there and the rest skipped. Not thread safe.
 */
final class Lines {
  static final int LONGEST = 1 << 20;

  // configuration
  private final InputStream in;

  // runtime
  private byte[] buffer = new byte[1 << 18];
  private int next;
  private int limit;
  private int start;
  private int end;
  private long line;
  private boolean tooLong;
  private boolean ended;

  Lines(InputStream in) {
    this.in = in;
  }

  /**
   * Moves to the next line.
   *
   * @return false at the end of the stream
   * @throws IOException if the stream breaks off; the line it breaks in is {@link #line()} + 1
   */
  boolean advance() throws IOException {
    tooLong = false;
    start = next;
    int scan = next;
    while (true) {
      while (scan < limit) {
        if (buffer[scan] == '\n') {
          take(scan, scan + 1);
          return true;
        }
        scan++;
      }
      if (ended) {
        if (start == limit) {
          return false;
        }
        take(limit, limit);
        return true;
      }
      if (limit - start > LONGEST) {
        skipRest();
        return true;
      }
      scan -= compact();
      fill();
    }
  }

  private void take(int endOfLine, int following) {
    end = endOfLine > start && buffer[endOfLine - 1] == '\r' ? endOfLine - 1 : endOfLine;
    next = following;
    line++;
  }

  /** Moves the unfinished line to the front; returns by how much. */
  private int compact() {
    int moved = start;
    if (moved > 0) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      limit -= moved;
      start = 0;
      next = 0;
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    return moved;
  }

  private void fill() throws IOException {
    int count = in.read(buffer, limit, buffer.length - limit);
    if (count < 0) {
      ended = true;
    } else {
      limit += count;
    }
  }

  private void skipRest() throws IOException {
    tooLong = true;
    line++;
    end = start;
    limit = start;
    while (true) {
      limit = 0;
      fill();
      for (int i = 0; i < limit; i++) {
        if (buffer[i] == '\n') {
          next = i + 1;
          start = 0;
          end = 0;
          return;
        }
      }
      if (ended) {
        start = 0;
        end = 0;
        next = limit;
        return;
      }
    }
  }

  byte[] buffer() {
    return buffer;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** Number of the current line, from 1. */
  long line() {
    return line;
  }

  /** True if the current line was longer than the limit. */
  boolean tooLong() {
    return tooLong;
  }
}
