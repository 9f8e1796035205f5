package dev.tidegate.benchmarks;

import dev.tidegate.benchmarks.job.CardState;
import dev.tidegate.benchmarks.job.HotFigures;
import dev.tidegate.benchmarks.job.JobFigures;
import dev.tidegate.benchmarks.windows.Design;
import dev.tidegate.benchmarks.windows.DesignRun;
import dev.tidegate.benchmarks.windows.Exactness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a run of {@code bench features} found; what {@code --json} writes.
 *
 * @param machine where and when
 * @param settings what was asked
 * @param windows every design, load and window
 * @param windowSpeedup ours over each baseline
 * @param windowErrors against exact windows
 * @param windowCurve ours over the window's length
 * @param kernel nanoseconds an event
 * @param job the whole job; null if it was left out
 * @param hot the whole job with half of the payments on one key; null if it was left out
 * @param cardState bytes of a card's history
 */
record FeaturesReport(
    Map<String, Object> machine,
    Map<String, Object> settings,
    List<DesignRun> windows,
    List<Speedup> windowSpeedup,
    List<Exactness.Miss> windowErrors,
    List<Curve> windowCurve,
    List<KernelRuns.Point> kernel,
    @Nullable JobFigures job,
    @Nullable HotFigures hot,
    List<CardState.Size> cardState) {

  /**
   * Ours over a baseline.
   *
   * @param ratio of events a second of wall time
   * @param cpuRatio of processor time an event, theirs over ours
   */
  record Speedup(Design against, String load, String window, double ratio, double cpuRatio) {
    /** Compares two runs of one load and window. */
    static Speedup of(DesignRun ours, DesignRun theirs) {
      return new Speedup(
          theirs.design(),
          theirs.load(),
          theirs.window(),
          ours.speed().perSecond() / theirs.speed().perSecond(),
          theirs.speed().cpuMicros() / ours.speed().cpuMicros());
    }
  }

  /**
   * How even ours is over the window's length.
   *
   * @param keptAMonth whether each history is kept for 30 days, as the ready catalogue does
   * @param spread fastest less slowest, over the fastest; 0 is flat
   */
  record Curve(String load, boolean keptAMonth, double spread) {}

  /** Ours over each baseline of the same load and window. */
  static List<Speedup> speedups(List<DesignRun> runs) {
    List<Speedup> found = new ArrayList<>();
    for (DesignRun theirs : runs) {
      for (DesignRun ours : runs) {
        if (theirs.design() != Design.OURS
            && ours.design() == Design.OURS
            && !ours.keptAMonth()
            && ours.load().equals(theirs.load())
            && ours.window().equals(theirs.window())) {
          found.add(Speedup.of(ours, theirs));
        }
      }
    }
    return found;
  }

  /** The spread of ours over the windows of each load. */
  static List<Curve> curves(List<DesignRun> runs) {
    List<Curve> found = new ArrayList<>();
    for (String load : runs.stream().map(DesignRun::load).distinct().toList()) {
      for (boolean kept : new boolean[] {false, true}) {
        double[] rates =
            runs.stream()
                .filter(run -> run.design() == Design.OURS && run.load().equals(load))
                .filter(run -> run.keptAMonth() == kept || (kept && run.window().equals("30d")))
                .mapToDouble(run -> run.speed().perSecond())
                .sorted()
                .toArray();
        if (rates.length > 1) {
          found.add(new Curve(load, kept, 1 - rates[0] / rates[rates.length - 1]));
        }
      }
    }
    return found;
  }
}
