package dev.tidegate.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.app.Logs;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.loop.LoopBench;
import dev.tidegate.benchmarks.loop.LoopFigures;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.loop.ScoringSettings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate bench loop}. */
@Command(
    name = "loop",
    description = {
      "Measure the scoring loop at a real broker in the same process: rows a second",
      "from a full topic, what the loop adds to the model, and latency at a steady rate."
    },
    footer = {"", "Example:", "  tidegate bench loop --json loop.json"})
final class LoopBenchCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  @Option(names = "--rows", paramLabel = "N", description = "In the full topic. Default: 400000.")
  private int rows = 400_000;

  @Option(names = "--rate", paramLabel = "N", description = "Steady rows/s. Default: 10000.")
  private double rate = 10_000;

  @Option(names = "--seconds", paramLabel = "N", description = "At that rate. Default: 30.")
  private int seconds = 30;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "forest or onnx. Default: forest.")
  private Backend backend = Backend.FOREST;

  @Option(
      names = "--buffers",
      paramLabel = "N",
      description = "Of the loop at the full topic and at the rate. Default: as it ships.")
  private int buffers = ScoringSettings.Batching.NATURAL.buffers();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Of one buffer against two, on a quarter of the rows; 0: none. Default: 3.")
  private int rounds = 3;

  @Option(names = "--seed", paramLabel = "N", description = "Of the vectors. Default: 1.")
  private long seed = 1;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file.")
  private @Nullable Path json;

  /** Who serves the trees. */
  enum Backend {
    FOREST,
    ONNX
  }

  LoopBenchCommand() {}

  @Override
  public Integer call() throws Exception {
    Map<String, Object> machine = Machine.describe();
    Terminal terminal = new Terminal(spec.commandLine().getErr(), false, WallClock.INSTANCE);
    LoopBench bench =
        new LoopBench(
            new LoopBench.Settings(
                rows, rate, seconds, backend == Backend.FOREST, buffers, rounds, seed),
            terminal);
    LoopFigures figures = Logs.ofOneRun("bench", bench::run);
    show(figures, spec.commandLine().getOut());
    if (json != null) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("machine", machine);
      all.put("loop", figures);
      Files.writeString(
          json, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
    }
    return 0;
  }

  private static void show(LoopFigures figures, PrintWriter out) {
    LoopFigures.Sustained full = figures.sustained();
    out.printf(
        Locale.ROOT,
        "%s by the %s, %d features%n"
            + "full topic: %,.0f rows/s; %,.0f a CPU second of the loop's thread, %,.0f of the"
            + " process with its broker%n"
            + "a row: %.1f us in the loop's thread, of which the model %.1f, the rest %.1f%n",
        figures.release(),
        figures.backend(),
        figures.features(),
        full.rowsPerSecond(),
        full.rowsPerLoopCpuSecond(),
        full.rowsPerCpuSecond(),
        full.loopMicrosPerRow(),
        full.modelMicrosPerRow(),
        full.overheadMicrosPerRow());
    LoopFigures.Latency steady = figures.latency();
    out.printf(
        Locale.ROOT,
        "at %,.0f rows/s: p50 %.0f, p99 %.0f, p99.9 %.0f, most %.0f ms from vector to decision"
            + " (%,d rows, %d lost)%n",
        steady.rowsPerSecond(),
        steady.p50(),
        steady.p99(),
        steady.p999(),
        steady.most(),
        steady.rows(),
        steady.lost());
    for (LoopFigures.Buffers model : figures.buffers()) {
      out.printf(
          Locale.ROOT,
          "%s: %,.0f rows/s; under a time limit %,.0f (%.2fx); two buffers %,.0f (%.2fx of one)%n",
          model.model(),
          model.direct(),
          model.one(),
          model.limitRatio(),
          model.two(),
          model.ratio());
    }
    out.flush();
  }
}
