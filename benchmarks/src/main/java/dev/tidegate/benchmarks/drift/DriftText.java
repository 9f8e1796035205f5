package dev.tidegate.benchmarks.drift;

import java.io.PrintWriter;
import java.util.Locale;

/** A report for people. */
public final class DriftText {
  private final PrintWriter out;

  /** Prints to a writer. */
  public DriftText(PrintWriter out) {
    this.out = out;
  }

  /** Prints everything that was measured. */
  public void print(DriftReport report) {
    double rate = -1;
    for (DriftReport.RateRow row : report.rates()) {
      if (row.baseRate() != rate) {
        rate = row.baseRate();
        line("Base rate %.1f %%", 100 * rate);
        line("  %-32s %10s %12s   %s", "", "promised", "run length", "delay: median, p90, missed");
      }
      row(row);
    }
    if (!report.rates().isEmpty()) {
      line("ours: promise kept everywhere: %s, missed: %d", report.keepsPromise(), report.missed());
    }
    for (DriftReport.StreamRow row : report.streams()) {
      line(
          "%-32s %d of %d abrupt, %d of %d gradual, %.2f false alarms a stream, mean delay %.0f",
          row.detector(),
          row.abruptHits(),
          row.abruptPoints(),
          row.gradualHits(),
          row.gradualPoints(),
          row.falseAlarmsAStream(),
          row.meanDelay());
    }
    MonitorLoad.Throughput load = report.throughput();
    if (load != null) {
      line(
          "%d features, %d detectors a payment: %,.0f payments/s on one core (slowest round %,.0f)",
          load.features(), load.detectors(), load.perSecond(), load.slowest());
    }
    if (report.topologies() != null) {
      topologies(report.topologies());
    }
    out.flush();
  }

  private void topologies(TopologyLoad.Throughput load) {
    line(
        "Topologies on %d features, after %,d payments to warm up: payments/s on one core,",
        load.features(), load.warmUp());
    line("and, at the least, with collector and compiler of the process (us a payment of each):");
    load.alone().forEach(group -> group(group.rows().get(0).topology() + " alone", group));
    group("all together", load.together());
    for (TopologyLoad.Row row : load.together().rows()) {
      line("    of that %-24s %10.1f", row.topology(), row.microsAPayment());
    }
    line("  the aim of %,d payments/s: %s", load.aim(), load.met() ? "met" : "missed");
  }

  private void group(String name, TopologyLoad.Group group) {
    line(
        "  %-32s %,10.0f, at the least %,10.0f (%.1f; %.1f)",
        name,
        group.perSecondPerCore(),
        group.leastPerSecondPerCore(),
        group.microsAPayment(),
        group.processMicrosAPayment());
  }

  private void row(DriftReport.RateRow row) {
    StringBuilder delays = new StringBuilder();
    for (RateTrial.Delay delay : row.delays()) {
      delays.append(String.format(Locale.ROOT, "  %.0fx: ", delay.times()));
      delays.append(text(delay));
    }
    line(
        "  %-32s %10s %s%,11.0f %s",
        row.detector(),
        row.ours() ? String.format(Locale.ROOT, "%,.0f", row.promised()) : "-",
        row.runLength().alarms() == 0 ? ">" : " ",
        row.runLength().runLength(),
        delays);
  }

  private static String text(RateTrial.Delay delay) {
    if (delay.runs() == 0) {
      return "no stream without a false alarm before";
    }
    String missed = String.format(Locale.ROOT, "%d of %d", delay.missed(), delay.runs());
    return delay.missed() == delay.runs()
        ? "none, " + missed
        : String.format(Locale.ROOT, "%,.0f, %,.0f, %s", delay.median(), delay.p90(), missed);
  }

  private void line(String text, Object... values) {
    out.println(String.format(Locale.ROOT, text, values));
  }
}
