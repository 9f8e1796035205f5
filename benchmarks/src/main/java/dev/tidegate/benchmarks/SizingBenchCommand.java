package dev.tidegate.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.app.Logs;
import dev.tidegate.app.sizing.Costs;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.sizing.SizingBench;
import dev.tidegate.benchmarks.sizing.SizingFigures;
import dev.tidegate.schemas.time.WallClock;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
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
      "Run the stages as processes of their own at one steady rate after the other. All rates but",
      "the last give each stage a cost while nothing comes and a cost a payment; the last rate",
      "checks them. Then the stages beside the payment's way are stopped, and catch up: a payment",
      "costs them no less than that. With --write, 'tidegate size' reckons with them from then on."
    },
    footer = {"", "Example:", "  tidegate bench sizing --rates 100,400,250 --write"})
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

  @Option(
      names = "--rates",
      paramLabel = "N",
      split = ",",
      description = "Payments a second; the last one checks. Default: 100,400,700,250.")
  private List<Double> rates = List.of(100.0, 400.0, 700.0, 250.0);

  @Option(names = "--seconds", paramLabel = "N", description = "At each rate. Default: 60.")
  private int seconds = 60;

  @Option(names = "--warm-up", paramLabel = "N", description = "Seconds before it. Default: 120.")
  private int warmUp = 120;

  @Option(
      names = "--stages",
      paramLabel = "NAMES",
      split = ",",
      description = "features, scoring, and others beside them. Default: ${DEFAULT-VALUE}.")
  private List<String> stages =
      List.of("features", "scoring", "graph-aml", "monitors", "launcher", "console");

  @Option(names = "--customers", paramLabel = "N", description = "Of the bank. Default: 5000.")
  private int customers = 5_000;

  @Option(names = "--seed", paramLabel = "N", description = "Of the bank. Default: 1.")
  private long seed = 1;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file.")
  private @Nullable Path json;

  @Option(names = "--write", description = "Write the costs to config/sizing.json.")
  private boolean write;

  SizingBenchCommand() {}

  @Override
  public Integer call() throws Exception {
    Map<String, Object> machine = Machine.describe();
    Terminal terminal = new Terminal(spec.commandLine().getErr(), false, WallClock.INSTANCE);
    SizingBench.Settings settings =
        new SizingBench.Settings(rates, warmUp, seconds, customers, seed, stages);
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
    if (write) {
      figures.costs(conditions(machine)).with(Costs.read().memory()).write(Costs.file());
    }
    return 0;
  }

  private String conditions(Map<String, Object> machine) {
    return "the simulated bank of "
        + customers
        + " customers, seed "
        + seed
        + ", "
        + seconds
        + " s at each rate after "
        + warmUp
        + " s of warming up; "
        + machine.get("processors")
        + " cores, load "
        + machine.get("loadBefore")
        + " before and "
        + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
        + " after";
  }

  private static void show(SizingFigures figures, Map<String, Object> machine, PrintWriter out) {
    out.println("load before: " + machine.get("loadBefore"));
    for (SizingFigures.Step step : figures.steps()) {
      out.printf(
          Locale.ROOT,
          "%,.0f payments/s offered, %,.1f decided over %.0f s, %,d waiting at the end:",
          step.tps(),
          step.decidedPerSecond(),
          step.seconds(),
          step.waiting());
      for (String stage : figures.stages()) {
        out.printf(
            Locale.ROOT, " %s %.2f cores (%.0f us)", stage, step.cores(stage), step.micros(stage));
      }
      out.println();
    }
    figures
        .catchingUp()
        .forEach(
            (stage, micros) ->
                out.printf(Locale.ROOT, "%-10s %.1f us a payment, catching up%n", stage, micros));
    for (String stage : figures.stages()) {
      out.printf(
          Locale.ROOT,
          "%-10s %.3f cores and %.1f us a payment; at %,.0f/s, not seen: %+.0f %%%n",
          stage,
          figures.cost(stage).fixedCores(),
          figures.cost(stage).microsAPayment(),
          figures.check().tps(),
          100 * figures.error(stage));
    }
    figures
        .bytesAPayment()
        .forEach(
            (topic, bytes) ->
                out.printf(Locale.ROOT, "[%s] %.0f bytes a payment, one copy%n", topic, bytes));
    out.flush();
  }
}
