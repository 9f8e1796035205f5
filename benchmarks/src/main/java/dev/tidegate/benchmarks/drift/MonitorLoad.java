package dev.tidegate.benchmarks.drift;

import dev.tidegate.retrain.detect.ConceptMonitor;
import dev.tidegate.retrain.detect.Direction;
import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.retrain.detect.RateDetector;
import dev.tidegate.retrain.quality.FieldExpectation;
import dev.tidegate.retrain.quality.QualityMonitor;
import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.retrain.stability.HourOfWeek;
import dev.tidegate.retrain.stability.PanelSettings;
import dev.tidegate.retrain.stability.StabilityPanel;
import dev.tidegate.schemas.time.WallClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What all monitors together cost a payment, on one thread: the stability panel, two quality
 * detectors a feature, alert rate both ways, outcome against score. An hour of event time is 50,000
 * payments, so that the ends of hours are in it.
 */
final class MonitorLoad {
  private static final double NANOS = 1e9;
  private static final int VECTORS = 4_096;
  private static final int AN_HOUR = 50_000;
  private static final double EMPTY = 0.02;
  private static final double RATE = 0.002;
  private static final int ROUNDS = 5;
  private static final double PER_SECOND = 20_000;
  private static final int OTHER_MONITORS = 4;

  private final float[][] vectors = new float[VECTORS][];
  private final StabilityPanel panel;
  private final QualityMonitor quality;
  private final RateDetector alerts;
  private final ConceptMonitor concept;
  private final SplittableRandom random;
  private long payments;
  private long alarms;

  MonitorLoad(int features, long seed) {
    random = new SplittableRandom(seed);
    for (int v = 0; v < VECTORS; v++) {
      vectors[v] = vector(features);
    }
    PageBudget budget = PageBudget.aQuarter(1, QualityMonitor.detectors(features) + OTHER_MONITORS);
    panel =
        new StabilityPanel(
            references(features),
            List.of(),
            PanelSettings.atLevel(budget.level(Duration.ofHours(1))));
    double runLength = budget.runLength(PER_SECOND);
    // Learning ends within the warm-up, so that what is measured is watching.
    Learning learning = new Learning(256, AN_HOUR, 0.01);
    quality = new QualityMonitor(fields(features), List.of(), learning, runLength);
    alerts = new RateDetector(EnumSet.allOf(Direction.class), learning, runLength);
    concept = new ConceptMonitor(runLength, runLength, learning);
  }

  private float[] vector(int features) {
    float[] values = new float[features];
    for (int f = 0; f < features; f++) {
      values[f] = random.nextDouble() < EMPTY ? Float.NaN : (float) random.nextDouble();
    }
    return values;
  }

  private List<FeatureReference> references(int features) {
    List<FeatureReference> references = new ArrayList<>();
    long[] times = new long[VECTORS];
    for (int f = 0; f < features; f++) {
      references.add(FeatureReference.numeric("f" + f, column(f), times));
    }
    return references;
  }

  private List<FieldExpectation> fields(int features) {
    List<FieldExpectation> fields = new ArrayList<>();
    for (int f = 0; f < features; f++) {
      fields.add(FieldExpectation.numeric("f" + f, column(f)));
    }
    return fields;
  }

  private double[] column(int feature) {
    return Arrays.stream(vectors).mapToDouble(vector -> vector[feature]).toArray();
  }

  /**
   * What it took.
   *
   * @param features a payment
   * @param detectors e-detectors that look at each payment
   * @param perSecond payments a second of one core, median of the rounds
   * @param slowest slowest round
   * @param alarms raised over the whole run, warm-up included; all of them false
   */
  record Throughput(int features, int detectors, double perSecond, double slowest, long alarms) {}

  /** Two hours of event time to warm up, then rounds of so many payments. */
  Throughput measure(int payments) {
    feed(2 * AN_HOUR);
    double[] perSecond = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long begun = WallClock.nanos();
      feed(payments);
      perSecond[round] = payments / ((WallClock.nanos() - begun) / NANOS);
    }
    Arrays.sort(perSecond);
    int features = vectors[0].length;
    return new Throughput(
        features,
        QualityMonitor.detectors(features) + OTHER_MONITORS - 1,
        perSecond[ROUNDS / 2],
        perSecond[0],
        alarms);
  }

  private void feed(int count) {
    for (int i = 0; i < count; i++) {
      long timeMs = payments * HourOfWeek.HOUR_MS / AN_HOUR;
      float[] values = vectors[(int) (payments++ & (VECTORS - 1))];
      alarms += panel.observe(timeMs, values).stream().filter(r -> r.pages()).count();
      quality.parsed(true, alarm -> alarms++);
      quality.shaped(true, alarm -> alarms++);
      quality.observe(values, new String[0], false, alarm -> alarms++);
      double u = random.nextDouble();
      alarms += alerts.observe(u < RATE) == null ? 0 : 1;
      alarms += concept.matured(RATE, u > 1 - RATE) == null ? 0 : 1;
    }
  }
}
