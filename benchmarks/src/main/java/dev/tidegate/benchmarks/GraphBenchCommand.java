package dev.tidegate.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tidegate.app.Home;
import dev.tidegate.app.Logs;
import dev.tidegate.app.Refused;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.graph.GraphBench;
import dev.tidegate.benchmarks.graph.GraphReport;
import dev.tidegate.benchmarks.graph.GraphText;
import dev.tidegate.graphaml.config.GraphLayout;
import dev.tidegate.ingest.profile.Profiles;
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

/** {@code tidegate bench graph}. */
@Command(
    name = "graph",
    description = {
      "Measure the graph's kernel, one payment at a time on one core: all signals,",
      "cycles to 6 hops, windows of 1 and 7 days. How cost grows with the graph,",
      "bytes an edge, and what a hub does to the 99th percentile. And the same",
      "signals as a Flink job, as one graph, as replicas of it and as shards:",
      "rate beside the kernel's, time from transaction to signals."
    },
    footer = {"", "Example:", "  tidegate bench graph --json graph.json"})
final class GraphBenchCommand implements Callable<Integer> {
  private static final int FEWEST_EDGES = 1_000;

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
      paramLabel = "FILE",
      description = {
        "Payments between accounts, in the order of time. Default: the AMLSim set",
        "under ../shared/data where it is, else generated ones."
      })
  private @Nullable Path from;

  @Option(
      names = "--profile",
      paramLabel = "P",
      defaultValue = "aml_amlsim",
      description = "How the file is read (default: ${DEFAULT-VALUE}).")
  private String profile = "";

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      defaultValue = "kernel,growth,hub,job",
      description = "Parts: ${DEFAULT-VALUE}.")
  private List<GraphBench.Part> parts = List.of();

  @Option(
      names = "--edges",
      defaultValue = "10000000",
      description = "Payments in the largest window; the smaller has a tenth (${DEFAULT-VALUE}).")
  private int edges;

  @Option(
      names = "--hub-edges",
      defaultValue = "1000000",
      description = "Payments of the hub (default: ${DEFAULT-VALUE}).")
  private int hubEdges;

  @Option(
      names = "--measured",
      defaultValue = "400000",
      description = "Payments measured on each full window (default: ${DEFAULT-VALUE}).")
  private int measured;

  @Option(
      names = "--sharded-payments",
      defaultValue = "20000",
      description = {
        "Payments of the shards, which are slow: half fill the window; 0 for none",
        "(default: ${DEFAULT-VALUE})."
      })
  private int shardedPayments;

  @Option(
      names = "--parallelism",
      defaultValue = "2",
      description = "Parallelism of the job, and replicas (default: ${DEFAULT-VALUE}).")
  private int parallelism;

  @Option(
      names = "--seed",
      defaultValue = "20260101",
      description = "Seed (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to a file.")
  private @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    if ((shardedPayments != 0 && shardedPayments < FEWEST_EDGES)
        || parallelism < 1
        || parallelism > GraphLayout.MOST_REPLICAS) {
      throw new Refused(
          "--sharded-payments must be 0 or at least 1000, --parallelism 1 to "
              + GraphLayout.MOST_REPLICAS);
    }
    if (edges < FEWEST_EDGES || hubEdges < 0 || measured < 1) {
      throw new Refused(
          "--edges must be at least 1000, --hub-edges not negative, --measured at least 1");
    }
    var request =
        new GraphBench.Request(
            input(),
            EnumSet.copyOf(parts),
            edges,
            hubEdges,
            measured,
            seed,
            new GraphBench.JobSize(shardedPayments, parallelism));
    Terminal terminal = new Terminal(spec.commandLine().getErr(), false, WallClock.INSTANCE);
    GraphReport report =
        Logs.ofOneRun("bench", () -> new GraphBench(request, terminal).run(Machine.describe()));
    new GraphText(spec.commandLine().getOut()).print(report);
    if (json != null) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(json.toFile(), report);
    }
    return 0;
  }

  private GraphBench.@Nullable Input input() {
    Path file = from;
    if (file == null) {
      file = Home.path("..", "shared", "data", "aml_amlsim_a", "transactions.csv.zst");
      if (!Files.isRegularFile(file)) {
        return null;
      }
    }
    if (!Files.isRegularFile(file)) {
      throw new Refused("there is no file " + file);
    }
    return new GraphBench.Input(file, Profiles.under(Home.path("")).find(profile));
  }
}
