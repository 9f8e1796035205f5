package dev.tidegate.benchmarks.sizing;

import dev.tidegate.app.sizing.Costs;
import dev.tidegate.app.sizing.StageCost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the same processes cost at one rate after the other. The last rate is the check: the lines
 * are laid through the others.
 *
 * @param steps one a rate, in the order of the run; three or more
 * @param catchingUp processor time a payment, microseconds, of stages that read what had piled up
 *     while they were stopped; the least that a payment costs them
 * @param bytesAPayment in the broker's log, by topic
 */
public record SizingFigures(
    List<Step> steps, Map<String, Double> catchingUp, Map<String, Double> bytesAPayment) {
  private static final double MICROS = 1e6;

  /** Copies. */
  public SizingFigures {
    steps = List.copyOf(steps);
    catchingUp = new TreeMap<>(catchingUp);
    bytesAPayment = new TreeMap<>(bytesAPayment);
    if (steps.size() < 3) {
      throw new IllegalArgumentException("two rates give a line, and a third checks it");
    }
  }

  /**
   * One rate.
   *
   * @param tps payments a second that were offered
   * @param seconds span of the figures
   * @param payments payments decided in it
   * @param waiting payments not yet decided at its end
   * @param cpuSeconds processor time of each stage's process in the span, all threads, JIT and
   *     collector included
   */
  public record Step(
      double tps, double seconds, long payments, long waiting, Map<String, Double> cpuSeconds) {
    /** Copies. */
    public Step {
      cpuSeconds = new LinkedHashMap<>(cpuSeconds);
    }

    /** Payments a second that were decided. */
    public double decidedPerSecond() {
      return payments / seconds;
    }

    /** Cores that a stage kept busy on average. */
    public double cores(String stage) {
      return cpuSeconds.getOrDefault(stage, Double.NaN) / seconds;
    }

    /** Processor time a payment of a stage, microseconds. */
    public double micros(String stage) {
      return MICROS * cores(stage) / decidedPerSecond();
    }
  }

  /** The rate that the lines do not see. */
  public Step check() {
    return steps.get(steps.size() - 1);
  }

  /** The line of a stage, without the check; no flatter than its catching up. */
  public StageCost cost(String stage) {
    return StageCost.fit(
        steps.subList(0, steps.size() - 1).stream()
            .map(step -> new StageCost.Point(step.decidedPerSecond(), step.cores(stage)))
            .toList(),
        catchingUp.getOrDefault(stage, 0.0));
  }

  /** The line's cores at the check's rate over the measured ones, less 1. */
  public double error(String stage) {
    return cost(stage).cores(check().decidedPerSecond()) / check().cores(stage) - 1;
  }

  /** The stages, in their order. */
  public List<String> stages() {
    return List.copyOf(check().cpuSeconds().keySet());
  }

  /** What {@code tidegate size} reckons with. */
  public Costs costs(String conditions) {
    Map<String, StageCost> lines = new TreeMap<>();
    Map<String, Double> errors = new TreeMap<>();
    for (String stage : stages()) {
      StageCost cost = cost(stage);
      lines.put(
          stage,
          new StageCost(rounded(cost.fixedCores(), 1e4), rounded(cost.microsAPayment(), 10)));
      errors.put(stage, rounded(error(stage), 1e3));
    }
    Map<String, Double> rounded = new TreeMap<>(bytesAPayment);
    rounded.replaceAll((topic, bytes) -> rounded(bytes, 10));
    return new Costs(
        conditions,
        steps.subList(0, steps.size() - 1).stream().map(Step::tps).toList(),
        check().tps(),
        lines,
        errors,
        rounded);
  }

  private static double rounded(double value, double parts) {
    return Math.round(value * parts) / parts;
  }
}
