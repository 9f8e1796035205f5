package dev.tidegate.benchmarks.job;

import java.util.ArrayList;
import java.util.List;

/**
 * What half of the payments on one key do to latency.
 *
 * @param perSecond the rate, far below what the job can do
 * @param loads each load, the plain one first and last
 * @param hotKeyP99Ratio the largest p99 of a load with a hot key over the smallest p99 of a plain
 *     one
 */
public record HotFigures(double perSecond, List<Load> loads, double hotKeyP99Ratio) {
  /**
   * One load.
   *
   * @param p99Ratio its p99, append to append, over the smallest of a plain load
   */
  public record Load(HotKey key, JobFigures.Latency latency, double p99Ratio) {}

  /** Figures of measured loads; at least one is plain. */
  static HotFigures of(double perSecond, List<HotKey> keys, List<JobFigures.Latency> measured) {
    double baseline = Double.POSITIVE_INFINITY;
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i) == HotKey.NONE) {
        baseline = Math.min(baseline, measured.get(i).added().p99());
      }
    }
    List<Load> loads = new ArrayList<>();
    double worst = 0;
    for (int i = 0; i < keys.size(); i++) {
      double ratio = measured.get(i).added().p99() / baseline;
      loads.add(new Load(keys.get(i), measured.get(i), ratio));
      worst = keys.get(i) == HotKey.NONE ? worst : Math.max(worst, ratio);
    }
    return new HotFigures(perSecond, List.copyOf(loads), worst);
  }
}
