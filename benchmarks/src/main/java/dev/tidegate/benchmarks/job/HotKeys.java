package dev.tidegate.benchmarks.job;

import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.features.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.List;

/**
 * Added latency at one steady rate, with the simulated bank as it is and with half of its payments
 * on one key. Each load has a platform and a job of its own, and a time at its rate before it is
 * measured; the plain load is measured first and last, so that a machine that grows warm or busy
 * shows. Before all, the plain load runs once unmeasured, so that no load meets code that is not
 * compiled.
 */
public final class HotKeys {
  private static final List<HotKey> LOADS =
      List.of(HotKey.NONE, HotKey.MERCHANT, HotKey.ACCOUNT, HotKey.NONE);

  private final WholeJob.Settings settings;
  private final double perSecond;
  private final Catalogue catalogue;
  private final Terminal terminal;

  /**
   * A measurement.
   *
   * @param perSecond the rate; far below what the job can do, or the ratio shows a queue and not
   *     the key
   */
  public HotKeys(
      WholeJob.Settings settings, double perSecond, Catalogue catalogue, Terminal terminal) {
    this.settings = settings;
    this.perSecond = perSecond;
    this.catalogue = catalogue;
    this.terminal = terminal;
  }

  /** Measures. */
  public HotFigures run() {
    measure(HotKey.NONE, Math.max(1, settings.seconds() / 2));
    List<JobFigures.Latency> measured = new ArrayList<>();
    for (HotKey key : LOADS) {
      measured.add(measure(key, settings.seconds()));
    }
    return HotFigures.of(perSecond, LOADS, measured);
  }

  private JobFigures.Latency measure(HotKey key, int seconds) {
    SimulatedPayments payments = new SimulatedPayments(settings.seed(), settings.customers(), key);
    try (JobRun run = new JobRun(settings.parallelism(), catalogue, payments, terminal)) {
      run.submit();
      return run.latency(perSecond, settings.seconds() / 2.0, seconds);
    }
  }
}
