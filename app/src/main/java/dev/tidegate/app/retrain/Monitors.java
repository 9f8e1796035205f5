package dev.tidegate.app.retrain;

import dev.tidegate.app.config.RetrainDials;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.stage.Addresses;
import dev.tidegate.retrain.drift.DriftMeter;
import dev.tidegate.retrain.drift.DriftSettings;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseLine;
import dev.tidegate.scoring.release.ReleaseSource;
import dev.tidegate.scoring.store.ReleasePlaces;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitors of the release in charge. When another takes charge they are stopped and started for
 * it, with what they knew of it before; decisions that it made in the second between are not seen.
 * Where they cannot be started, whatever the reason, it is tried again with growing pauses: a
 * platform that nobody watches looks like one where all is well.
 */
public final class Monitors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Monitors.class);
  private static final long STOP_SECONDS = 6;

  // configuration
  private final ReleaseMonitors.Surroundings around;
  private final ChosenRelease first;
  private final Pauses pauses;

  // runtime
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "monitors"));
  private final Champions champions;
  private @Nullable ReleaseMonitors running;
  private ReleaseLine.@Nullable Known wanted;
  private volatile String watched = "";
  private volatile @Nullable ReleaseMonitors shown;

  private Monitors(ReleaseMonitors.Surroundings around, ChosenRelease first, Pauses pauses) {
    this.around = around;
    this.first = first;
    this.pauses = pauses;
    around.meter().watching(false);
    this.champions =
        new Champions(
            around.servers(),
            Champions.inCharge(first.release()),
            Champions.known(first.release(), first.folder()),
            known -> thread.execute(() -> take(known)));
  }

  /**
   * How is watched.
   *
   * @param scores the score's drift
   * @param dials the rest
   */
  public record Watching(DriftSettings scores, RetrainDials dials) {}

  /**
   * Pauses before monitors that could not be started are tried again, doubled each time.
   *
   * @param first the first one
   * @param longest the last one
   */
  record Pauses(Duration first, Duration longest) {
    static final Pauses USUAL = new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(1));

    Duration after(int failures) {
      Duration pause = first.multipliedBy(1L << Math.min(failures - 1, 20));
      return pause.compareTo(longest) > 0 ? longest : pause;
    }
  }

  /**
   * Starts; returns before anything is read.
   *
   * @param chosen release in charge until [models] says otherwise
   * @param stateDir scratch space
   */
  public static Monitors start(
      Addresses servers, Watching watching, ChosenRelease chosen, Path stateDir) {
    return start(servers, watching, chosen, stateDir, Pauses.USUAL);
  }

  static Monitors start(
      Addresses servers, Watching watching, ChosenRelease chosen, Path stateDir, Pauses pauses) {
    return new Monitors(
        new ReleaseMonitors.Surroundings(
            servers, servers.registry(), watching, chosen.catalogue(), stateDir, new DriftMeter()),
        chosen,
        pauses);
  }

  private void take(ReleaseLine.Known known) {
    wanted = known;
    watch(known, 1);
  }

  private void watch(ReleaseLine.Known known, int attempt) {
    if (!known.equals(wanted)) {
      return;
    }
    stop();
    try {
      Manifest manifest = manifest(known);
      ReleaseMonitors begun =
          ReleaseMonitors.start(around, manifest, ReleasePlaces.folder(known.uri()));
      running = begun;
      shown = begun;
      watched = manifest.release();
      around.meter().watching(true);
      LOG.info("monitors watch {}", manifest.release());
    } catch (RuntimeException e) {
      Duration pause = pauses.after(attempt);
      around.meter().failed();
      LOG.error(
          "nobody watches {}; tried again in {} s: {}",
          known.release(),
          pause.toSeconds(),
          e.getMessage(),
          e);
      var unused =
          thread.schedule(() -> watch(known, attempt + 1), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private Manifest manifest(ReleaseLine.Known known) {
    Manifest at = first.release().manifest();
    return known.release().equals(at.release())
        ? at
        : ReleaseSource.folders(at, Device.CPU, ReleasePlaces::folder).load(known).manifest();
  }

  private void stop() {
    shown = null;
    watched = "";
    around.meter().watching(false);
    ReleaseMonitors before = running;
    running = null;
    if (before != null) {
      before.close();
    }
  }

  /** The release that is watched; empty while none is. */
  public String watched() {
    return watched;
  }

  /** True once the monitors of the release in charge read every partition. */
  public boolean running() {
    ReleaseMonitors all = shown;
    return all != null && all.running();
  }

  /** Shows the metrics in a registry from now on. */
  public void bindTo(MeterRegistry meters) {
    around.meter().bindTo(meters);
  }

  @Override
  public void close() {
    champions.close();
    thread.execute(
        () -> {
          wanted = null;
          stop();
          // What is to be tried again is not.
          thread.shutdownNow();
        });
    try {
      if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the monitors did not stop within {} s", STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
