package dev.tidegate.benchmarks.drift;

import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.retrain.detect.Learning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything {@code bench drift} measures. */
public final class DriftBench {
  private static final double[] RATES = {0.002, 0.02, 0.1};
  private static final double[] RISES = {2, 4};
  private static final double PROMISES = 150;
  private static final long FOR_OTHERS = 20_000_000;
  private static final int FEATURES = 100;

  // Streams of 40,000 rows, a tenth of a false alarm each; changes 10,000 rows apart.
  private static final double ROWS = 40_000;
  private static final double PAGES_A_STREAM = 0.1;
  private static final int BETWEEN_CHANGES = 10_000;

  private final Request request;
  private final Terminal terminal;

  /** Parts of the measurement. */
  public enum Part {
    /** Run lengths and delays at base rates. */
    RATES,
    /** Naive Bayes on labelled streams. */
    STREAMS,
    /** Cost of all monitors' kernels together. */
    THROUGHPUT,
    /** Cost of the topologies over a broker. */
    TOPOLOGIES
  }

  /**
   * What to measure.
   *
   * @param parts what to run
   * @param streams folder of labelled streams; null to leave them out
   * @param runs changes waited for, each detector, rate and rise
   * @param effort share of the observations that run lengths are measured on, 1 for all
   * @param payments of a round of the throughput
   * @param topologyPayments that each topology is measured over
   * @param seed of everything random
   */
  public record Request(
      Set<Part> parts,
      @Nullable Path streams,
      int runs,
      double effort,
      int payments,
      int topologyPayments,
      long seed) {
    /** Copies. */
    public Request {
      parts = Set.copyOf(parts);
    }
  }

  /** A measurement that tells a terminal how far it is. */
  public DriftBench(Request request, Terminal terminal) {
    this.request = request;
    this.terminal = terminal;
  }

  /** Runs the parts that were asked for. */
  public DriftReport run(Map<String, Object> machine) throws IOException {
    return new DriftReport(
        machine,
        Map.of("runs", request.runs, "effort", request.effort, "seed", request.seed),
        request.parts.contains(Part.RATES) ? rates() : List.of(),
        request.parts.contains(Part.STREAMS) ? streams() : List.of(),
        request.parts.contains(Part.THROUGHPUT) ? throughput() : null,
        request.parts.contains(Part.TOPOLOGIES) ? topologies() : null);
  }

  private List<DriftReport.RateRow> rates() {
    List<DriftReport.RateRow> rows = new ArrayList<>();
    for (double rate : RATES) {
      for (Setting setting : Setting.all()) {
        terminal.say("  " + setting.name() + " at " + rate);
        rows.add(row(setting, rate));
      }
    }
    return rows;
  }

  private DriftReport.RateRow row(Setting setting, double rate) {
    RateTrial trial = new RateTrial(setting, rate, request.seed);
    double observations = setting.ours() ? PROMISES * setting.promised() : FOR_OTHERS;
    RateTrial.RunLength length =
        trial.runLength(Math.max(1, Math.round(request.effort * observations)));
    List<RateTrial.Delay> delays = new ArrayList<>();
    for (double times : RISES) {
      delays.add(trial.delay(times, request.runs));
    }
    return new DriftReport.RateRow(
        setting.name(),
        setting.ours(),
        rate,
        setting.promised(),
        length,
        delays,
        delays.stream().mapToInt(RateTrial.Delay::missed).sum());
  }

  private List<DriftReport.StreamRow> streams() throws IOException {
    Path folder = request.streams;
    if (folder == null) {
      return List.of();
    }
    List<LabelledStream> streams = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().contains(".csv")).sorted().toList()) {
        streams.add(LabelledStream.read(file));
      }
    }
    List<Setting> settings = new ArrayList<>();
    settings.add(
        Setting.learned(
            "e-detector, rate learned", Learning.within(BETWEEN_CHANGES), ROWS / PAGES_A_STREAM));
    settings.addAll(Setting.others());
    return settings.stream().map(setting -> row(setting, streams)).toList();
  }

  private DriftReport.StreamRow row(Setting setting, List<LabelledStream> streams) {
    terminal.say("  " + setting.name() + " on " + streams.size() + " labelled streams");
    List<StreamTrial> abrupt = new ArrayList<>();
    List<StreamTrial> gradual = new ArrayList<>();
    List<StreamTrial> all = new ArrayList<>();
    for (LabelledStream stream : streams) {
      StreamTrial trial = StreamTrial.run(stream, setting);
      (stream.gradual() ? gradual : abrupt).add(trial);
      all.add(trial);
    }
    return new DriftReport.StreamRow(
        setting.name(),
        setting.ours(),
        abrupt.stream().mapToInt(StreamTrial::hits).sum(),
        abrupt.stream().mapToInt(StreamTrial::points).sum(),
        gradual.stream().mapToInt(StreamTrial::hits).sum(),
        gradual.stream().mapToInt(StreamTrial::points).sum(),
        all.stream().mapToInt(StreamTrial::falseAlarms).average().orElse(0),
        all.stream()
            .flatMap(trial -> trial.delays().stream())
            .mapToInt(Integer::intValue)
            .average()
            .orElse(Double.NaN),
        all);
  }

  private MonitorLoad.Throughput throughput() {
    terminal.say("  all monitors on " + FEATURES + " features");
    return new MonitorLoad(FEATURES, request.seed).measure(request.payments);
  }

  private TopologyLoad.Throughput topologies() throws IOException {
    terminal.say("  topologies of monitors on " + FEATURES + " features");
    return new TopologyLoad(FEATURES, request.seed, terminal).measure(request.topologyPayments);
  }
}
