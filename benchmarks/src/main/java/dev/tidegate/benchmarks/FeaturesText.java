package dev.tidegate.benchmarks;

import dev.tidegate.benchmarks.job.CardState;
import dev.tidegate.benchmarks.job.HotFigures;
import dev.tidegate.benchmarks.job.JobFigures;
import dev.tidegate.benchmarks.windows.DesignRun;
import dev.tidegate.benchmarks.windows.Exactness;
import java.io.PrintWriter;
import java.util.Locale;

/** A report as tables for people; amounts of time and size carry their units. */
final class FeaturesText {
  private final PrintWriter out;

  FeaturesText(PrintWriter out) {
    this.out = out;
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values).stripTrailing());
  }

  void print(FeaturesReport report) {
    if (!report.windows().isEmpty()) {
      windows(report);
    }
    if (!report.windowErrors().isEmpty()) {
      errors(report);
    }
    if (!report.kernel().isEmpty()) {
      kernel(report);
    }
    JobFigures job = report.job();
    if (job != null) {
      job(job);
    }
    HotFigures hot = report.hot();
    if (hot != null) {
      hot(hot);
    }
    if (!report.cardState().isEmpty()) {
      state(report);
    }
    out.flush();
  }

  private void windows(FeaturesReport report) {
    line("%nWindows: count, sum, mean, max of one window; state in RocksDB, one slot");
    line(
        "  %-10s %-6s %-8s %12s %10s %10s",
        "load", "window", "design", "events/s", "us CPU", "results");
    for (DesignRun run : report.windows()) {
      line(
          "  %-10s %-6s %-8s %,12.0f %10.1f %10.2f",
          run.load(),
          run.window() + (run.keptAMonth() ? "+" : ""),
          run.design().name().toLowerCase(Locale.ROOT),
          run.speed().perSecond(),
          run.speed().cpuMicros(),
          run.resultsAnEvent());
    }
    line("  us CPU: of the process, an event. results: an event. +: history kept for 30 days");
    line("%n  %-10s %-6s %-8s %12s %12s", "load", "window", "against", "speedup", "less CPU");
    for (FeaturesReport.Speedup speedup : report.windowSpeedup()) {
      line(
          "  %-10s %-6s %-8s %,11.1fx %,11.1fx",
          speedup.load(),
          speedup.window(),
          speedup.against().name().toLowerCase(Locale.ROOT),
          speedup.ratio(),
          speedup.cpuRatio());
    }
    for (FeaturesReport.Curve curve : report.windowCurve()) {
      line(
          "  spread of ours over windows, %s%s: %.0f %%",
          curve.load(),
          curve.keptAMonth() ? ", history kept for 30 days" : "",
          curve.spread() * 100);
    }
  }

  private void errors(FeaturesReport report) {
    line("%nError against the exact window of each event, relative");
    line(
        "  %-10s %-6s %-8s %-6s %12s %12s %8s",
        "load", "window", "design", "of", "mean", "largest", "tiled");
    for (Exactness.Miss error : report.windowErrors()) {
      line(
          "  %-10s %-6s %-8s %-6s %10.4f %% %10.4f %% %6.0f %%",
          error.load(),
          error.window(),
          error.design().name().toLowerCase(Locale.ROOT),
          error.aggregate(),
          error.relative().mean() * 100,
          error.relative().most() * 100,
          error.tiledShare() * 100);
    }
  }

  private void kernel(FeaturesReport report) {
    line("%nKernel: one event and 20 aggregates (8 of distinct and quantile), JMH");
    line("  %-16s %-18s %10s %10s %12s", "load", "method", "history", "window", "ns");
    for (KernelRuns.Point point : report.kernel()) {
      line(
          "  %-16s %-18s %,10d %8.1f h %,7.0f +- %.0f",
          point.load(),
          point.method(),
          point.events(),
          point.windowMinutes() / 60.0,
          point.nanos(),
          point.error());
    }
  }

  private void job(JobFigures job) {
    JobFigures.Sustained fast = job.sustained();
    JobFigures.Latency latency = job.latency();
    line(
        "%nWhole job: %d features, broker included, parallelism %d",
        job.features(), job.parallelism());
    line(
        "  sustained   %,.0f payments/s over %.0f s; %,.0f a CPU second, %,.0f a core of the machine",
        fast.perSecond(), fast.seconds(), fast.perCpuSecond(), fast.perCore());
    line(
        "  at half     %,.0f payments/s, %,d answered, %,d lost",
        latency.perSecond(), latency.payments(), latency.lost());
    quantiles("  append to append", latency.added());
    quantiles("  intended to append", latency.fromIntended());
    line(
        "  checkpoints %.1f MiB after %,d payments of %,d customers over %.0f days",
        job.state().checkpointMiB(),
        job.state().payments(),
        job.state().customers(),
        job.state().days());
  }

  private void hot(HotFigures hot) {
    line("%nHalf of the payments on one key, %,.0f payments/s, append to append", hot.perSecond());
    for (HotFigures.Load load : hot.loads()) {
      quantiles("  " + load.key().name().toLowerCase(Locale.ROOT), load.latency().added());
      line(
          "  %-22s p99 %.2fx, %,d answered, %,d lost",
          "", load.p99Ratio(), load.latency().payments(), load.latency().lost());
    }
    line("  hot key p99 ratio %.2f", hot.hotKeyP99Ratio());
  }

  private void quantiles(String what, JobFigures.Quantiles ms) {
    line(
        "  %-22s p50 %.0f ms  p99 %.0f ms  p99.9 %.0f ms  max %.0f ms",
        what, ms.p50(), ms.p99(), ms.p999(), ms.most());
  }

  private void state(FeaturesReport report) {
    line("%nState of a card of 2 payments a day for 30 days, bytes by the kernel's codec");
    for (CardState.Size size : report.cardState()) {
      line(
          "  as %-10s %3d measures  mean %,6.0f  p99 %,6.0f  max %,6.0f",
          size.entity(), size.measures(), size.mean(), size.p99(), size.most());
    }
  }
}
