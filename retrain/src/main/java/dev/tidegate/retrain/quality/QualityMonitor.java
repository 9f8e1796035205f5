package dev.tidegate.retrain.quality;

import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.RateDetector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rates of faults, one {@link RateDetector} for each: no value and out of range for numbers, no
 * value and unseen for categories, parse failures, schema and late share for records. The usual
 * rate of each is learned, so a field that is often empty is no fault; one that becomes emptier is.
 *
 * <p>A value that is missing is not judged for range or for being known. O(fields) a payment.
 * Mutable; not thread safe.
 */
public final class QualityMonitor {
  private static final String RECORD = "record";

  // configuration
  private final List<FieldExpectation> numeric;
  private final List<FieldExpectation> categorical;
  private final double[] low;
  private final double[] high;

  // state
  private final RateDetector[] none;
  private final RateDetector[] wrong;
  private final RateDetector parse;
  private final RateDetector schema;
  private final RateDetector late;

  /**
   * A monitor.
   *
   * @param numeric fields that come as numbers, in their order
   * @param categorical fields that come as text, in their order
   * @param runLength average number of records to a false alarm promised of each detector
   */
  public QualityMonitor(
      List<FieldExpectation> numeric,
      List<FieldExpectation> categorical,
      Learning learning,
      double runLength) {
    this.numeric = List.copyOf(numeric);
    this.categorical = List.copyOf(categorical);
    low = numeric.stream().mapToDouble(FieldExpectation::low).toArray();
    high = numeric.stream().mapToDouble(FieldExpectation::high).toArray();
    int fields = numeric.size() + categorical.size();
    none = new RateDetector[fields];
    wrong = new RateDetector[fields];
    for (int f = 0; f < fields; f++) {
      none[f] = RateDetector.ofFaults(learning, runLength);
      wrong[f] = RateDetector.ofFaults(learning, runLength);
    }
    parse = RateDetector.ofFaults(learning, runLength);
    schema = RateDetector.ofFaults(learning, runLength);
    late = RateDetector.ofFaults(learning, runLength);
  }

  /** Detectors of a monitor over so many fields: how many it counts for in a page budget. */
  public static int detectors(int fields) {
    return 2 * fields + 3;
  }

  /**
   * Takes a payment that could be read and has the right schema.
   *
   * @param values of the numeric fields, NaN for none
   * @param texts of the categorical fields, null for none
   */
  public void observe(
      float[] values, @Nullable String[] texts, boolean isLate, Consumer<QualityAlarm> alarms) {
    BitSet faults = faults(values, texts);
    numbers(faults, alarms);
    texts(faults, alarms);
    late(isLate, alarms);
  }

  /** Takes the numeric fields alone: NaN for none. */
  public void numbers(float[] values, Consumer<QualityAlarm> alarms) {
    numbers(faults(values, new String[0]), alarms);
  }

  /**
   * Which fields of a payment are faulty, for whoever has to keep that: bit f for no value in field
   * f, bit f + fields for a value out of range or unseen; numeric fields first.
   *
   * @param values of the numeric fields, NaN for none
   * @param texts of the categorical fields, null for none
   */
  public BitSet faults(float[] values, @Nullable String[] texts) {
    int fields = none.length;
    BitSet faults = new BitSet(2 * fields);
    for (int f = 0; f < values.length; f++) {
      float value = values[f];
      if (Float.isNaN(value)) {
        faults.set(f);
      } else if (value < low[f] || value > high[f]) {
        faults.set(fields + f);
      }
    }
    for (int c = 0; c < texts.length; c++) {
      int f = numeric.size() + c;
      String value = texts[c];
      Set<String> known = categorical.get(c).known();
      if (value == null) {
        faults.set(f);
      } else if (known != null && !known.contains(value)) {
        faults.set(fields + f);
      }
    }
    return faults;
  }

  /** Takes the faults of the numeric fields, see {@link #faults}. */
  public void numbers(BitSet faults, Consumer<QualityAlarm> alarms) {
    for (int f = 0; f < low.length; f++) {
      fieldFaults(f, faults, Fault.RANGE, alarms);
    }
  }

  /** Takes the faults of the categorical fields, see {@link #faults}. */
  public void texts(BitSet faults, Consumer<QualityAlarm> alarms) {
    for (int c = 0; c < categorical.size(); c++) {
      fieldFaults(numeric.size() + c, faults, Fault.UNSEEN, alarms);
    }
  }

  private void fieldFaults(int f, BitSet faults, Fault other, Consumer<QualityAlarm> alarms) {
    boolean missing = faults.get(f);
    tell(Fault.NONE, f, none[f].observe(missing), alarms);
    // What is missing is judged no further.
    if (!missing) {
      tell(other, f, wrong[f].observe(faults.get(none.length + f)), alarms);
    }
  }

  /** Takes whether a record came behind the watermark. */
  public void late(boolean isLate, Consumer<QualityAlarm> alarms) {
    tell(Fault.LATE, -1, late.observe(isLate), alarms);
  }

  /** Takes a record at the door: whether it could be read. */
  public void parsed(boolean readable, Consumer<QualityAlarm> alarms) {
    tell(Fault.PARSE, -1, parse.observe(!readable), alarms);
  }

  /**
   * Takes a record that could be read: whether it has the schema and features that are expected.
   */
  public void shaped(boolean asExpected, Consumer<QualityAlarm> alarms) {
    tell(Fault.SCHEMA, -1, schema.observe(!asExpected), alarms);
  }

  private void tell(
      Fault fault, int field, RateDetector.@Nullable Alarm change, Consumer<QualityAlarm> alarms) {
    if (change != null) {
      alarms.accept(new QualityAlarm(fault, field < 0 ? RECORD : name(field), change));
    }
  }

  private String name(int field) {
    return field < numeric.size()
        ? numeric.get(field).name()
        : categorical.get(field - numeric.size()).name();
  }

  private List<RateDetector> all() {
    List<RateDetector> all = new ArrayList<>(List.of(parse, schema, late));
    all.addAll(List.of(none));
    all.addAll(List.of(wrong));
    return all;
  }

  /** Bytes that {@link #write} needs. */
  public int byteSize() {
    return all().stream().mapToInt(RateDetector::byteSize).sum();
  }

  /** Writes what was learned and observed; settings are not in it. */
  public void write(ByteBuffer out) {
    all().forEach(detector -> detector.write(out));
  }

  /** Goes on from what was written with the same fields. */
  public void restore(ByteBuffer in) {
    all().forEach(detector -> detector.restore(in));
  }
}
