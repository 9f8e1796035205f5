package dev.tidegate.benchmarks.graph;

import dev.tidegate.benchmarks.Stopwatch;
import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * What replicas would do without a job around them: a thread each, that puts every payment into a
 * graph of its own and searches its share. The most that a job of replicas can do on this machine.
 */
final class KernelShares {
  private final GraphSettings settings;
  private final int threads;

  KernelShares(GraphSettings settings, int threads) {
    this.settings = settings;
    this.threads = threads;
  }

  /** Payments a second from the moment at which all windows are full, all threads together. */
  double perSecond(IntFunction<Payment> payments, LayoutJob.Stretches stretches) throws Exception {
    CyclicBarrier full = new CyclicBarrier(threads);
    List<Callable<Double>> shares = new ArrayList<>();
    for (int share = 0; share < threads; share++) {
      int own = share;
      shares.add(() -> seconds(payments, stretches, own, full));
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      double slowest = 0;
      for (Future<Double> share : pool.invokeAll(shares)) {
        slowest = Math.max(slowest, share.get());
      }
      return stretches.measured() / slowest;
    } finally {
      pool.shutdownNow();
    }
  }

  private double seconds(
      IntFunction<Payment> payments, LayoutJob.Stretches stretches, int own, CyclicBarrier full)
      throws Exception {
    TemporalGraph graph = new TemporalGraph(settings);
    Findings findings = new Findings(graph.layout());
    for (int i = 0; i < stretches.filled(); i++) {
      graph.restore(payments.apply(i));
    }
    full.await();
    Stopwatch watch = new Stopwatch();
    for (int i = stretches.filled(); i < stretches.full(); i++) {
      if (i % threads == own) {
        graph.add(payments.apply(i), findings);
      } else {
        graph.restore(payments.apply(i));
      }
    }
    return watch.seconds();
  }
}
