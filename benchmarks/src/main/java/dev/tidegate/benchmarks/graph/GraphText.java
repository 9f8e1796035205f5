package dev.tidegate.benchmarks.graph;

import java.io.PrintWriter;
import java.util.Locale;

/** A report for people. */
public final class GraphText {
  private final PrintWriter out;

  /** Prints to a writer. */
  public GraphText(PrintWriter out) {
    this.out = out;
  }

  /** Prints everything that was measured. */
  public void print(GraphReport report) {
    GraphReport.Kernel kernel = report.kernel();
    if (kernel != null) {
      line("One payment at a time, %s", kernel.payments());
      figures("all signals", kernel.costs());
    }
    if (!report.growth().isEmpty()) {
      line("%nConstant degree");
      for (GraphReport.Point point : report.growth()) {
        figures(String.format(Locale.ROOT, "%,d edges", point.edges()), point.costs());
        line("  %-18s %.1f bytes an edge", "", point.bytesPerEdge());
      }
      line("  cost grows %.2fx", report.growthRatio());
    }
    GraphReport.Hub hub = report.hub();
    if (hub != null) {
      line("%nA hub");
      figures("without", hub.without());
      figures("others beside it", hub.others());
      figures("its own payments", hub.hub());
      line("  p99 %.2fx", report.hubP99Ratio());
    }
    GraphReport.Job job = report.job();
    if (job != null) {
      job(job, report);
    }
    out.flush();
  }

  private void job(GraphReport.Job job, GraphReport report) {
    line("%nJob at parallelism %d, %s", job.parallelism(), job.payments());
    figures("kernel alone", job.kernel());
    figures("kernel, inserting", job.inserted());
    line(
        "  %-18s %,9.0f payments/s  %.2f of the kernel's rate a core",
        "kernels at once", job.kernelsAtOnce(), report.kernelsAtOnceShare());
    figures("one graph, full", job.one().full());
    figures("one graph, half", job.one().paced());
    line("  %.2f of the kernel's rate a core", report.oneGraphShareOfKernel());
    figures("replicas, full", job.replicas().full());
    figures("replicas, half", job.replicas().paced());
    line("  %.2f of the kernel's rate a core", report.jobShareOfKernel());
    GraphReport.Sharded sharded = job.sharded();
    if (sharded != null) {
      line("%nShards, %s", sharded.payments());
      figures("kernel alone", sharded.kernel());
      figures("shards, full", sharded.job().full());
      figures("shards, half", sharded.job().paced());
      line("  %.2f of the kernel's rate a core", report.shardedShareOfKernel());
    }
  }

  private void figures(String what, JobFigures of) {
    line(
        "  %-18s %,9.0f payments/s  %.1f cores  p50 %.1f ms  p99 %.1f ms",
        what, of.perSecond(), of.cores(), of.p50Millis(), of.p99Millis());
  }

  private void figures(String what, Costs.Figures of) {
    line(
        "  %-18s %,9.0f payments/s  mean %.1f us  p50 %.1f  p99 %.1f  p99.9 %.1f  max %.0f",
        what,
        of.perSecond(),
        of.meanMicros(),
        of.p50Micros(),
        of.p99Micros(),
        of.p999Micros(),
        of.mostMicros());
    line(
        "  %-18s %,.0f cycles, %.2f %% with a search cut off",
        "", of.cyclesFound(), 100 * of.cutShare());
  }

  private void line(String text, Object... values) {
    out.println(String.format(Locale.ROOT, text, values));
  }
}
