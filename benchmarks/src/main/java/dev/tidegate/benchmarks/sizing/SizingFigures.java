package dev.tidegate.benchmarks.sizing;

import java.util.List;

/**
 * What a run cost.
 *
 * @param tps payments a second that were offered
 * @param seconds span of the figures
 * @param payments payments decided in it
 * @param waiting payments not yet decided at its end
 * @param stages each stage
 */
public record SizingFigures(
    double tps, double seconds, long payments, long waiting, List<Stage> stages) {
  private static final double MICROS = 1e6;

  /** Copies. */
  public SizingFigures {
    stages = List.copyOf(stages);
  }

  /**
   * One stage, a process of its own.
   *
   * @param stage its word
   * @param cpuSeconds processor time of its process in the span, all threads, JIT and collector
   *     included
   * @param formulaMicros processor time a payment by the formula, without its headroom; 0 if the
   *     formula has none for it
   */
  public record Stage(String stage, double cpuSeconds, double formulaMicros) {}

  /** Measured processor time a payment of a stage, microseconds. */
  public double micros(Stage stage) {
    return payments == 0 ? Double.NaN : MICROS * stage.cpuSeconds() / payments;
  }

  /** Measured over the formula's; NaN where the formula has nothing. */
  public double ratio(Stage stage) {
    return stage.formulaMicros() > 0 ? micros(stage) / stage.formulaMicros() : Double.NaN;
  }

  /** Cores that a stage kept busy on average. */
  public double cores(Stage stage) {
    return stage.cpuSeconds() / seconds;
  }
}
