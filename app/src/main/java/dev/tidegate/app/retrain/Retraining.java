package dev.tidegate.app.retrain;

import dev.tidegate.app.config.RetrainDials;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.stage.Addresses;
import dev.tidegate.retrain.launch.RunningLauncher;
import dev.tidegate.retrain.request.RequestMonitor;
import dev.tidegate.retrain.request.RequestTopology;
import dev.tidegate.scoring.store.S3Address;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The watch for causes to train and the launcher, running. */
public final class Retraining implements AutoCloseable {
  private final RequestMonitor requests;
  private final @Nullable RunningLauncher launcher;

  private Retraining(RequestMonitor requests, @Nullable RunningLauncher launcher) {
    this.requests = requests;
    this.launcher = launcher;
  }

  /**
   * Starts; returns before anything is read.
   *
   * @param chosen release in charge until [models] says otherwise
   * @param places folders
   */
  public static Retraining start(
      Addresses servers, RetrainDials dials, ChosenRelease chosen, Places places) {
    return new Retraining(
        causes(servers, dials, chosen, places.data().resolve("streams")),
        TrainingLauncher.start(servers, dials, places));
  }

  /**
   * Folders.
   *
   * @param data the data directory
   * @param history local history; null if there is none
   */
  public record Places(Path data, @Nullable Path history) {}

  /**
   * Starts the watch for causes alone.
   *
   * @param chosen release in charge until [models] says otherwise
   * @param streams scratch space
   */
  public static RequestMonitor causes(
      Addresses servers, RetrainDials dials, ChosenRelease chosen, Path streams) {
    return RequestMonitor.start(
        servers.bootstrapServers(),
        streams.resolve("causes"),
        servers.registry(),
        new RequestTopology.Watched(
            Champions.inCharge(chosen.release()),
            Champions.known(chosen.release(), chosen.folder()),
            dials.policy()));
  }

  /**
   * Folder, or s3:// address, that releases of children are written to.
   *
   * @param data the data directory
   */
  public static String releases(RetrainDials dials, Path data) {
    String named = dials.training().releases();
    if (S3Address.isOne(named)) {
      return named;
    }
    Path folder = named.isBlank() ? data.resolve("releases") : Path.of(named);
    return folder.toAbsolutePath().toString();
  }

  /** Shows the metrics in a registry from now on. */
  public void bindTo(MeterRegistry registry) {
    requests.bindTo(registry);
    if (launcher != null) {
      launcher.bindTo(registry);
    }
  }

  @Override
  public void close() {
    Together.close(launcher == null ? List.of(requests) : List.of(requests, launcher));
  }
}
