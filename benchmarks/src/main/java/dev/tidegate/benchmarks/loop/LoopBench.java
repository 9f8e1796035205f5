package dev.tidegate.benchmarks.loop;

import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.Stopwatch;
import dev.tidegate.scoring.loop.ScoringSettings.Batching;
import dev.tidegate.scoring.loop.ScoringSettings.Limits;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.onnx.OnnxModel;
import dev.tidegate.scoring.release.LoadedRelease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The scoring loop at a broker of its own, in one process: first from a topic that is full, then,
 * with another broker, at a steady rate. The shipped release, its trees served by the forest as it
 * ships, or by ONNX Runtime.
 */
public final class LoopBench {
  private static final int BATCH = 1_024;
  private static final double MICROS = 1e6;
  private static final double WARM_SHARE = 0.25;

  private final Settings settings;
  private final Terminal terminal;

  /**
   * What to measure.
   *
   * @param rows in the full topic
   * @param perSecond the steady rate
   * @param seconds at that rate, after half as many that do not count
   * @param forest true for the forest, false for ONNX Runtime
   * @param buffers of the loop, 1 or 2
   * @param rounds of the comparison of one buffer with two; 0 for none
   */
  public record Settings(
      int rows,
      double perSecond,
      int seconds,
      boolean forest,
      int buffers,
      int rounds,
      long seed) {}

  /** For one run. */
  public LoopBench(Settings settings, Terminal terminal) {
    this.settings = settings;
    this.terminal = terminal;
  }

  /** Measures. */
  public LoopFigures run() {
    LoadedRelease release = release();
    return new LoopFigures(
        release.manifest().release(),
        settings.forest() ? "forest" : "onnx",
        release.manifest().width(),
        sustained(release),
        latency(release),
        settings.rounds() == 0 ? List.of() : buffers(release));
  }

  private List<LoopFigures.Buffers> buffers(LoadedRelease release) {
    LoadedRelease slow =
        new LoadedRelease(
            release.manifest(),
            release.manifestSha256(),
            release.trees(),
            () -> new DeviceModel(release.openModel()));
    BufferTrials trials =
        new BufferTrials(settings.rows() / 4, settings.rounds(), settings.seed(), terminal);
    return List.of(
        trials.compare(settings.forest() ? "forest" : "onnx", release),
        trials.compare("the same and 20 us a row without the processor", slow));
  }

  private Batching batching() {
    return new Batching(Batching.NATURAL.rows(), Duration.ZERO, settings.buffers());
  }

  private LoadedRelease release() {
    ChosenRelease shipped = Releases.load(null);
    LoadedRelease release = shipped.release();
    if (settings.forest()) {
      return release;
    }
    byte[] onnx = onnx(shipped.folder().resolve(release.manifest().modelFile()));
    return new LoadedRelease(
        release.manifest(), release.manifestSha256(), release.trees(), () -> OnnxModel.open(onnx));
  }

  private static byte[] onnx(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LoopFigures.Sustained sustained(LoadedRelease release) {
    try (LoopRun run = new LoopRun(release, settings.seed(), terminal)) {
      run.preload(settings.rows());
      run.start(batching(), Limits.SHIPPED);
      run.awaitDecided((long) (settings.rows() * WARM_SHARE));
      Stopwatch watch = new Stopwatch();
      long before = run.decided();
      double loopBefore = run.loopCpuSeconds();
      run.awaitDecided(settings.rows());
      long rows = run.decided() - before;
      double loop = run.loopCpuSeconds() - loopBefore;
      double model = modelMicros(release);
      return new LoopFigures.Sustained(
          rows,
          rows / watch.seconds(),
          rows / loop,
          rows / watch.cpuSeconds(),
          loop * MICROS / rows,
          model,
          loop * MICROS / rows - model);
    }
  }

  /** The model alone, on rows drawn alike, in batches of the loop's largest size. */
  private double modelMicros(LoadedRelease release) {
    SampleVectors vectors = new SampleVectors(release.manifest(), settings.seed() + 1);
    int width = release.manifest().width();
    float[] rows = new float[BATCH * width];
    for (int i = 0; i < BATCH; i++) {
      List<Float> values = vectors.values();
      for (int j = 0; j < width; j++) {
        rows[i * width + j] = values.get(j);
      }
    }
    float[] scores = new float[BATCH];
    try (Model model = release.openModel()) {
      double seconds = 0;
      long counted = 0;
      for (boolean warm : new boolean[] {false, true}) {
        Stopwatch watch = new Stopwatch();
        counted = 0;
        while (watch.seconds() < 1) {
          model.score(rows, BATCH, scores);
          counted += BATCH;
        }
        seconds = warm ? watch.seconds() : 0;
      }
      return seconds * MICROS / counted;
    }
  }

  private LoopFigures.Latency latency(LoadedRelease release) {
    try (LoopRun run = new LoopRun(release, settings.seed(), terminal)) {
      run.start(batching(), Limits.SHIPPED);
      return run.latency(settings.perSecond(), settings.seconds() / 2.0, settings.seconds());
    }
  }
}
