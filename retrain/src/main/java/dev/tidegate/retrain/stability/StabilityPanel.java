package dev.tidegate.retrain.stability;

import dev.tidegate.retrain.drift.CalibratedPsi;
import dev.tidegate.retrain.drift.ScoreBins;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All features of a release, an hour at a time: {@link CalibratedPsi} of each against its own hour
 * of the week, {@link BenjaminiHochberg} over the features, and a page for one that stands out
 * several hours in a row.
 *
 * <p>An hour ends with the first payment of a later one. A payment of an hour that has ended is
 * counted as late and else passed over. An hour with too few rows is not judged and leaves streaks
 * as they are.
 *
 * <p>O(features) a payment, O(features x cells) an hour. Mutable; not thread safe.
 */
public final class StabilityPanel {
  private static final byte VERSION = 1;

  // configuration
  private final List<FeatureReference> features;
  private final ScoreBins[] bins;
  private final PanelSettings settings;

  // state
  private final long[][] counts;
  private final int[] streaks;
  private long hour = Long.MIN_VALUE;
  private long rows;
  private long late;

  /**
   * A panel.
   *
   * @param numeric features whose values come as numbers, in their order
   * @param categorical features whose values come as text, in their order
   */
  public StabilityPanel(
      List<FeatureReference> numeric, List<FeatureReference> categorical, PanelSettings settings) {
    features = new ArrayList<>(numeric);
    features.addAll(categorical);
    if (features.isEmpty()) {
      throw new IllegalArgumentException("a panel needs at least one feature");
    }
    this.settings = settings;
    bins = numeric.stream().map(StabilityPanel::binsOf).toArray(ScoreBins[]::new);
    categorical.forEach(StabilityPanel::categoriesOf);
    counts = features.stream().map(f -> new long[f.histogram().cells()]).toArray(long[][]::new);
    streaks = new int[features.size()];
  }

  private static ScoreBins binsOf(FeatureReference feature) {
    ScoreBins bins = feature.bins();
    if (bins == null) {
      throw new IllegalArgumentException(feature.name() + " is not numeric");
    }
    return bins;
  }

  private static CategoryCells categoriesOf(FeatureReference feature) {
    CategoryCells cells = feature.categories();
    if (cells == null) {
      throw new IllegalArgumentException(feature.name() + " is not categorical");
    }
    return cells;
  }

  /**
   * Counts a payment.
   *
   * @param values of the numeric features, NaN for none
   * @param texts of the categorical features, null for none
   * @return readings of the hour that it ends; empty mostly
   */
  public List<StabilityReading> observe(
      long eventTimeMs, float[] values, @Nullable String... texts) {
    requireWidth(values.length, texts.length);
    long at = HourOfWeek.index(eventTimeMs);
    if (at < hour) {
      late++;
      return List.of();
    }
    List<StabilityReading> ended = at > hour ? end() : List.of();
    hour = at;
    rows++;
    for (int f = 0; f < bins.length; f++) {
      counts[f][bins[f].cell(values[f])]++;
    }
    for (int c = 0; c < texts.length; c++) {
      int f = bins.length + c;
      counts[f][categoriesOf(features.get(f)).cell(texts[c])]++;
    }
    return ended;
  }

  private void requireWidth(int numbers, int texts) {
    if (numbers != bins.length || texts != features.size() - bins.length) {
      throw new IllegalArgumentException(
          "a panel of "
              + bins.length
              + " numbers and "
              + (features.size() - bins.length)
              + " texts was given "
              + numbers
              + " and "
              + texts);
    }
  }

  /** The cell of each feature that a payment falls into, for {@link HourCounts}. */
  public byte[] cells(float[] values, @Nullable String... texts) {
    requireWidth(values.length, texts.length);
    byte[] cells = new byte[features.size()];
    for (int f = 0; f < bins.length; f++) {
      cells[f] = (byte) bins[f].cell(values[f]);
    }
    for (int c = 0; c < texts.length; c++) {
      int f = bins.length + c;
      cells[f] = (byte) categoriesOf(features.get(f)).cell(texts[c]);
    }
    return cells;
  }

  /** Judges an hour that was counted elsewhere; its readings, none if it has too few rows. */
  public List<StabilityReading> judge(HourCounts of) {
    return of.rows() < settings.least() ? List.of() : read(of.hour(), of.rows(), of.counts());
  }

  /** Ends the hour at hand; its readings, none if it has too few rows. */
  public List<StabilityReading> end() {
    List<StabilityReading> readings =
        rows < settings.least() ? List.of() : read(hour, rows, counts);
    for (long[] of : counts) {
      Arrays.fill(of, 0);
    }
    rows = 0;
    return readings;
  }

  private List<StabilityReading> read(long at, long counted, long[][] cells) {
    int hourOfWeek = HourOfWeek.of(at * HourOfWeek.HOUR_MS);
    double[] pValues = new double[cells.length];
    for (int f = 0; f < pValues.length; f++) {
      pValues[f] = compare(f, hourOfWeek, settings.level(), cells).pValue();
    }
    double cut = BenjaminiHochberg.cut(pValues, settings.level());
    List<StabilityReading> readings = new ArrayList<>();
    for (int f = 0; f < cells.length; f++) {
      CalibratedPsi.Reading read = compare(f, hourOfWeek, cut, cells);
      streaks[f] = read.drifted() ? streaks[f] + 1 : 0;
      readings.add(reading(f, at * HourOfWeek.HOUR_MS, counted, cells[f], read));
    }
    return readings;
  }

  private CalibratedPsi.Reading compare(int f, int hourOfWeek, double alpha, long[][] cells) {
    long[] reference = features.get(f).histogram().at(hourOfWeek, settings.least());
    return new CalibratedPsi(alpha, settings.floor()).compare(reference, cells[f]);
  }

  private StabilityReading reading(
      int f, long startMs, long counted, long[] cells, CalibratedPsi.Reading read) {
    FeatureReference feature = features.get(f);
    double unseen = feature.unseen() < 0 ? 0 : cells[feature.unseen()];
    return new StabilityReading(
        feature.name(),
        startMs,
        counted,
        read.psi(),
        read.threshold(),
        read.pValue(),
        (double) cells[feature.none()] / counted,
        unseen / counted,
        streaks[f],
        streaks[f] == settings.persistence());
  }

  /** Payments passed over because their hour had ended. */
  public long late() {
    return late;
  }

  /** Bytes that {@link #write} needs. */
  public int byteSize() {
    int cells = Arrays.stream(counts).mapToInt(of -> of.length).sum();
    return 1 + 3 * Long.BYTES + cells * Long.BYTES + streaks.length * Integer.BYTES;
  }

  /** Writes the hour at hand and the streaks; references and settings are not in it. */
  public void write(ByteBuffer out) {
    out.put(VERSION).putLong(hour).putLong(rows).putLong(late);
    for (int f = 0; f < counts.length; f++) {
      out.putInt(streaks[f]);
      for (long count : counts[f]) {
        out.putLong(count);
      }
    }
  }

  /** Goes on from what was written with the same features. */
  public void restore(ByteBuffer in) {
    byte version = in.get();
    if (version != VERSION || in.remaining() < byteSize() - 1) {
      throw new IllegalStateException(
          "a panel's state of version " + version + " does not fit: reset the monitor's state");
    }
    hour = in.getLong();
    rows = in.getLong();
    late = in.getLong();
    for (int f = 0; f < counts.length; f++) {
      streaks[f] = in.getInt();
      for (int cell = 0; cell < counts[f].length; cell++) {
        counts[f][cell] = in.getLong();
      }
    }
  }
}
