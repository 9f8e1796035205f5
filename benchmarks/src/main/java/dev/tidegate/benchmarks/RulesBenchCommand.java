package dev.tidegate.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.app.Logs;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.schemas.time.WallClock;
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

/** {@code tidegate bench rules}. */
@Command(
    name = "rules",
    description = {
      "Measure rules on every row, in one thread: the shipped library on the",
      "payments of a simulated bank, with their 143 features."
    },
    footer = {"", "Example:", "  tidegate bench rules --json rules.json"})
final class RulesBenchCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  @Option(names = "--rules", paramLabel = "N", description = "Rules asked. Default: 40.")
  private int rules = 40;

  @Option(names = "--seconds", paramLabel = "N", description = "Of one round. Default: 2.")
  private double seconds = 2;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file.")
  private @Nullable Path json;

  RulesBenchCommand() {}

  @Override
  public Integer call() throws Exception {
    Map<String, Object> machine = Machine.describe();
    Terminal terminal = new Terminal(spec.commandLine().getErr(), false, WallClock.INSTANCE);
    RulesBench.Figures figures =
        Logs.ofOneRun("bench", () -> RulesBench.run(rules, seconds, terminal));
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%d rules on every row, one thread: %,.0f rows/s (%,.0f to %,.0f), %.0f ns a rule,"
                + " %.0f bytes a row, %.2f ids fired a row%n",
            figures.rules(),
            figures.rowsPerSecond(),
            figures.slowest(),
            figures.fastest(),
            figures.nanosPerRule(),
            figures.bytesPerRow(),
            figures.firedPerRow());
    if (json != null) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("machine", machine);
      all.put("rules", figures);
      Files.writeString(
          json, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
    }
    return 0;
  }
}
