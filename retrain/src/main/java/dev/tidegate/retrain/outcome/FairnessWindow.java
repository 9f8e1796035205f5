package dev.tidegate.retrain.outcome;

import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Decisions of a window counted by group, and whether any group is treated worse than the others.
 *
 * <p>A group is compared with all others together, not with the best one: among many groups the
 * best is best by chance. The ratio of two shares has a log-normal interval (Katz et al., 1978,
 * with Walter's half rows), so a small group is called unfair only on evidence: the interval, not
 * the ratio, must lie beyond the limit. The interval is an approximation for counts that are not
 * tiny: a group with fewer than {@value #LEAST_FALSE_POSITIVES} false positives is not called for
 * them, for of one payment, stopped, it would know all. A group that holds all or none of the
 * payments is not compared.
 *
 * <p>False positives want labels that have matured; impact does not. O(1) a decision. Mutable; not
 * thread safe.
 */
public final class FairnessWindow {
  private static final double HALF = 0.5;
  private static final int LEAST_FALSE_POSITIVES = 5;
  private static final byte VERSION = 1;

  private final Map<String, Counts> groups = new TreeMap<>();

  /** Nothing counted yet. */
  public FairnessWindow() {}

  /** Counts a decision; {@code stopped} for any outcome but approval. */
  public void decided(String group, boolean stopped) {
    Counts counts = groups.computeIfAbsent(group, g -> new Counts());
    counts.payments++;
    counts.passed += stopped ? 0 : 1;
  }

  /** Counts a decision whose label has matured. */
  public void matured(String group, boolean stopped, boolean fraud) {
    if (!fraud) {
      Counts counts = groups.computeIfAbsent(group, g -> new Counts());
      counts.legitimate++;
      counts.falsePositives += stopped ? 1 : 0;
    }
  }

  /** True once a group has been counted. */
  boolean knows(String group) {
    return groups.containsKey(group);
  }

  /** Groups counted. */
  int size() {
    return groups.size();
  }

  int byteSize() {
    int size = 1 + Integer.BYTES;
    for (String name : groups.keySet()) {
      size += Integer.BYTES + bytes(name).length + 4 * Long.BYTES;
    }
    return size;
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  void write(ByteBuffer out) {
    out.put(VERSION).putInt(groups.size());
    groups.forEach(
        (name, counts) -> {
          out.putInt(bytes(name).length).put(bytes(name));
          out.putLong(counts.payments).putLong(counts.passed);
          out.putLong(counts.legitimate).putLong(counts.falsePositives);
        });
  }

  static FairnessWindow read(ByteBuffer in) {
    StateVersion.expect(VERSION, in, "fairness window");
    FairnessWindow window = new FairnessWindow();
    int size = in.getInt();
    for (int i = 0; i < size; i++) {
      byte[] name = new byte[in.getInt()];
      in.get(name);
      Counts counts = new Counts();
      counts.payments = in.getLong();
      counts.passed = in.getLong();
      counts.legitimate = in.getLong();
      counts.falsePositives = in.getLong();
      window.groups.put(new String(name, StandardCharsets.UTF_8), counts);
    }
    return window;
  }

  /** Readings of all groups that can be compared, by name. */
  public List<FairnessReading> assess(FairnessLimits limits) {
    Counts all = new Counts();
    groups.values().forEach(all::add);
    List<FairnessReading> readings = new ArrayList<>();
    groups.forEach(
        (group, of) -> {
          if (of.payments > 0 && all.payments > of.payments) {
            readings.add(impact(group, of, all, limits));
          }
          if (of.legitimate > 0 && all.legitimate > of.legitimate) {
            readings.add(falsePositives(group, of, all, limits));
          }
        });
    return readings;
  }

  private static FairnessReading impact(
      String group, Counts of, Counts all, FairnessLimits limits) {
    Interval ratio =
        Interval.of(
            new Share(of.passed, of.payments),
            new Share(all.passed - of.passed, all.payments - of.payments),
            limits.level());
    return new FairnessReading(
        group,
        FairnessMeasure.DISPARATE_IMPACT,
        of.payments,
        ratio.middle,
        ratio.low,
        ratio.high,
        limits.lowestImpact(),
        ratio.high < limits.lowestImpact());
  }

  private static FairnessReading falsePositives(
      String group, Counts of, Counts all, FairnessLimits limits) {
    Interval ratio =
        Interval.of(
            new Share(of.falsePositives, of.legitimate),
            new Share(all.falsePositives - of.falsePositives, all.legitimate - of.legitimate),
            limits.level());
    return new FairnessReading(
        group,
        FairnessMeasure.FALSE_POSITIVE_RATIO,
        of.legitimate,
        ratio.middle,
        ratio.low,
        ratio.high,
        limits.highestFalsePositives(),
        of.falsePositives >= LEAST_FALSE_POSITIVES && ratio.low > limits.highestFalsePositives());
  }

  private record Share(long part, long whole) {
    double smoothed() {
      return (part + HALF) / (whole + HALF);
    }

    double variance() {
      return 1 / (part + HALF) - 1 / (whole + HALF);
    }
  }

  private record Interval(double low, double middle, double high) {
    static Interval of(Share group, Share others, double level) {
      double log = Math.log(group.smoothed() / others.smoothed());
      double z = new NormalDistribution(null, 0, 1).inverseCumulativeProbability(1 - level);
      double margin = z * Math.sqrt(group.variance() + others.variance());
      return new Interval(Math.exp(log - margin), Math.exp(log), Math.exp(log + margin));
    }
  }

  private static final class Counts {
    private long payments;
    private long passed;
    private long legitimate;
    private long falsePositives;

    void add(Counts other) {
      payments += other.payments;
      passed += other.passed;
      legitimate += other.legitimate;
      falsePositives += other.falsePositives;
    }
  }
}
