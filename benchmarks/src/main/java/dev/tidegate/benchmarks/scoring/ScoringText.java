package dev.tidegate.benchmarks.scoring;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report as tables for people. */
public final class ScoringText {
  private final PrintWriter out;

  /** Writes to the given place. */
  public ScoringText(PrintWriter out) {
    this.out = out;
  }

  /** Prints all of it. */
  public void print(ScoringReport report) {
    line("%s", report.settings());
    line("%n  %-34s %6s %12s %10s %10s", "way", "batch", "us a row", "fastest", "slowest");
    for (ScoringReport.Timing timing : report.timings()) {
      line(
          "  %-34s %,6d %12.2f %10.2f %10.2f",
          timing.way(), timing.batch(), timing.microsARow(), timing.fastest(), timing.slowest());
    }
    line("%nThe forest is so many times as fast (aim 2):");
    line(
        "  as ONNX Runtime's TreeEnsemble: %.2f one by one, %.2f by 256",
        report.forestVsOnnxBatch1(), report.forestVsOnnxBatch256());
    line(
        "  as XGBoost4J in place:          %.2f one by one, %.2f by 256",
        report.forestVsXgboostBatch1(), report.forestVsXgboostBatch256());
    line("Our ONNX backend reaches of the bare session, by batch (aim 0.9):");
    report.onnxVsRawSession().forEach((batch, share) -> line("  %,6d %.2f", batch, share));
    line("Largest difference from the forest's score: %s", report.largestDifference());
    line("Exact reasons: %.2f ms a row", report.reasonsMillis());
    line("GPU: %s", report.gpu());
    out.flush();
  }

  /** Prints the anchor's figures. */
  public void print(AnchorBench.Report report) {
    line(
        "%,d trees of depth %d, %d features (small: 500 of depth 3)",
        report.trees(), report.depth(), report.features());
    print(report.lines());
    gpu(report.gpu(), report.largestDifference());
    out.flush();
  }

  /** Prints a release's figures. */
  public void print(ReleaseBench.Report report) {
    line("%s, %d values a row", report.release(), report.width());
    print(report.lines());
    gpu(report.gpu(), report.largestDifference());
    if (report.gpu() == null) {
      line(
          "The GPU is ahead from batches of: %s",
          report.crossoverBatch() == null ? "none of these" : report.crossoverBatch());
    }
    out.flush();
  }

  private void print(List<CallTimes> lines) {
    line("%n  %-28s %6s %12s %12s %14s", "way", "batch", "p50 ms", "p99 ms", "rows/s");
    for (CallTimes one : lines) {
      line(
          "  %-28s %,6d %12.3f %12.3f %,14.0f",
          one.way(), one.batch(), one.p50Millis(), one.p99Millis(), one.rowsPerSecond());
    }
  }

  private void gpu(@Nullable String missing, double difference) {
    line(
        "GPU: %s",
        missing == null
            ? "measured, largest difference of a score " + difference
            : "not measured: " + missing);
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values).stripTrailing());
  }
}
