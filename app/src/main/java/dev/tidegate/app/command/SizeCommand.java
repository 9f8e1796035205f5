package dev.tidegate.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.Home;
import dev.tidegate.app.sizing.Costs;
import dev.tidegate.app.sizing.Sizing;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.temporal.TimeWindow;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidegate size}: what a load asks for. */
@Command(
    name = "size",
    description = "What a load asks for: cores, memory, state, partitions, from measured costs.",
    footer = {
      "",
      "Example:  tidegate size --tps 1000 --cards 1000000",
      "The formula and what it leaves out: docs/operating/sizing.md"
    })
public final class SizeCommand implements Callable<Integer> {
  private static final int NAME_WIDTH = 12;
  private static final double GIBIBYTE = 1L << 30;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--tps",
      required = true,
      paramLabel = "N",
      description = "Payments a second at the busiest hour.")
  private double tps;

  @Option(
      names = "--cards",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Cards that pay within a month. Default: ${DEFAULT-VALUE}")
  private long cards;

  @Option(
      names = "--remembered",
      paramLabel = "DURATION",
      converter = Moment.SpanConverter.class,
      defaultValue = "1d",
      description = "scoring.remembered. Default: ${DEFAULT-VALUE}")
  private Duration remembered = Duration.ofDays(1);

  @Option(
      names = "--label-delay",
      paramLabel = "DURATION",
      converter = Moment.SpanConverter.class,
      defaultValue = "7d",
      description = "retrain.label-delay. Default: ${DEFAULT-VALUE}")
  private Duration labelDelay = Duration.ofDays(7);

  @Option(names = "--json", description = "Print the sizes as JSON.")
  private boolean json;

  /** For picocli. */
  public SizeCommand() {}

  @Override
  public Integer call() throws JsonProcessingException {
    Inputs.require(tps > 0 && tps <= 1e9, "--tps must be above 0, and at most 1e9");
    Inputs.require(cards >= 0 && cards <= 1e12, "--cards must be from 0 to 1e12");
    Costs costs = Costs.read();
    Sizing.Load.Spans spans = new Sizing.Load.Spans(graphSeconds(), labelDelay.toSeconds());
    Sizing sizing = Sizing.of(new Sizing.Load(tps, cards, remembered.toSeconds(), spans), costs);
    if (json) {
      common.out().println(new JsonMapper().writeValueAsString(sizing));
    } else {
      show(sizing, costs);
    }
    return 0;
  }

  /** The longest window of this installation's graph. */
  private static long graphSeconds() {
    long longest =
        GraphConfig.read(Home.path("config", "graph.yaml")).graph().windows().stream()
            .mapToLong(TimeWindow::ms)
            .max()
            .orElse(0);
    return Duration.ofMillis(longest).toSeconds();
  }

  private void show(Sizing sizing, Costs costs) {
    PrintWriter out = common.out();
    sizing.cores().forEach((stage, cores) -> out.println(padded(stage) + cores + " cores"));
    out.println(
        padded("features")
            + sizing.featuresTasks()
            + " tasks, "
            + gib(sizing.featuresStateBytes())
            + " of state");
    out.println(
        padded("scoring")
            + sizing.scorers()
            + " scorers, "
            + gib(sizing.scorerMemoryBytes())
            + " of memory each");
    out.println(padded("partitions") + sizing.partitions());
    sizing
        .memoryBytes()
        .forEach((stage, bytes) -> out.println(padded(stage) + gib(bytes) + " of memory each"));
    Long disks = sizing.brokerDiskBytes();
    if (disks != null) {
      out.println(
          padded("brokers")
              + gib(disks)
              + " of disk, all copies, were it never below "
              + Math.round(tps)
              + "/s");
    }
    out.println("costs of: " + costs.conditions());
    if (tps > costs.highestRate()) {
      out.println(
          "measured up to " + Math.round(costs.highestRate()) + "/s: beyond that, a straight line");
    }
    out.println(
        "not measured, so not here: "
            + (costs.memory() != null ? "" : "memory of graph, monitors and trials, ")
            + (disks != null ? "the history's disk, GPUs" : "disks of brokers and history, GPUs"));
  }

  private static String padded(String name) {
    return name + " ".repeat(Math.max(1, NAME_WIDTH - name.length()));
  }

  private static String gib(long bytes) {
    return Math.round(10 * bytes / GIBIBYTE) / 10.0 + " GiB";
  }
}
