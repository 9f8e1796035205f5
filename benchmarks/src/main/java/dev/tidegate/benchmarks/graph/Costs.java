package dev.tidegate.benchmarks.graph;

import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.Pattern;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import dev.tidegate.schemas.time.WallClock;
import org.HdrHistogram.Histogram;

/** What payments cost, one at a time. */
public final class Costs {
  private static final double NANOS_A_SECOND = 1e9;
  private static final double NANOS_A_MICRO = 1e3;
  private static final int DIGITS = 3;

  private final Histogram nanos = new Histogram(DIGITS);
  private final TemporalGraph graph;
  private final Findings findings;
  private double cycles;
  private double cut;

  Costs(TemporalGraph graph) {
    this.graph = graph;
    findings = new Findings(graph.layout());
  }

  /** Adds a payment and counts its time. */
  void add(Payment payment) {
    long begun = WallClock.nanos();
    graph.add(payment, findings);
    nanos.recordValue(WallClock.nanos() - begun);
    cycles += findings.cycles().size() + findings.get(Pattern.CYCLES_UNLISTED);
    cut += findings.get(Pattern.SEARCH_DROPPED) > 0 ? 1 : 0;
  }

  /** Puts a payment in without a search and counts its time. */
  void keep(Payment payment) {
    long begun = WallClock.nanos();
    graph.restore(payment);
    nanos.recordValue(WallClock.nanos() - begun);
  }

  /** Payments added so far. */
  long count() {
    return nanos.getTotalCount();
  }

  /**
   * Figures of a run.
   *
   * @param payments how many
   * @param perSecond payments a second of the time inside the graph, its measuring counted in
   * @param meanMicros microseconds a payment
   * @param p50Micros half took no longer
   * @param p99Micros 99 % took no longer
   * @param p999Micros 99.9 % took no longer
   * @param mostMicros the longest
   * @param cyclesFound cycles closed
   * @param cutShare share of payments of which a search was cut off
   */
  public record Figures(
      long payments,
      double perSecond,
      double meanMicros,
      double p50Micros,
      double p99Micros,
      double p999Micros,
      double mostMicros,
      double cyclesFound,
      double cutShare) {}

  Figures figures() {
    return new Figures(
        nanos.getTotalCount(),
        NANOS_A_SECOND / nanos.getMean(),
        nanos.getMean() / NANOS_A_MICRO,
        nanos.getValueAtPercentile(50) / NANOS_A_MICRO,
        nanos.getValueAtPercentile(99) / NANOS_A_MICRO,
        nanos.getValueAtPercentile(99.9) / NANOS_A_MICRO,
        nanos.getMaxValue() / NANOS_A_MICRO,
        cycles,
        cut / nanos.getTotalCount());
  }
}
