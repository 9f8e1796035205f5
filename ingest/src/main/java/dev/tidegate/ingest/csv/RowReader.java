package dev.tidegate.ingest.csv;

import dev.tidegate.ingest.profile.FileFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Records of a CSV stream. A record is one physical line, unless the format says that quoted values
 * hold line breaks; then a record ends where its quotes are balanced, at most {@value #MOST_LINES}
 * lines on, and a quote that does not close by then damages the line it opens in, not those after.
 * Not thread safe.
 */
public final class RowReader implements AutoCloseable {
  static final int MOST_LINES = 100;

  // configuration
  private final InputStream in;
  private final boolean multiline;
  private final RowParser parser;

  // runtime
  private final Lines lines;
  private final Row row;
  private final Deque<Held> held = new ArrayDeque<>();
  private RowFault fault = RowFault.NONE;
  private boolean cutOff;
  private boolean ended;

  /** A physical line kept until its record is complete. */
  private static final class Held {
    private final byte[] bytes;
    private final long line;

    Held(byte[] bytes, long line) {
      this.bytes = bytes;
      this.line = line;
    }

    byte[] bytes() {
      return bytes;
    }

    long line() {
      return line;
    }
  }

  /** Reads a stream in a format; the header, if any, is a row like the others. */
  public RowReader(InputStream in, FileFormat format) {
    this.in = in;
    this.multiline = format.multiline();
    this.parser =
        new RowParser(format.delimiter(), format.trim(), format.multiline(), format.charset());
    this.lines = new Lines(in);
    this.row = new Row(format.charset());
  }

  /**
   * Moves to the next record.
   *
   * @return false after the last one
   */
  public boolean advance() {
    if (ended) {
      return false;
    }
    return multiline ? advanceOverLines() : advanceOneLine();
  }

  /** The next physical line; a stream that breaks off ends here, and is remembered as cut off. */
  private boolean nextLine() {
    try {
      return !cutOff && lines.advance();
    } catch (IOException e) {
      cutOff = true;
      return false;
    }
  }

  private boolean end() {
    ended = true;
    if (cutOff) {
      row.reset(new byte[0], lines.line() + 1);
      fault = RowFault.CUT_OFF;
    }
    return cutOff;
  }

  private boolean advanceOneLine() {
    if (!nextLine()) {
      return end();
    }
    int start = lines.start();
    if (lines.line() == 1) {
      start += byteOrderMark(lines.buffer(), start, lines.end());
    }
    row.reset(lines.buffer(), lines.line());
    fault = lines.tooLong() ? RowFault.TOO_LONG : parser.parse(row, start, lines.end());
    return true;
  }

  private static int byteOrderMark(byte[] bytes, int start, int end) {
    return end - start >= 3
            && bytes[start] == (byte) 0xef
            && bytes[start + 1] == (byte) 0xbb
            && bytes[start + 2] == (byte) 0xbf
        ? 3
        : 0;
  }

  private boolean advanceOverLines() {
    if (!hold()) {
      return end();
    }
    List<Held> record = new ArrayList<>();
    boolean open = false;
    do {
      Held line = held.removeFirst();
      record.add(line);
      open ^= odd(line.bytes());
    } while (open && record.size() < MOST_LINES && hold());
    if (open) {
      for (int i = record.size() - 1; i > 0; i--) {
        held.addFirst(record.get(i));
      }
    }
    byte[] bytes = open ? record.get(0).bytes() : joined(record);
    row.reset(bytes, record.get(0).line());
    if (open) {
      fault = RowFault.QUOTE_UNCLOSED;
    } else if (bytes.length > Lines.LONGEST) {
      fault = RowFault.TOO_LONG;
    } else {
      fault = parser.parse(row, 0, bytes.length);
    }
    return true;
  }

  /** Makes sure that a line is held; false at the end of the stream. */
  private boolean hold() {
    if (!held.isEmpty()) {
      return true;
    }
    if (!nextLine()) {
      return false;
    }
    int skip = lines.line() == 1 ? byteOrderMark(lines.buffer(), lines.start(), lines.end()) : 0;
    byte[] bytes = Arrays.copyOfRange(lines.buffer(), lines.start() + skip, lines.end());
    held.addLast(new Held(lines.tooLong() ? new byte[Lines.LONGEST + 1] : bytes, lines.line()));
    return true;
  }

  private static boolean odd(byte[] bytes) {
    boolean odd = false;
    for (byte b : bytes) {
      odd ^= b == '"';
    }
    return odd;
  }

  private static byte[] joined(List<Held> record) {
    if (record.size() == 1) {
      return record.get(0).bytes();
    }
    int length = record.stream().mapToInt(line -> line.bytes().length + 1).sum() - 1;
    byte[] all = new byte[length];
    int at = 0;
    for (Held line : record) {
      if (at > 0) {
        all[at++] = '\n';
      }
      System.arraycopy(line.bytes(), 0, all, at, line.bytes().length);
      at += line.bytes().length;
    }
    return all;
  }

  /** The current record; its values are there if there is no fault. */
  public Row row() {
    return row;
  }

  /** What is wrong with the current record. */
  public RowFault fault() {
    return fault;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
