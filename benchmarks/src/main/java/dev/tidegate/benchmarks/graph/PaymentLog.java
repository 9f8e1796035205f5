package dev.tidegate.benchmarks.graph;

import dev.tidegate.graphaml.temporal.Payment;
import java.util.Arrays;

/** Payments in memory, in the order in which they come; a payment's id is its place. */
final class PaymentLog {
  private long[] sources = new long[1 << 16];
  private long[] targets = new long[1 << 16];
  private long[] times = new long[1 << 16];
  private long[] amounts = new long[1 << 16];
  private int size;

  void add(long source, long target, long timeMs, long amountMinor) {
    if (size == sources.length) {
      sources = Arrays.copyOf(sources, 2 * size);
      targets = Arrays.copyOf(targets, 2 * size);
      times = Arrays.copyOf(times, 2 * size);
      amounts = Arrays.copyOf(amounts, 2 * size);
    }
    sources[size] = source;
    targets[size] = target;
    times[size] = timeMs;
    amounts[size++] = amountMinor;
  }

  int size() {
    return size;
  }

  Payment get(int i) {
    return new Payment(i, sources[i], targets[i], times[i], amounts[i], 0);
  }
}
