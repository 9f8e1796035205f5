package dev.tidegate.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.app.Logs;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.sizing.SizingBench;
import dev.tidegate.benchmarks.sizing.SizingFigures;
import dev.tidegate.schemas.time.WallClock;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate bench sizing}. */
@Command(
    name = "sizing",
    description = {
      "Run the stages as processes of their own at a steady rate, and hold the processor",
      "time that a payment cost each against what 'tidegate size' reckons with."
    },
    footer = {"", "Example:", "  tidegate bench sizing --tps 500"})
final class SizingBenchCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  @Option(names = "--tps", paramLabel = "N", description = "Payments a second. Default: 500.")
  private double tps = 500;

  @Option(names = "--seconds", paramLabel = "N", description = "Span of the figures. Default: 60.")
  private int seconds = 60;

  @Option(names = "--warm-up", paramLabel = "N", description = "Seconds before it. Default: 60.")
  private int warmUp = 60;

  @Option(
      names = "--stages",
      paramLabel = "NAMES",
      split = ",",
      description = "features, scoring, and others beside them. Default: those two.")
  private List<String> stages = List.of("features", "scoring");

  @Option(names = "--customers", paramLabel = "N", description = "Of the bank. Default: 5000.")
  private int customers = 5_000;

  @Option(names = "--seed", paramLabel = "N", description = "Of the bank. Default: 1.")
  private long seed = 1;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file.")
  private @Nullable Path json;

  SizingBenchCommand() {}

  @Override
  public Integer call() throws Exception {
    Map<String, Object> machine = Machine.describe();
    Terminal terminal = new Terminal(spec.commandLine().getErr(), false, WallClock.INSTANCE);
    SizingBench.Settings settings =
        new SizingBench.Settings(tps, warmUp, seconds, customers, seed, stages);
    Path folder = Files.createTempDirectory("tidegate-sizing");
    SizingFigures figures =
        Logs.ofOneRun("bench", () -> new SizingBench(settings, folder, terminal).run());
    show(figures, machine, spec.commandLine().getOut());
    if (json != null) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("machine", machine);
      all.put("sizing", figures);
      Files.writeString(
          json, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
    }
    return 0;
  }

  private static void show(SizingFigures figures, Map<String, Object> machine, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,.0f payments/s for %.0f s: %,d decided, %,d waiting at the end; load before: %s%n",
        figures.tps(),
        figures.seconds(),
        figures.payments(),
        figures.waiting(),
        machine.get("loadBefore"));
    for (SizingFigures.Stage stage : figures.stages()) {
      out.printf(
          Locale.ROOT,
          "%-10s %7.1f us of processor a payment, %.2f cores; the formula: %s%n",
          stage.stage(),
          figures.micros(stage),
          figures.cores(stage),
          stage.formulaMicros() > 0
              ? String.format(
                  Locale.ROOT, "%.1f us, x %.2f", stage.formulaMicros(), figures.ratio(stage))
              : "none");
    }
    out.flush();
  }
}
