package dev.tidegate.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tidegate.app.Home;
import dev.tidegate.app.Logs;
import dev.tidegate.app.Refused;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.drift.DriftBench;
import dev.tidegate.benchmarks.drift.DriftReport;
import dev.tidegate.benchmarks.drift.DriftText;
import dev.tidegate.schemas.time.WallClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate bench drift}. */
@Command(
    name = "drift",
    description = {
      "Measure drift detectors side by side: how often they alarm while nothing",
      "changes, how soon after a rate has risen, and on streams with known changes;",
      "and what all monitors together cost a payment, as kernels and as topologies",
      "over a broker."
    },
    footer = {"", "Example:", "  tidegate bench drift --json drift.json"})
final class DriftBenchCommand implements Callable<Integer> {
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
      names = "--only",
      paramLabel = "PART",
      split = ",",
      defaultValue = "rates,streams,throughput,topologies",
      description = "Parts: ${DEFAULT-VALUE}.")
  private List<DriftBench.Part> parts = List.of();

  @Option(
      names = "--streams",
      paramLabel = "FOLDER",
      description = {
        "Labelled streams, CSV with the class last. Default: labelled_points_harvard",
        "under ../shared/data/drift where it is; else they are left out."
      })
  private @Nullable Path streams;

  @Option(
      names = "--runs",
      defaultValue = "200",
      description = "Changes waited for, each detector, rate and rise (${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--effort",
      defaultValue = "1",
      description = "Share of the observations run lengths are measured on (${DEFAULT-VALUE}).")
  private double effort;

  @Option(
      names = "--payments",
      defaultValue = "500000",
      description = "Payments of a round of the throughput (${DEFAULT-VALUE}).")
  private int payments;

  @Option(
      names = "--topology-payments",
      defaultValue = "100000",
      description = "Payments each topology is measured over (${DEFAULT-VALUE}).")
  private int topologyPayments;

  @Option(
      names = "--seed",
      defaultValue = "20260101",
      description = "Seed (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to a file.")
  private @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    if (runs < 1 || !(effort > 0) || payments < 1) {
      throw new Refused("--runs and --payments must be at least 1, --effort above 0");
    }
    if (topologyPayments < 1_000) {
      throw new Refused("--topology-payments must be at least 1000");
    }
    var request =
        new DriftBench.Request(
            EnumSet.copyOf(parts), folder(), runs, effort, payments, topologyPayments, seed);
    Terminal terminal = new Terminal(spec.commandLine().getErr(), false, WallClock.INSTANCE);
    DriftReport report =
        Logs.ofOneRun("bench", () -> new DriftBench(request, terminal).run(Machine.describe()));
    new DriftText(spec.commandLine().getOut()).print(report);
    if (json != null) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(json.toFile(), report);
    }
    return 0;
  }

  private @Nullable Path folder() {
    if (streams == null) {
      Path usual = Home.path("..", "shared", "data", "drift", "labelled_points_harvard");
      return Files.isDirectory(usual) ? usual : null;
    }
    if (!Files.isDirectory(streams)) {
      throw new Refused("there is no folder " + streams);
    }
    return streams;
  }
}
