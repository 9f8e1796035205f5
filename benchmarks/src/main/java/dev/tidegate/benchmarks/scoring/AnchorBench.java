package dev.tidegate.benchmarks.scoring;

import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.Stopwatch;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.ForestModel;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.onnx.ForestGraph;
import dev.tidegate.scoring.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The anchor of the Triton FIL notebook: 5,000 trees of depth 12 within 2 ms at the 99th
 * percentile, at 20 times the throughput of 500 trees of depth 3 on a processor (there on a DGX-1).
 * Each model is called for a slice of time in each round, small batches and large, and each call is
 * timed.
 */
public final class AnchorBench {
  static final String SMALL = "forest, small";
  static final String LARGE = "forest, large";
  static final String GPU = "tensor graph, large, GPU";
  private static final int WIDTH = 30;
  private static final int POOL = 64;
  private static final double NANOS_A_MILLI = 1e6;
  private static final long LONGEST_NANOS = 60_000_000_000L;

  private final Sizes large;
  private final ScoringBench.Slices slices;
  private final long seed;
  private final Terminal terminal;

  /** Number of trees and their depth. */
  public record Sizes(int trees, int depth) {
    /** What the notebook measures. */
    public static final Sizes NOTEBOOK = new Sizes(5_000, 12);

    static final Sizes SMALL = new Sizes(500, 3);
  }

  /**
   * Times of one way at one batch.
   *
   * @param way which
   * @param batch rows a call
   * @param p50Millis a call, milliseconds
   * @param p99Millis a call
   * @param rowsPerSecond of all calls together
   */
  public record Line(
      String way, int batch, double p50Millis, double p99Millis, double rowsPerSecond) {}

  /**
   * What was found.
   *
   * @param trees of the large model
   * @param depth of the large model
   * @param features a row
   * @param lines each way at each batch
   * @param gpu why the GPU was not measured; null if it was
   * @param largestDifference of the graph's score from the forest's on the GPU; NaN without one
   */
  public record Report(
      int trees,
      int depth,
      int features,
      List<Line> lines,
      @Nullable String gpu,
      double largestDifference) {}

  /** Of the notebook's sizes or others; the slices' device is that of the tensor graph. */
  public AnchorBench(Sizes large, ScoringBench.Slices slices, long seed, Terminal terminal) {
    this.large = large;
    this.slices = slices;
    this.seed = seed;
    this.terminal = terminal;
  }

  /** Makes the trees and measures. */
  public Report run(List<Integer> batches) {
    terminal.status("making " + large.trees() + " trees of depth " + large.depth());
    Forest forest = FullTrees.of(large.trees(), large.depth(), WIDTH, seed);
    Forest small = FullTrees.of(Sizes.SMALL.trees(), Sizes.SMALL.depth(), WIDTH, seed);
    List<Line> lines = new ArrayList<>();
    try (ForestModel largeModel = ForestModel.of(forest).open();
        ForestModel smallModel = ForestModel.of(small).open()) {
      for (int batch : batches) {
        lines.add(line(SMALL, smallModel, batch));
        lines.add(line(LARGE, largeModel, batch));
      }
      return onGpu(forest, largeModel, batches, lines);
    }
  }

  private Report onGpu(Forest forest, Model ours, List<Integer> batches, List<Line> lines) {
    if (slices.device() == Device.CPU) {
      return report(lines, "no GPU was asked for", Double.NaN);
    }
    try (OnnxModel graph = OnnxModel.open(ForestGraph.write(forest), slices.device())) {
      if (!graph.device().gpu()) {
        return report(lines, graph.device().missing(), Double.NaN);
      }
      double largest = 0;
      for (int batch : batches) {
        lines.add(line(GPU, graph, batch));
        float[] rows = SampleTrees.rows(WIDTH, batch, seed + 1);
        float[] theirs = graph.score(rows);
        float[] due = ours.score(rows);
        for (int row = 0; row < batch; row++) {
          largest = Math.max(largest, Math.abs(theirs[row] - due[row]));
        }
      }
      return report(lines, null, largest);
    }
  }

  private Report report(List<Line> lines, @Nullable String gpu, double largest) {
    return new Report(large.trees(), large.depth(), WIDTH, List.copyOf(lines), gpu, largest);
  }

  /** The first round warms up and does not count. */
  private Line line(String way, Model model, int batch) {
    terminal.status(way + ", batches of " + batch);
    float[] pool = SampleTrees.rows(WIDTH, batch * POOL, seed + 2);
    float[] rows = new float[batch * WIDTH];
    float[] scores = new float[batch];
    Histogram nanos = new Histogram(LONGEST_NANOS, 3);
    for (int round = 0; round <= slices.rounds(); round++) {
      Stopwatch watch = new Stopwatch();
      for (int call = 0; watch.seconds() < slices.seconds(); call++) {
        System.arraycopy(pool, call % POOL * rows.length, rows, 0, rows.length);
        long begun = WallClock.nanos();
        model.score(rows, batch, scores);
        if (round > 0) {
          nanos.recordValue(Math.min(LONGEST_NANOS, WallClock.nanos() - begun));
        }
      }
    }
    return new Line(
        way,
        batch,
        nanos.getValueAtPercentile(50) / NANOS_A_MILLI,
        nanos.getValueAtPercentile(99) / NANOS_A_MILLI,
        batch * 1e9 / nanos.getMean());
  }
}
