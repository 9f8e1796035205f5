package dev.tidegate.benchmarks.scoring;

import dev.tidegate.app.Refused;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.release.ReleaseStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A release's own model, as it would serve: on the processor, and on a GPU where one is asked for
 * and there, with the batch from which the GPU is ahead. Rows are the release's golden vectors,
 * again and again.
 */
public final class ReleaseBench {
  static final String CPU = "cpu";
  static final String GPU = "gpu";
  private static final int POOL = 16;

  private final Path folder;
  private final ScoringBench.Slices slices;
  private final Terminal terminal;

  /**
   * What was found.
   *
   * @param release its name
   * @param width values a row
   * @param lines each device at each batch
   * @param gpu why the GPU was not measured; null if it was
   * @param crossoverBatch batch from which on the GPU scores more rows a second; null for none
   * @param largestDifference of the GPU's score from the processor's; NaN without a GPU
   */
  public record Report(
      String release,
      int width,
      List<CallTimes> lines,
      @Nullable String gpu,
      @Nullable Integer crossoverBatch,
      double largestDifference) {}

  /** Of the release in a folder; the slices' device is the one that is compared. */
  public ReleaseBench(Path folder, ScoringBench.Slices slices, Terminal terminal) {
    this.folder = folder;
    this.slices = slices;
    this.terminal = terminal;
  }

  /**
   * Measures.
   *
   * @throws Refused if the release cannot serve
   */
  public Report run(List<Integer> batches) {
    LoadedRelease release = load(Device.CPU);
    float[] golden = release.manifest().golden().rows();
    List<CallTimes> lines = new ArrayList<>();
    try (Model cpu = release.openModel();
        Model other = load(slices.device()).openModel()) {
      boolean gpu = other.device().gpu();
      Integer crossover = null;
      for (int batch : batches.stream().sorted().toList()) {
        float[] pool = rows(golden, cpu.width(), batch * POOL);
        CallTimes ours = line(CPU, cpu, batch, pool);
        lines.add(ours);
        if (gpu) {
          CallTimes theirs = line(GPU, other, batch, pool);
          lines.add(theirs);
          boolean ahead = theirs.rowsPerSecond() > ours.rowsPerSecond();
          crossover = !ahead ? null : crossover == null ? (Integer) batch : crossover;
        }
      }
      return new Report(
          release.manifest().release(),
          cpu.width(),
          List.copyOf(lines),
          gpu ? null : reason(other),
          crossover,
          gpu ? CallTimes.largestDifference(cpu, other, golden) : Double.NaN);
    }
  }

  private static String reason(Model model) {
    String missing = model.device().missing();
    return missing == null ? "no GPU was asked for" : missing;
  }

  private LoadedRelease load(Device device) {
    try {
      return ReleaseStore.load(folder, null, device);
    } catch (ReleaseRefused e) {
      throw new Refused(e);
    }
  }

  private CallTimes line(String device, Model model, int batch, float[] pool) {
    terminal.status(device + ", batches of " + batch);
    return CallTimes.of(device, model, batch, pool, slices);
  }

  /** So many rows, by turns. */
  private static float[] rows(float[] golden, int width, int count) {
    int known = golden.length / width;
    float[] rows = new float[count * width];
    for (int row = 0; row < count; row++) {
      System.arraycopy(golden, row % known * width, rows, row * width, width);
    }
    return rows;
  }
}
