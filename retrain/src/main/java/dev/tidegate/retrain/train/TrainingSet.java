package dev.tidegate.retrain.train;

import dev.tidegate.scoring.release.RowLayout;
import dev.tidegate.scoring.release.SequenceInput;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows to learn from, oldest first: features, whether it was fraud, event time. Rows of one moment
 * stand in the order of their ids, so that the same rows give the same set in whatever order they
 * came. Immutable.
 */
public final class TrainingSet {
  private final List<String> featureNames;
  private final RowLayout layout;
  private final float[] values;
  private final BitSet frauds;
  private final long[] timesMs;
  private final List<@Nullable String> channels;

  private TrainingSet(
      List<String> featureNames,
      RowLayout layout,
      float[] values,
      BitSet frauds,
      long[] timesMs,
      List<@Nullable String> channels) {
    this.featureNames = featureNames;
    this.layout = layout;
    this.values = values;
    this.frauds = frauds;
    this.timesMs = timesMs;
    this.channels = channels;
  }

  /** Starts an empty set with the names of its features, in the order of the vectors. */
  public static Builder builder(List<String> featureNames) {
    return builder(featureNames, List.of());
  }

  /** Starts an empty set whose rows have sequences after the features. */
  public static Builder builder(List<String> featureNames, List<SequenceInput> sequences) {
    return new Builder(featureNames, new RowLayout(featureNames.size(), sequences));
  }

  /** How vectors become its rows. */
  public RowLayout layout() {
    return layout;
  }

  /** Values in a row: the features, and after them the sequences. */
  public int width() {
    return layout.width();
  }

  /** The same rows without their sequences; this set if it has none. */
  public TrainingSet featuresAlone() {
    if (layout.sequences().isEmpty()) {
      return this;
    }
    int features = features();
    float[] alone = new float[rows() * features];
    for (int row = 0; row < rows(); row++) {
      System.arraycopy(values, row * width(), alone, row * features, features);
    }
    return new TrainingSet(
        featureNames, new RowLayout(features, List.of()), alone, frauds, timesMs, channels);
  }

  /** Names of the features. */
  public List<String> featureNames() {
    return featureNames;
  }

  /** Number of features. */
  public int features() {
    return featureNames.size();
  }

  /** Number of rows. */
  public int rows() {
    return timesMs.length;
  }

  /** Rows that were fraud. */
  public int positives() {
    return frauds.cardinality();
  }

  /** Event time of a row, UTC milliseconds. */
  public long timeMs(int row) {
    return timesMs[row];
  }

  /** Channel of a row's payment; null if it is not known. */
  public @Nullable String channel(int row) {
    return channels.get(row);
  }

  /** True if the row was fraud. */
  public boolean fraud(int row) {
    return frauds.get(row);
  }

  /** One value of a row; NaN where there is none. */
  public float value(int row, int column) {
    return values[row * width() + column];
  }

  /** A copy of one row; NaN where there is no value. */
  public float[] vector(int row) {
    float[] vector = new float[width()];
    System.arraycopy(values, row * width(), vector, 0, width());
    return vector;
  }

  /** A copy of rows [from, to), row after row. */
  public float[] matrix(int from, int to) {
    float[] matrix = new float[(to - from) * width()];
    System.arraycopy(values, from * width(), matrix, 0, matrix.length);
    return matrix;
  }

  /** Labels of rows [from, to): 1 for fraud, 0 for not. */
  public float[] labels(int from, int to) {
    float[] labels = new float[to - from];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = fraud(from + i) ? 1 : 0;
    }
    return labels;
  }

  /** Rows in [from, to) that were fraud. */
  public int positives(int from, int to) {
    return frauds.get(from, to).cardinality();
  }

  /** Gathers rows in any order. Not thread safe. */
  public static final class Builder {
    private final List<String> featureNames;
    private final RowLayout layout;
    private final FloatArrayList values = new FloatArrayList();
    private final BitSet frauds = new BitSet();
    private final LongArrayList timesMs = new LongArrayList();
    private final List<String> ids = new ArrayList<>();
    private final List<@Nullable String> channels = new ArrayList<>();

    private Builder(List<String> featureNames, RowLayout layout) {
      this.featureNames = List.copyOf(featureNames);
      this.layout = layout;
    }

    /**
     * Adds a row.
     *
     * @param id the payment's id; breaks ties of time
     * @param eventTimeMs UTC milliseconds
     * @param vector features in the order of the names, then the sequences; NaN where there is no
     *     value
     * @param fraud what it turned out to be
     * @throws IllegalArgumentException if the vector has another length or an infinite value
     */
    public Builder add(String id, long eventTimeMs, float[] vector, boolean fraud) {
      return add(id, eventTimeMs, vector, fraud, null);
    }

    /**
     * Adds a row of a payment whose channel is known.
     *
     * @param channel its channel; null if it has none
     * @throws IllegalArgumentException as {@link #add(String, long, float[], boolean)}
     */
    public Builder add(
        String id, long eventTimeMs, float[] vector, boolean fraud, @Nullable String channel) {
      check(id, vector);
      channels.add(channel);
      frauds.set(ids.size(), fraud);
      values.addElements(values.size(), vector);
      timesMs.add(eventTimeMs);
      ids.add(id);
      return this;
    }

    /** Rows so far. */
    public int rows() {
      return ids.size();
    }

    /** The set, sorted by time and id. The builder must not be used afterwards. */
    public TrainingSet build() {
      int[] order = new int[ids.size()];
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      IntArrays.mergeSort(order, this::compare);
      int width = layout.width();
      float[] sorted = new float[values.size()];
      long[] sortedTimes = new long[order.length];
      BitSet sortedFrauds = new BitSet(order.length);
      List<@Nullable String> sortedChannels = new ArrayList<>(order.length);
      for (int i = 0; i < order.length; i++) {
        System.arraycopy(values.elements(), order[i] * width, sorted, i * width, width);
        sortedTimes[i] = timesMs.getLong(order[i]);
        sortedFrauds.set(i, frauds.get(order[i]));
        sortedChannels.add(channels.get(order[i]));
      }
      return new TrainingSet(
          featureNames, layout, sorted, sortedFrauds, sortedTimes, sortedChannels);
    }

    private int compare(int left, int right) {
      int byTime = Long.compare(timesMs.getLong(left), timesMs.getLong(right));
      return byTime != 0 ? byTime : ids.get(left).compareTo(ids.get(right));
    }

    private void check(String id, float[] vector) {
      if (vector.length != layout.width()) {
        throw new IllegalArgumentException(
            "row "
                + id
                + " has "
                + vector.length
                + " features where the set has "
                + layout.width());
      }
      for (int i = 0; i < vector.length; i++) {
        if (Float.isInfinite(vector[i])) {
          throw new IllegalArgumentException(
              "row "
                  + id
                  + " has an infinite value of "
                  + (i < featureNames.size() ? featureNames.get(i) : "a sequence"));
        }
      }
    }
  }
}
