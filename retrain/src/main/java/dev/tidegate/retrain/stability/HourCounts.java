package dev.tidegate.retrain.stability;

import java.nio.ByteBuffer;
import java.util.List;

/** Rows of one hour counted by feature and cell. Mutable; not thread safe. */
public final class HourCounts {
  private final long hour;
  private final int[][] counts;
  private long rows;

  /**
   * Nothing counted yet.
   *
   * @param hour as {@link HourOfWeek#index} counts them
   * @param features whose cells are counted, in their order
   */
  public HourCounts(long hour, List<FeatureReference> features) {
    this.hour = hour;
    counts = features.stream().map(f -> new int[f.histogram().cells()]).toArray(int[][]::new);
  }

  /** Counts a row: one cell a feature. */
  public void add(byte[] cells) {
    if (cells.length != counts.length) {
      throw new IllegalArgumentException(
          "a row of " + cells.length + " cells where " + counts.length + " features are counted");
    }
    for (int f = 0; f < cells.length; f++) {
      counts[f][cells[f]]++;
    }
    rows++;
  }

  /** All rows of another one over the same features. */
  public void add(HourCounts other) {
    for (int f = 0; f < counts.length; f++) {
      for (int cell = 0; cell < counts[f].length; cell++) {
        counts[f][cell] += other.counts[f][cell];
      }
    }
    rows += other.rows;
  }

  /** The hour. */
  public long hour() {
    return hour;
  }

  /** Rows counted. */
  public long rows() {
    return rows;
  }

  long[][] counts() {
    long[][] copy = new long[counts.length][];
    for (int f = 0; f < counts.length; f++) {
      copy[f] = new long[counts[f].length];
      for (int cell = 0; cell < counts[f].length; cell++) {
        copy[f][cell] = counts[f][cell];
      }
    }
    return copy;
  }

  /** Bytes that {@link #write} needs. */
  public int byteSize() {
    int size = 2 * Long.BYTES;
    for (int[] of : counts) {
      size += of.length * Integer.BYTES;
    }
    return size;
  }

  /** Writes hour and counts. */
  public void write(ByteBuffer out) {
    out.putLong(hour).putLong(rows);
    for (int[] of : counts) {
      for (int count : of) {
        out.putInt(count);
      }
    }
  }

  /** Reads what was written over the same features. */
  public static HourCounts read(ByteBuffer in, List<FeatureReference> features) {
    HourCounts read = new HourCounts(in.getLong(), features);
    read.rows = in.getLong();
    for (int[] of : read.counts) {
      for (int cell = 0; cell < of.length; cell++) {
        of[cell] = in.getInt();
      }
    }
    return read;
  }
}
