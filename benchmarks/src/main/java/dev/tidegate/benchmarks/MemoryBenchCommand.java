package dev.tidegate.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.app.sizing.Costs;
import dev.tidegate.app.sizing.MemoryCosts;
import dev.tidegate.benchmarks.memory.MemoryBench;
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

/** {@code tidegate bench memory}. */
@Command(
    name = "memory",
    description = {
      "Weigh what stages hold of payments on their heaps: the graph's window, payments that wait"
          + " for",
      "their labels in the monitors of outcomes and in trials. With --write, 'tidegate size'"
          + " reckons",
      "with it from then on."
    },
    footer = {"", "Example:", "  tidegate bench memory --write"})
final class MemoryBenchCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  @Option(names = "--payments", paramLabel = "N", description = "To weigh. Default: 1000000.")
  private int payments = 1_000_000;

  @Option(names = "--seed", paramLabel = "N", description = "Of the graph. Default: 1.")
  private long seed = 1;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file.")
  private @Nullable Path json;

  @Option(names = "--write", description = "Write the figures to config/sizing.json.")
  private boolean write;

  MemoryBenchCommand() {}

  @Override
  public Integer call() throws Exception {
    Map<String, Object> machine = Machine.describe();
    MemoryCosts costs = new MemoryBench(payments, seed).run();
    PrintWriter out = spec.commandLine().getOut();
    out.println(costs.conditions());
    line(out, costs.graphPayment(), "a payment in the graph's window");
    line(out, costs.graphAccount(), "an account in the graph");
    line(out, costs.waitingPayment(), "a payment that waits in the monitors of outcomes");
    line(out, costs.trialPayment(), "a payment that waits in a trial");
    out.flush();
    if (json != null) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("machine", machine);
      all.put("memory", costs);
      Files.writeString(
          json, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
    }
    if (write) {
      Costs.read().with(costs).write(Costs.file());
    }
    return 0;
  }

  private static void line(PrintWriter out, double bytes, String what) {
    out.printf(Locale.ROOT, "%.1f bytes %s%n", bytes, what);
  }
}
