package dev.tidegate.benchmarks.scoring;

import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.ForestModel;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.onnx.ForestGraph;
import dev.tidegate.scoring.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.List;
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
      List<CallTimes> lines,
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
    List<CallTimes> lines = new ArrayList<>();
    try (ForestModel largeModel = ForestModel.of(forest).open();
        ForestModel smallModel = ForestModel.of(small).open()) {
      for (int batch : batches) {
        lines.add(line(SMALL, smallModel, batch));
        lines.add(line(LARGE, largeModel, batch));
      }
      return onGpu(forest, largeModel, batches, lines);
    }
  }

  private Report onGpu(Forest forest, Model ours, List<Integer> batches, List<CallTimes> lines) {
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
        largest = Math.max(largest, CallTimes.largestDifference(ours, graph, rows));
      }
      return report(lines, null, largest);
    }
  }

  private Report report(List<CallTimes> lines, @Nullable String gpu, double largest) {
    return new Report(large.trees(), large.depth(), WIDTH, List.copyOf(lines), gpu, largest);
  }

  private CallTimes line(String way, Model model, int batch) {
    terminal.status(way + ", batches of " + batch);
    return CallTimes.of(way, model, batch, SampleTrees.rows(WIDTH, batch * POOL, seed), slices);
  }
}
