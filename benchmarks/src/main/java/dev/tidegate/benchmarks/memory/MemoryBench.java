package dev.tidegate.benchmarks.memory;

import dev.tidegate.app.sizing.MemoryCosts;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import dev.tidegate.retrain.detect.LabelMaturity;
import dev.tidegate.retrain.drift.OutcomeTopology;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Weighs what stages hold of payments, by their own classes: the graph, the monitors of outcomes,
 * trials. One thread; the heap needs some 1,000 bytes a payment.
 */
public final class MemoryBench {
  private static final int PAYMENTS_AN_ACCOUNT = 10;
  private static final long MOST_MINOR = 1_500_000;
  private static final double PARTS = 10;

  private final int payments;
  private final long seed;

  /** Weighs so many payments. */
  public MemoryBench(int payments, long seed) {
    this.payments = payments;
    this.seed = seed;
  }

  /** Weighs. */
  public MemoryCosts run() {
    OutcomeTopology.waiting(1); // what its classes take is no payment's
    int accounts = payments / PAYMENTS_AN_ACCOUNT;
    double dense = graph(accounts);
    double perAccount = (graph(payments) - dense) / (payments - accounts);
    return new MemoryCosts(
        String.format(
            Locale.ROOT,
            "%,d payments, seed %d; %d a payer in the graph; Java %s",
            payments,
            seed,
            PAYMENTS_AN_ACCOUNT,
            Runtime.version().feature()),
        rounded(dense / payments),
        rounded(Math.max(0, perAccount)),
        rounded((double) Weight.of(() -> OutcomeTopology.waiting(payments)) / payments),
        rounded((double) Weight.of(this::trial) / payments));
  }

  /** Bytes of the graph's arrays, all payments within its longest window. */
  private long graph(int accounts) {
    TemporalGraph graph = new TemporalGraph(GraphSettings.defaults());
    SplittableRandom random = new SplittableRandom(seed);
    long windowMs =
        GraphSettings.defaults().windows().stream()
            .mapToLong(window -> window.ms())
            .max()
            .orElseThrow();
    for (int i = 0; i < payments; i++) {
      graph.restore(
          new Payment(
              i,
              random.nextInt(accounts),
              random.nextInt(accounts),
              (long) ((double) windowMs * i / payments),
              random.nextLong(1, MOST_MINOR),
              0));
    }
    return graph.bytes();
  }

  /** Payments of a canary, none of them due. */
  private LabelMaturity trial() {
    LabelMaturity waiting = new LabelMaturity(Long.MAX_VALUE / 2);
    for (int i = 0; i < payments; i++) {
      waiting.scored(String.format(Locale.ROOT, "%036d", i), i, 1);
    }
    return waiting;
  }

  private static double rounded(double bytes) {
    return Math.round(bytes * PARTS) / PARTS;
  }
}
