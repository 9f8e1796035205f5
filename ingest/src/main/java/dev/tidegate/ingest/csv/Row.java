package dev.tidegate.ingest.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The values of one record, as slices of a buffer that the next record reuses. Read what you need
 * before the reader moves on.
 */
public final class Row {
  private final Charset charset;
  private byte[] bytes = new byte[0];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int size;
  private boolean ascii;
  private long line;

  Row(Charset charset) {
    this.charset = charset;
  }

  void reset(byte[] buffer, long atLine) {
    bytes = buffer;
    line = atLine;
    size = 0;
    ascii = true;
  }

  void add(int start, int end) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    starts[size] = start;
    ends[size] = end;
    size++;
  }

  void notAscii() {
    ascii = false;
  }

  boolean isAscii() {
    return ascii;
  }

  /** Drops blanks around every value. */
  void trim() {
    for (int i = 0; i < size; i++) {
      while (starts[i] < ends[i] && bytes[starts[i]] == ' ') {
        starts[i]++;
      }
      while (starts[i] < ends[i] && bytes[ends[i] - 1] == ' ') {
        ends[i]--;
      }
    }
  }

  /** Number of values. */
  public int size() {
    return size;
  }

  /** Physical line the record starts at, from 1. */
  public long line() {
    return line;
  }

  /** The buffer the values lie in. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where a value starts in the buffer. */
  public int start(int index) {
    return starts[index];
  }

  /** Where a value ends in the buffer, exclusive. */
  public int end(int index) {
    return ends[index];
  }

  /** A value as text. */
  public String text(int index) {
    return new String(
        bytes,
        starts[index],
        ends[index] - starts[index],
        ascii ? StandardCharsets.ISO_8859_1 : charset);
  }
}
