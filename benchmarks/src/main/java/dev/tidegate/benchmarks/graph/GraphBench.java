package dev.tidegate.benchmarks.graph;

import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import dev.tidegate.ingest.profile.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything {@code bench graph} measures. */
public final class GraphBench {
  private static final int WARM_EDGES = 200_000;
  static final int GROWTH = 10;
  private static final long HUB = -1;

  private final Request request;
  private final Terminal terminal;
  private final GraphSettings settings = GraphSettings.defaults();

  /** Parts of the measurement. */
  public enum Part {
    /** A file's payments, or generated ones. */
    KERNEL,
    /** A tenth of the edges and all of them, at constant degree. */
    GROWTH,
    /** A hub. */
    HUB,
    /** The job in each of its layouts. */
    JOB
  }

  /**
   * What to measure.
   *
   * @param input payments of the part kernel; null for generated ones
   * @param parts what to run
   * @param edges payments in the window at most
   * @param hubEdges payments of the hub
   * @param measured payments that are measured once the window is full
   * @param job the job
   * @param seed of generated payments
   */
  public record Request(
      @Nullable Input input,
      Set<Part> parts,
      int edges,
      int hubEdges,
      int measured,
      long seed,
      JobSize job) {
    /** Copies. */
    public Request {
      parts = Set.copyOf(parts);
    }
  }

  /**
   * The job.
   *
   * @param sharded payments through the sharded accounts, the first half warms up; 0 for none
   * @param parallelism of the job, and replicas
   */
  public record JobSize(int sharded, int parallelism) {}

  /** A file and how to read it. */
  public record Input(Path file, Profile profile) {}

  /** A measurement that tells a terminal how far it is. */
  public GraphBench(Request request, Terminal terminal) {
    this.request = request;
    this.terminal = terminal;
  }

  /** Runs the parts that were asked for. */
  public GraphReport run(Map<String, Object> machine) throws Exception {
    warm();
    return new GraphReport(
        machine,
        settings(),
        request.parts.contains(Part.KERNEL) ? kernel() : null,
        request.parts.contains(Part.GROWTH) ? growth() : List.of(),
        request.parts.contains(Part.HUB) ? hub() : null,
        request.parts.contains(Part.JOB)
            ? new LayoutsBench(request, settings, terminal).run()
            : null);
  }

  private Map<String, Object> settings() {
    return Map.of(
        "graph", settings,
        "signals", new TemporalGraph(settings).layout().size(),
        "edges", request.edges,
        "hubEdges", request.hubEdges,
        "measured", request.measured,
        "job", request.job,
        "seed", request.seed);
  }

  /** Lets the compiler see every part of the graph, hubs too. */
  private void warm() {
    terminal.say("  warming up");
    full(WARM_EDGES, WARM_EDGES / 2, WARM_EDGES);
    full(WARM_EDGES, 0, WARM_EDGES);
  }

  private GraphReport.Kernel kernel() throws IOException {
    if (request.input == null) {
      return new GraphReport.Kernel(
          "generated, " + request.edges / GROWTH + " payments in the window",
          full(request.edges / GROWTH, 0, request.measured).costs());
    }
    PaymentLog log = PaymentFile.read(request.input.file, request.input.profile);
    // The first pass warms up; the second is the figure.
    file(log);
    Costs.Figures figures = file(log);
    say("file", figures);
    return new GraphReport.Kernel(request.input.file.getFileName().toString(), figures);
  }

  private Costs.Figures file(PaymentLog log) {
    Costs costs = new Costs(new TemporalGraph(settings));
    for (int i = 0; i < log.size(); i++) {
      costs.add(log.get(i));
    }
    return costs.figures();
  }

  private List<GraphReport.Point> growth() {
    List<GraphReport.Point> points = new ArrayList<>();
    for (int edges : new int[] {request.edges / GROWTH, request.edges}) {
      GraphReport.Point point = full(edges, 0, request.measured);
      say(edges + " edges", point.costs());
      points.add(point);
    }
    return points;
  }

  private GraphReport.Hub hub() {
    int edges = request.edges / GROWTH;
    GraphReport.Point plain = full(edges, 0, request.measured);
    say("no hub", plain.costs());
    TemporalGraph graph = new TemporalGraph(settings);
    Costs others = new Costs(graph);
    Costs hubs = new Costs(graph);
    fill(graph, edges, request.hubEdges, request.measured, new Stretch(others, hubs));
    say("hub, others", others.figures());
    say("hub, its own", hubs.figures());
    return new GraphReport.Hub(plain.costs(), others.figures(), hubs.figures());
  }

  /**
   * Fills a window with payments, and as many to a hub as were asked for beside them, and measures
   * those that follow at the same mix.
   */
  private GraphReport.Point full(int edges, int hubEdges, int measured) {
    TemporalGraph graph = new TemporalGraph(settings);
    Costs costs = new Costs(graph);
    fill(graph, edges, hubEdges, measured, new Stretch(costs, costs));
    return new GraphReport.Point(
        edges, costs.figures(), graph.accounts(), (double) graph.bytes() / (edges + hubEdges));
  }

  /** Where costs of payments go: those to the hub, and all others. */
  private record Stretch(Costs others, Costs hub) {
    long count() {
      return others == hub ? hub.count() : others.count() + hub.count();
    }
  }

  private void fill(TemporalGraph graph, int edges, int hubEdges, int measured, Stretch stretch) {
    GeneratedPayments payments =
        new GeneratedPayments(request.seed, edges, settings.patternWindow().ms());
    long hubs = 0;
    // A window and a quarter, so that payments leave while others come.
    long filled = edges + edges / 4L;
    for (long i = 0; stretch.count() < measured; i++) {
      if (i < filled) {
        graph.restore(payments.get(i));
      } else {
        stretch.others.add(payments.get(i));
      }
      for (; hubs < i * (double) hubEdges / edges; hubs++) {
        if (i < filled) {
          graph.restore(payments.toHub(i, -hubs - 1, HUB));
        } else {
          stretch.hub.add(payments.toHub(i, -hubs - 1, HUB));
        }
      }
    }
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
