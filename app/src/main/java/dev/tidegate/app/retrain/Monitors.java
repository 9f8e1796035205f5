package dev.tidegate.app.retrain;

import dev.tidegate.app.config.RetrainDials;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.stage.Addresses;
import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.retrain.drift.DriftMeter;
import dev.tidegate.retrain.drift.DriftMonitor;
import dev.tidegate.retrain.drift.DriftSettings;
import dev.tidegate.retrain.drift.OutcomeMonitor;
import dev.tidegate.retrain.drift.OutcomeSettings;
import dev.tidegate.retrain.drift.QualityTopology;
import dev.tidegate.retrain.stream.RunningTopology;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseLine;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.release.ReleaseSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitors of the release in charge. When another takes charge they are stopped and started for
 * it, with what they knew of it before; decisions that it made in the second between are not seen.
 */
public final class Monitors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Monitors.class);
  private static final long STOP_SECONDS = 6;
  private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

  // configuration
  private final Addresses servers;
  private final SchemaRegistry registry;
  private final DriftSettings scores;
  private final RetrainDials dials;
  private final Manifest first;
  private final Path stateDir;
  private final DriftMeter meter = new DriftMeter();

  // runtime
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "monitors"));
  private final List<AutoCloseable> running = new ArrayList<>();
  private final Champions champions;
  private volatile String watched = "";
  private volatile List<BooleanSupplier> states = List.of();

  private Monitors(Addresses servers, Watching watching, ChosenRelease chosen, Path stateDir) {
    this.servers = servers;
    this.registry = servers.registry();
    this.scores = watching.scores();
    this.dials = watching.dials();
    this.first = chosen.release().manifest();
    this.stateDir = stateDir;
    this.champions =
        new Champions(
            servers,
            Champions.inCharge(chosen.release()),
            Champions.known(chosen.release(), chosen.folder()),
            known -> thread.execute(() -> watch(known)));
  }

  /**
   * How is watched.
   *
   * @param scores the score's drift
   * @param dials the rest
   */
  public record Watching(DriftSettings scores, RetrainDials dials) {}

  /**
   * Starts; returns before anything is read.
   *
   * @param chosen release in charge until [models] says otherwise
   * @param stateDir scratch space
   */
  public static Monitors start(
      Addresses servers, Watching watching, ChosenRelease chosen, Path stateDir) {
    return new Monitors(servers, watching, chosen, stateDir);
  }

  private void watch(ReleaseLine.Known known) {
    states = List.of();
    Together.close(running);
    running.clear();
    Manifest manifest;
    try {
      manifest =
          known.release().equals(first.release())
              ? first
              : ReleaseSource.folders(first, Device.CPU).load(known).manifest();
    } catch (ReleaseRefused e) {
      LOG.error("nobody watches {}: {}", known.release(), e.getMessage());
      return;
    }
    List<BooleanSupplier> begun = new ArrayList<>();
    DriftMonitor score = DriftMonitor.start(where("score"), registry, manifest, scores, meter);
    running.add(score);
    begun.add(score::running);
    if (dials.enabled()) {
      PageBudget budget = PageBudget.aQuarter(dials.budget().pagesAQuarter(), eDetectors(manifest));
      OutcomeMonitor outcomes =
          OutcomeMonitor.start(where("outcomes"), registry, manifest.release(), outcomes(budget));
      running.add(outcomes);
      begun.add(outcomes::running);
      RunningTopology quality =
          QualityTopology.start(where("quality"), registry, quality(manifest, budget));
      running.add(quality);
      begun.add(quality::running);
    }
    states = List.copyOf(begun);
    watched = manifest.release();
    LOG.info("monitors watch {}", manifest.release());
  }

  private DriftMonitor.Where where(String monitor) {
    return new DriftMonitor.Where(servers.bootstrapServers(), stateDir.resolve(monitor));
  }

  private static int eDetectors(Manifest manifest) {
    return OutcomeSettings.monitors()
        + QualityTopology.monitors(manifest.featureNames().size(), Topics.FEATURES.partitions());
  }

  private OutcomeSettings outcomes(PageBudget budget) {
    return OutcomeSettings.of(
        budget,
        dials.budget().paymentsPerSecond(),
        dials.budget().dispositionsPerDay() / SECONDS_A_DAY,
        dials.labelDelay());
  }

  private QualityTopology.Watched quality(Manifest manifest, PageBudget budget) {
    return new QualityTopology.Watched(
        manifest.release(),
        manifest.featureNames(),
        manifest.featureDigest(),
        Learning.defaults(),
        QualityTopology.runLength(
            budget, dials.budget().paymentsPerSecond(), Topics.FEATURES.partitions()));
  }

  /** The release that is watched; empty before the first. */
  public String watched() {
    return watched;
  }

  /** True once the monitors of the release in charge read every partition. */
  public boolean running() {
    List<BooleanSupplier> all = states;
    return !all.isEmpty() && all.stream().allMatch(BooleanSupplier::getAsBoolean);
  }

  /** Shows the metrics in a registry from now on. */
  public void bindTo(MeterRegistry meters) {
    meter.bindTo(meters);
  }

  @Override
  public void close() {
    champions.close();
    thread.execute(() -> Together.close(running));
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the monitors did not stop within {} s", STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
