package dev.tidegate.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tidegate.app.Logs;
import dev.tidegate.app.Refused;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.scoring.AnchorBench;
import dev.tidegate.benchmarks.scoring.ReleaseBench;
import dev.tidegate.benchmarks.scoring.ScoringBench;
import dev.tidegate.benchmarks.scoring.ScoringReport;
import dev.tidegate.benchmarks.scoring.ScoringText;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.model.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate bench scoring}. */
@Command(
    name = "scoring",
    description = {
      "Measure backends of models on the same trees, side by side in one run:",
      "the forest in plain Java, ONNX Runtime's TreeEnsemble behind our backend",
      "and alone, XGBoost4J's prediction in place, and the trees as a tensor graph.",
      "One thread each."
    },
    footer = {"", "Example:", "  tidegate bench scoring --json scoring.json"})
final class ScoringBenchCommand implements Callable<Integer> {
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
      names = "--trees",
      defaultValue = "500",
      description = "Number of trees (default: ${DEFAULT-VALUE}).")
  private int trees;

  @Option(
      names = "--depth",
      defaultValue = "7",
      description = "Their depth (default: ${DEFAULT-VALUE}).")
  private int depth;

  @Option(
      names = "--width",
      defaultValue = "100",
      description = "Features a row (default: ${DEFAULT-VALUE}).")
  private int width;

  @Option(
      names = "--batches",
      split = ",",
      defaultValue = "1,16,256,1024",
      description = "Rows a call, 1 and 256 among them (default: ${DEFAULT-VALUE}).")
  private List<Integer> batches = List.of();

  @Option(
      names = "--rounds",
      defaultValue = "9",
      description = "Rounds that count (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--slice",
      defaultValue = "0.3",
      description = "Seconds of each way in a round (default: ${DEFAULT-VALUE}).")
  private double slice;

  @Option(names = "--seed", defaultValue = "7", description = "Seed (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--device",
      defaultValue = "cpu",
      description =
          "cpu, cuda or cuda-required: where the tensor graph is measured too (default: cpu).")
  private String device = "cpu";

  @Option(
      names = "--anchor",
      description = {
        "Measure the Triton FIL notebook's anchor instead: --trees 5000 --depth 12 with",
        "seeded numbers, the time of each call. Takes 3 GB of heap and about 2 min."
      })
  private boolean anchor;

  @Option(
      names = "--release",
      paramLabel = "DIR",
      description = {
        "Measure a release's own model instead, on the processor and on --device,",
        "with the batch from which the device is ahead."
      })
  private @Nullable Path release;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to a file.")
  private @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    if (trees < 1
        || depth < 1
        || width < 1
        || rounds < 1
        || !batches.containsAll(List.of(1, 256))) {
      throw new Refused("sizes must be 1 or more, and --batches must name 1 and 256");
    }
    Device on = device();
    var request =
        new ScoringBench.Request(
            trees, depth, width, batches, new ScoringBench.Slices(rounds, slice, on), seed);
    Terminal terminal = new Terminal(spec.commandLine().getErr(), false, WallClock.INSTANCE);
    if (release != null) {
      return release(release, new ScoringBench.Slices(rounds, slice, on), terminal);
    }
    if (anchor) {
      return anchor(new ScoringBench.Slices(rounds, slice, on), terminal);
    }
    ScoringReport report =
        Logs.ofOneRun("bench", () -> new ScoringBench(request, terminal).run(Machine.describe()));
    new ScoringText(spec.commandLine().getOut()).print(report);
    write(report);
    return 0;
  }

  private int anchor(ScoringBench.Slices slices, Terminal terminal) throws Exception {
    AnchorBench bench = new AnchorBench(AnchorBench.Sizes.NOTEBOOK, slices, seed, terminal);
    AnchorBench.Report report = Logs.ofOneRun("bench", () -> bench.run(batches));
    new ScoringText(spec.commandLine().getOut()).print(report);
    write(Map.of("machine", Machine.describe(), "anchor", report));
    return 0;
  }

  private int release(Path folder, ScoringBench.Slices slices, Terminal terminal) throws Exception {
    ReleaseBench.Report report =
        Logs.ofOneRun("bench", () -> new ReleaseBench(folder, slices, terminal).run(batches));
    new ScoringText(spec.commandLine().getOut()).print(report);
    write(Map.of("machine", Machine.describe(), "release", report));
    return 0;
  }

  private void write(Object report) throws IOException {
    if (json != null) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(json.toFile(), report);
    }
  }

  private Device device() {
    try {
      return Device.named(device);
    } catch (IllegalArgumentException e) {
      throw new Refused(e);
    }
  }
}
