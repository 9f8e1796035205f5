package dev.tidegate.benchmarks;

import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.FeaturesBenchCommand.Asked;
import dev.tidegate.benchmarks.FeaturesBenchCommand.Part;
import dev.tidegate.benchmarks.job.CardState;
import dev.tidegate.benchmarks.job.HotKeys;
import dev.tidegate.benchmarks.job.JobFigures;
import dev.tidegate.benchmarks.job.WholeJob;
import dev.tidegate.benchmarks.windows.Design;
import dev.tidegate.benchmarks.windows.DesignRun;
import dev.tidegate.benchmarks.windows.DesignsRunJob;
import dev.tidegate.benchmarks.windows.Exactness;
import dev.tidegate.benchmarks.windows.Load;
import dev.tidegate.benchmarks.windows.WindowSpec;
import dev.tidegate.features.catalogue.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything {@code bench features} measures, one after the other in one process. */
final class FeaturesBench {
  private static final List<Load> LOADS = List.of(Load.RING, Load.BUSY);

  private final Asked asked;
  private final Path yaml;
  private final Terminal terminal;

  FeaturesBench(Asked asked, Path yaml, Terminal terminal) {
    this.asked = asked;
    this.yaml = yaml;
    this.terminal = terminal;
  }

  FeaturesReport run() throws Exception {
    Catalogue catalogue = Catalogue.read(yaml);
    Map<String, Object> machine = Machine.describe();
    List<DesignRun> windows = wants(Part.WINDOWS) ? windows() : List.of();
    return new FeaturesReport(
        machine,
        settings(catalogue),
        windows,
        FeaturesReport.speedups(windows),
        wants(Part.ERRORS) ? errors() : List.of(),
        FeaturesReport.curves(windows),
        wants(Part.KERNEL) ? kernel() : List.of(),
        wants(Part.JOB) ? job(catalogue) : null,
        wants(Part.HOT)
            ? new HotKeys(hotSettings(), asked.hotRate, catalogue, terminal).run()
            : null,
        wants(Part.STATE) ? CardState.of(catalogue, asked.seed) : List.of());
  }

  private boolean wants(Part part) {
    return asked.parts.contains(part);
  }

  private Map<String, Object> settings(Catalogue catalogue) {
    return Map.of(
        "seconds", List.of(asked.seconds, asked.latencySeconds(), asked.hotSeconds()),
        "windowSeconds", asked.windowSeconds,
        "mostEvents", asked.events,
        "seed", asked.seed,
        "parallelism", asked.parallelism,
        "customers", asked.customers,
        "features", catalogue.size(),
        "catalogue", catalogue.digest(),
        "loads", asked.loads(),
        "parts", asked.parts);
  }

  private List<DesignRun> windows() throws Exception {
    Path scratch = Files.createTempDirectory("tidegate-bench-");
    try {
      Windows runs =
          new Windows(
              new DesignsRunJob(
                  scratch, asked.seed, Duration.ofSeconds(asked.windowSeconds), asked.events));
      for (Load load : asked.loads()) {
        boolean isMany = load.equals(Load.MANY_BUSY);
        for (WindowSpec window : isMany ? List.of(WindowSpec.MONTH) : asked.windows()) {
          for (Design design : Design.values()) {
            runs.add(design, load, window, false);
          }
        }
        if (!isMany && !asked.noCurve) {
          runs.add(Design.OURS, load, WindowSpec.WEEK, false);
          for (WindowSpec window : List.of(WindowSpec.HOUR, WindowSpec.DAY, WindowSpec.WEEK)) {
            runs.add(Design.OURS, load, window, true);
          }
        }
      }
      return runs.done;
    } finally {
      delete(scratch);
    }
  }

  /** Runs so far. */
  private final class Windows {
    private final List<DesignRun> done = new ArrayList<>();
    private final DesignsRunJob job;

    Windows(DesignsRunJob job) {
      this.job = job;
    }

    void add(Design design, Load load, WindowSpec window, boolean keptAMonth) throws Exception {
      DesignRun run = job.run(design, load, window, keptAMonth);
      done.add(run);
      terminal.say(
          String.format(
              Locale.ROOT,
              "  %-9s %-4s %-7s %,10.0f events/s",
              load.name(),
              window.word(),
              design.name().toLowerCase(Locale.ROOT),
              run.speed().perSecond()));
    }
  }

  private List<Exactness.Miss> errors() {
    List<Exactness.Miss> errors = new ArrayList<>();
    for (Load load : LOADS) {
      for (WindowSpec window : asked.windows()) {
        terminal.say("  errors " + load.name() + " " + window.word());
        errors.addAll(Exactness.of(Design.OURS, load, window, asked.seed));
        errors.addAll(Exactness.of(Design.HOP, load, window, asked.seed));
      }
    }
    return errors;
  }

  private List<KernelRuns.Point> kernel() throws Exception {
    terminal.say("  kernel by JMH");
    return KernelRuns.run();
  }

  private @Nullable JobFigures job(Catalogue catalogue) {
    try (WholeJob job = new WholeJob(jobSettings(), catalogue, terminal)) {
      return job.run();
    }
  }

  private WholeJob.Settings jobSettings() {
    return new WholeJob.Settings(
        asked.seconds, asked.latencySeconds(), asked.parallelism, asked.customers, asked.seed);
  }

  private WholeJob.Settings hotSettings() {
    return new WholeJob.Settings(
        asked.hotSeconds(), asked.hotSeconds(), asked.parallelism, asked.customers, asked.seed);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
