package dev.tidegate.benchmarks.graph;

import dev.tidegate.app.Home;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.Stopwatch;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.config.GraphLayout;
import dev.tidegate.graphaml.pattern.PatternSettings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.apache.commons.io.FileUtils;

/**
 * The job's layouts side by side: over the same generated payments the kernel alone, kernels on
 * several threads that each search a share, the job with one graph, and the job with replicas; then
 * sharded accounts over fewer.
 */
final class LayoutsBench {
  private static final Duration CLEANED = Duration.ofSeconds(10);
  private static final int SHARDS = 8;

  /** Cycles and scatter-gathers, which shards raise alerts of. */
  private static final PatternSettings PATHS =
      new PatternSettings(
          new PatternSettings.Widths(3, 0, 0, 0, 5, 0),
          PatternSettings.everything().times(),
          PatternSettings.everything().bounds());

  private final GraphBench.Request request;
  private final GraphSettings settings;
  private final Terminal terminal;

  LayoutsBench(GraphBench.Request request, GraphSettings settings, Terminal terminal) {
    this.request = request;
    this.settings = settings;
    this.terminal = terminal;
  }

  /** One after the other. */
  GraphReport.Job run() throws Exception {
    Path folder = Files.createTempDirectory("tidegate-bench-graph");
    try {
      int edges = request.edges() / GraphBench.GROWTH;
      var stretches = new LayoutJob.Stretches(edges + edges / 4, request.measured());
      GeneratedPayments generated =
          new GeneratedPayments(request.seed(), edges, settings.patternWindow().ms());
      int parallelism = request.job().parallelism();
      terminal.say("  the job's payments through the kernel alone");
      TemporalGraph graph = new TemporalGraph(settings);
      Costs kernel = new Costs(graph);
      Costs inserted = new Costs(graph);
      kernel(generated, stretches, graph, kernel, inserted);
      say("kernel", kernel.figures());
      terminal.say("  " + parallelism + " kernels at once, each searches a share");
      double shared = new KernelShares(settings, parallelism).perSecond(generated::get, stretches);
      terminal.say(String.format(Locale.ROOT, "  kernels at once  %,10.0f payments/s", shared));
      return new GraphReport.Job(
          "generated, " + edges + " payments in the window",
          parallelism,
          kernel.figures(),
          inserted.figures(),
          shared,
          layout("one graph", generated, stretches, 1, folder.resolve("one")),
          layout("replicas", generated, stretches, parallelism, folder.resolve("replicas")),
          request.job().sharded() == 0 ? null : sharded(folder.resolve("sharded")));
    } finally {
      // Flink deletes the last checkpoints itself, for a while after a job.
      Stopwatch.await(CLEANED, () -> FileUtils.deleteQuietly(folder.toFile()));
    }
  }

  private static void kernel(
      GeneratedPayments generated,
      LayoutJob.Stretches stretches,
      TemporalGraph graph,
      Costs kernel,
      Costs inserted) {
    for (int i = 0; i < stretches.end(); i++) {
      if (i < stretches.filled()) {
        graph.restore(generated.get(i));
      } else if (i < stretches.full()) {
        kernel.add(generated.get(i));
      } else {
        inserted.keep(generated.get(i));
      }
    }
  }

  private GraphReport.Layout layout(
      String what,
      GeneratedPayments generated,
      LayoutJob.Stretches stretches,
      int replicas,
      Path folder)
      throws Exception {
    terminal.say("  " + what + ", as fast as it takes payments, then at half of that");
    PatternSettings patterns = GraphConfig.read(Home.path("config", "graph.yaml")).patterns();
    GraphConfig config = new GraphConfig(settings, patterns, replicas);
    LayoutJob.Measured measured =
        new LayoutJob(config, folder).run(generated::get, stretches, request.job().parallelism());
    say(what + ", full", measured.full());
    say(what + ", half", measured.paced());
    return GraphReport.Layout.of(measured);
  }

  private GraphReport.Sharded sharded(Path folder) throws Exception {
    int count = request.job().sharded();
    // A window that is full after the first half.
    GeneratedPayments generated =
        new GeneratedPayments(request.seed(), count / 2, settings.patternWindow().ms());
    TemporalGraph graph = new TemporalGraph(settings);
    Costs kernel = new Costs(graph);
    for (int i = 0; i < count; i++) {
      if (i < count / 2) {
        graph.restore(generated.get(i));
      } else {
        kernel.add(generated.get(i));
      }
    }
    terminal.say("  shards, as fast as they take payments, then at half of that");
    LayoutJob.Measured measured =
        new LayoutJob(new GraphConfig(settings, PATHS, 1).with(GraphLayout.shards(SHARDS)), folder)
            .run(
                generated::get,
                new LayoutJob.Stretches(count / 2, count / 2),
                request.job().parallelism());
    say("shards, full", measured.full());
    say("shards, half", measured.paced());
    return new GraphReport.Sharded(
        "generated, " + count / 2 + " payments in the window",
        kernel.figures(),
        GraphReport.Layout.of(measured));
  }

  private void say(String what, JobFigures figures) {
    terminal.say(
        String.format(
            Locale.ROOT,
            "  %-16s %,10.0f payments/s  p99 %.1f ms  %.1f cores",
            what,
            figures.perSecond(),
            figures.p99Millis(),
            figures.cores()));
  }

  private void say(String what, Costs.Figures figures) {
    terminal.say(
        String.format(
            Locale.ROOT,
            "  %-16s %,10.0f payments/s  p99 %.1f us",
            what,
            figures.perSecond(),
            figures.p99Micros()));
  }
}
