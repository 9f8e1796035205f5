package dev.tidegate.scoring.release;

import dev.tidegate.schemas.event.FeatureVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.PrimitivesArrays;

/**
 * How a vector becomes a row of a model's input: its features in their order, then its sequences,
 * each in a fixed size. The one place that knows, for serving and for training. Immutable.
 */
public final class RowLayout {
  private final int features;
  private final List<SequenceInput> sequences;
  private final int width;

  /** Of so many features and these sequences after them. */
  public RowLayout(int features, List<SequenceInput> sequences) {
    this.features = features;
    this.sequences = List.copyOf(sequences);
    this.width = features + sequences.stream().mapToInt(SequenceInput::width).sum();
  }

  /** Values in a row. */
  public int width() {
    return width;
  }

  /** Features at the front of a row. */
  public int features() {
    return features;
  }

  /** What follows the features. */
  public List<SequenceInput> sequences() {
    return sequences;
  }

  /**
   * A name for each value of a row: the features', then {@code
   * ENTITY_sequence_EVENTS_back_value_FIELD} with 0 events back for the payment itself.
   *
   * @param featureNames as many as there are features
   */
  public List<String> valueNames(List<String> featureNames) {
    List<String> names = new ArrayList<>(featureNames);
    for (SequenceInput sequence : sequences) {
      for (int i = 0; i < sequence.width(); i++) {
        int back = sequence.length() - 1 - i / sequence.fields();
        int field = i % sequence.fields();
        names.add(sequence.entity() + "_sequence_" + back + "_back_value_" + field);
      }
    }
    return names;
  }

  /**
   * Writes a row.
   *
   * @param rows receives {@link #width} values
   * @param from index of the first
   * @return false if the vector has another number of features, or a sequence of another shape; the
   *     row is then undefined
   */
  public boolean place(FeatureVector vector, float[] rows, int from) {
    List<Float> values = vector.getValues();
    if (values.size() != features) {
      return false;
    }
    copy(values, 0, features, rows, from);
    int at = from + features;
    for (SequenceInput sequence : sequences) {
      if (!place(sequence, vector.getSequences(), rows, at)) {
        return false;
      }
      at += sequence.width();
    }
    return true;
  }

  /** Of a longer sequence the newest events count. */
  private static boolean place(
      SequenceInput sequence, List<List<Float>> all, float[] rows, int from) {
    if (sequence.place() >= all.size()) {
      return false;
    }
    List<Float> events = all.get(sequence.place());
    if (events.size() % sequence.fields() != 0) {
      return false;
    }
    int known = Math.min(events.size(), sequence.width());
    int missing = sequence.width() - known;
    Arrays.fill(rows, from, from + missing, Float.NaN);
    copy(events, events.size() - known, known, rows, from + missing);
    return true;
  }

  private static void copy(List<Float> values, int first, int count, float[] rows, int from) {
    if (values instanceof PrimitivesArrays.FloatArray floats) {
      for (int i = 0; i < count; i++) {
        rows[from + i] = floats.getFloat(first + i);
      }
    } else {
      for (int i = 0; i < count; i++) {
        rows[from + i] = values.get(first + i);
      }
    }
  }
}
