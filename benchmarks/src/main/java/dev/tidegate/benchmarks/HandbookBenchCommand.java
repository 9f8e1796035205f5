package dev.tidegate.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tidegate.app.Logs;
import dev.tidegate.app.Refused;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.handbook.HandbookBench;
import dev.tidegate.benchmarks.handbook.HandbookReport;
import dev.tidegate.benchmarks.handbook.HandbookText;
import dev.tidegate.schemas.time.WallClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate bench handbook}. */
@Command(
    name = "handbook",
    description = {
      "Measure how well boosted trees find card fraud with these features, by the",
      "Fraud Detection Handbook's protocols S and P, and what each family of",
      "features is worth. Vectors are computed once; forests are trained as train",
      "does and judged as evaluate --exclude-known does."
    },
    footer = {
      "",
      "Example:",
      "  tidegate bench handbook --from transactions.csv.zst --json handbook.json"
    })
final class HandbookBenchCommand implements Callable<Integer> {
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
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description = "The Handbook's transactions: .csv, .csv.gz, .csv.zst or .zip.")
  private Path from = Path.of("");

  @Option(
      names = "--features",
      paramLabel = "FILE",
      description = "Catalogue of features. Default: config/features.yaml.")
  private @Nullable Path features;

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      defaultValue = "s,p,ablation",
      description = "Parts: ${DEFAULT-VALUE}.")
  private List<HandbookBench.Part> parts = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      split = ",",
      defaultValue = "7,8,9",
      description =
          "Seeds (default: ${DEFAULT-VALUE}). The first gives the figure, the others its spread.")
  private List<Long> seeds = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to a file.")
  private @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    if (!Files.isRegularFile(from)) {
      throw new Refused("there is no file " + from);
    }
    if (seeds.stream().anyMatch(seed -> seed < 0 || seed > Integer.MAX_VALUE)) {
      throw new Refused("--seeds must be from 0 to 2147483647");
    }
    var request =
        new HandbookBench.Request(
            from, features, EnumSet.copyOf(parts), List.copyOf(new LinkedHashSet<>(seeds)));
    Terminal terminal = new Terminal(spec.commandLine().getErr(), false, WallClock.INSTANCE);
    HandbookReport report =
        Logs.ofOneRun("bench", () -> new HandbookBench(request, terminal).run(Machine.describe()));
    new HandbookText(spec.commandLine().getOut()).print(report);
    if (json != null) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(json.toFile(), report);
    }
    return 0;
  }
}
