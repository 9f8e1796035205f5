package dev.tidegate.app.retrain;

import dev.tidegate.app.audit.AuditedActions;
import dev.tidegate.app.config.RetrainDials;
import dev.tidegate.app.stage.Addresses;
import dev.tidegate.app.terminal.Spans;
import dev.tidegate.retrain.launch.ChildJobs;
import dev.tidegate.retrain.launch.ChildLimits;
import dev.tidegate.retrain.launch.KafkaRunLedger;
import dev.tidegate.retrain.launch.KubernetesJobs;
import dev.tidegate.retrain.launch.RunningLauncher;
import dev.tidegate.retrain.launch.TrainerCommand;
import dev.tidegate.retrain.launch.TrainingJobs;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.schemas.time.WallClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts the launcher that the settings ask for: of child processes or of a cluster's Jobs. */
public final class TrainingLauncher {
  private static final Duration LOOK_EACH = Duration.ofSeconds(1);

  private TrainingLauncher() {}

  /**
   * Starts; returns before a request is read.
   *
   * @return null if {@code retrain.launcher} is off
   */
  public static @Nullable RunningLauncher start(
      Addresses servers, RetrainDials dials, Retraining.Places places) {
    TrainingJobs jobs = jobs(servers, dials, places);
    return jobs == null
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
                LOOK_EACH));
  }

  private static @Nullable TrainingJobs jobs(
      Addresses servers, RetrainDials dials, Retraining.Places places) {
    return switch (dials.training().launching()) {
      case OFF -> null;
      case CHILD -> child(servers, dials, places);
      case KUBERNETES -> cluster(servers, dials);
    };
  }

  private static TrainingJobs child(
      Addresses servers, RetrainDials dials, Retraining.Places places) {
    RetrainDials.Training training = dials.training();
    List<String> more = new ArrayList<>(how(dials));
    if (places.history() != null) {
      more.addAll(List.of("--history", places.history().toAbsolutePath().toString()));
    }
    return new ChildJobs(
        places.data().resolve("training").toAbsolutePath(),
        new TrainerCommand(
            TrainerProgram.line(training.heapMib()),
            Retraining.releases(dials, places.data()),
            servers.bootstrapServers(),
            servers.registryUrl(),
            more),
        new ChildLimits(training.deadline(), training.retries()));
  }

  private static TrainingJobs cluster(Addresses servers, RetrainDials dials) {
    RetrainDials.Cluster cluster = dials.cluster();
    return KubernetesJobs.connect(
        new TrainerCommand(
            TrainerProgram.inImage(),
            cluster.releases(),
            cluster.kafka().isBlank() ? servers.bootstrapServers() : cluster.kafka(),
            cluster.registry().isBlank() ? servers.registryUrl() : cluster.registry(),
            how(dials)),
        cluster.jobs());
  }

  /** Options of {@code retrain run} that say how to train and what the gates look at. */
  static List<String> how(RetrainDials dials) {
    RetrainDials.Search search = dials.training().search();
    List<String> options =
        new ArrayList<>(
            List.of(
                "--label-delay",
                Spans.text(dials.labelDelay()),
                "--candidates",
                Integer.toString(search.candidates()),
                "--search-time",
                Spans.text(search.time())));
    PaymentPart groups = dials.budget().fairnessBy().part();
    if (groups != null) {
      // The groups that the monitor of fairness compares are those that a challenger must be fair
      // to.
      options.addAll(List.of("--fairness-by", groups.field()));
    }
    return List.copyOf(options);
  }
}
