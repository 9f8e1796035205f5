package dev.tidegate.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tidegate.app.Home;
import dev.tidegate.app.Logs;
import dev.tidegate.app.Refused;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.windows.Load;
import dev.tidegate.benchmarks.windows.WindowSpec;
import dev.tidegate.schemas.time.WallClock;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidegate bench features}. */
@Command(
    name = "features",
    description = {
      "Measure the features stage, two common designs beside it, in one run:",
      "windows against Flink's HOP windows and a rescan of each window, the kernel",
      "alone, the whole job over a broker. About 25 minutes; wants a quiet machine."
    },
    footer = {"", "Example:", "  tidegate bench features --seconds 300 --json features.json"})
final class FeaturesBenchCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  @Mixin private Asked asked = new Asked();

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to a file.")
  private @Nullable Path json;

  /** Parts of the measurement. */
  enum Part {
    /** Events a second of three designs of windows. */
    WINDOWS,
    /** Their errors. */
    ERRORS,
    /** The kernel alone. */
    KERNEL,
    /** The whole job. */
    JOB,
    /** The whole job with half of the payments on one key. */
    HOT,
    /** Bytes of a card's state. */
    STATE
  }

  /** What to run, and for how long. */
  static final class Asked {
    @Option(
        names = "--seconds",
        defaultValue = "60",
        description = "Seconds of the whole job at full speed (default: ${DEFAULT-VALUE}).")
    int seconds;

    @Option(
        names = "--latency-seconds",
        description = "Seconds of the whole job's latency. Default: as --seconds.")
    private @Nullable Integer latencySeconds;

    @Option(
        names = "--hot-seconds",
        description = "Seconds of each load of the part hot. Default: as --seconds.")
    private @Nullable Integer hotSeconds;

    @Option(
        names = "--windows",
        split = ",",
        defaultValue = "1h,24h,30d",
        description = "Windows of the parts windows and errors: ${DEFAULT-VALUE}.")
    private List<String> windows = List.of();

    @Option(
        names = "--loads",
        split = ",",
        defaultValue = "ring,busy,many-busy",
        description = "Loads of the part windows: ${DEFAULT-VALUE}; many-busy takes 30d alone.")
    private List<String> loads = List.of();

    @Option(
        names = "--no-curve",
        description = "Leave out ours over 7 days and with histories kept for 30 days.")
    boolean noCurve;

    @Option(
        names = "--window-seconds",
        defaultValue = "6",
        description = "Seconds that each design is measured (default: ${DEFAULT-VALUE}).")
    int windowSeconds;

    @Option(
        names = "--events",
        defaultValue = "2000000",
        description = "Most events of a design's run (default: ${DEFAULT-VALUE}).")
    long events;

    @Option(
        names = "--only",
        split = ",",
        defaultValue = "windows,errors,kernel,job,hot,state",
        description = "Parts: ${DEFAULT-VALUE}.")
    List<Part> parts = List.of();

    @Option(
        names = "--seed",
        defaultValue = "20260101",
        description = "Seed (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
        names = "--hot-rate",
        defaultValue = "1000",
        description = "Payments/s of the part hot (default: ${DEFAULT-VALUE}).")
    int hotRate;

    @Option(
        names = "--parallelism",
        defaultValue = "2",
        description = "Subtasks of the whole job (default: ${DEFAULT-VALUE}).")
    int parallelism;

    @Option(
        names = "--customers",
        defaultValue = "10000",
        description = "Customers of the simulated bank (default: ${DEFAULT-VALUE}).")
    int customers;

    int latencySeconds() {
      return latencySeconds == null ? seconds : latencySeconds;
    }

    int hotSeconds() {
      return hotSeconds == null ? seconds : hotSeconds;
    }

    List<WindowSpec> windows() {
      return chosen(
          "--windows",
          windows,
          List.of(WindowSpec.HOUR, WindowSpec.DAY, WindowSpec.WEEK, WindowSpec.MONTH),
          WindowSpec::word);
    }

    List<Load> loads() {
      return chosen("--loads", loads, List.of(Load.RING, Load.BUSY, Load.MANY_BUSY), Load::name);
    }

    private static <T> List<T> chosen(
        String option, List<String> words, List<T> known, Function<T, String> wordOf) {
      List<String> names = known.stream().map(wordOf).toList();
      for (String word : words) {
        if (!names.contains(word)) {
          throw new Refused(option + ": there is no '" + word + "'; there are " + names);
        }
      }
      return known.stream().filter(one -> words.contains(wordOf.apply(one))).toList();
    }
  }

  @Override
  public Integer call() throws Exception {
    Terminal terminal =
        new Terminal(
            new PrintWriter(System.err, true, StandardCharsets.UTF_8), false, WallClock.INSTANCE);
    FeaturesReport report =
        Logs.ofOneRun(
            "bench",
            () -> new FeaturesBench(asked, Home.path("config", "features.yaml"), terminal).run());
    new FeaturesText(new PrintWriter(System.out, true, StandardCharsets.UTF_8)).print(report);
    if (json != null) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(json.toFile(), report);
    }
    return 0;
  }
}
