package dev.tidegate.app.retrain;

import dev.tidegate.app.audit.AuditedActions;
import dev.tidegate.app.config.RetrainDials;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.stage.Servers;
import dev.tidegate.app.terminal.Spans;
import dev.tidegate.retrain.launch.ChildJobs;
import dev.tidegate.retrain.launch.ChildLimits;
import dev.tidegate.retrain.launch.KafkaRunLedger;
import dev.tidegate.retrain.launch.KubernetesJobs;
import dev.tidegate.retrain.launch.RunningLauncher;
import dev.tidegate.retrain.launch.TrainerCommand;
import dev.tidegate.retrain.launch.TrainingJobs;
import dev.tidegate.retrain.request.RequestMonitor;
import dev.tidegate.retrain.request.RequestTopology;
import dev.tidegate.schemas.time.WallClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The watch for causes to train and the launcher, running. */
public final class Retraining implements AutoCloseable {
  private static final Duration LOOK_EACH = Duration.ofSeconds(1);

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
      Servers servers, RetrainDials dials, ChosenRelease chosen, Places places) {
    RequestMonitor requests =
        RequestMonitor.start(
            servers.bootstrapServers(),
            places.data().resolve("streams").resolve("causes"),
            servers.registry(),
            new RequestTopology.Watched(
                Champions.inCharge(chosen.release()),
                Champions.known(chosen.release(), chosen.folder()),
                dials.policy()));
    TrainingJobs jobs = jobs(servers, dials, places);
    return new Retraining(
        requests,
        jobs == null
            ? null
            : RunningLauncher.start(
                new RunningLauncher.Parts(
                    servers.bootstrapServers(),
                    servers.registry(),
                    jobs,
                    new AuditedRuns(
                        new KafkaRunLedger(servers.bootstrapServers(), servers.registry()),
                        new AuditedActions(
                            servers.bootstrapServers(), servers.registryUrl(), WallClock.INSTANCE)),
                    dials.policy().cooldown(),
                    LOOK_EACH)));
  }

  /**
   * Folders.
   *
   * @param data the data directory
   * @param history local history; null if there is none
   */
  public record Places(Path data, @Nullable Path history) {}

  private static @Nullable TrainingJobs jobs(Servers servers, RetrainDials dials, Places places) {
    return switch (dials.training().launching()) {
      case OFF -> null;
      case CHILD -> child(servers, dials, places);
      case KUBERNETES -> cluster(servers, dials);
    };
  }

  private static TrainingJobs child(Servers servers, RetrainDials dials, Places places) {
    RetrainDials.Training training = dials.training();
    List<String> more = new ArrayList<>(how(dials));
    if (places.history() != null) {
      more.addAll(List.of("--history", places.history().toAbsolutePath().toString()));
    }
    return new ChildJobs(
        places.data().resolve("training").toAbsolutePath(),
        new TrainerCommand(
            TrainerProgram.line(training.heapMib()),
            releases(dials, places.data()).toAbsolutePath().toString(),
            servers.bootstrapServers(),
            servers.registryUrl(),
            more),
        new ChildLimits(training.deadline(), training.retries()));
  }

  private static TrainingJobs cluster(Servers servers, RetrainDials dials) {
    RetrainDials.Cluster cluster = dials.cluster();
    return KubernetesJobs.connect(
        new TrainerCommand(
            List.of("tidegate"),
            cluster.releases(),
            cluster.kafka().isBlank() ? servers.bootstrapServers() : cluster.kafka(),
            cluster.registry().isBlank() ? servers.registryUrl() : cluster.registry(),
            how(dials)),
        cluster.jobs());
  }

  /**
   * Folder that releases of children are written to.
   *
   * @param data the data directory
   */
  public static Path releases(RetrainDials dials, Path data) {
    String named = dials.training().releases();
    return named.isBlank() ? data.resolve("releases") : Path.of(named);
  }

  private static List<String> how(RetrainDials dials) {
    RetrainDials.Search search = dials.training().search();
    return List.of(
        "--label-delay",
        Spans.text(dials.labelDelay()),
        "--candidates",
        Integer.toString(search.candidates()),
        "--search-time",
        Spans.text(search.time()));
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
