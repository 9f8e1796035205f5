package dev.tidegate.retrain.launch;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.schemas.event.RetrainRun;
import java.time.Duration;
import java.util.List;

/**
 * A launcher in a process of its own that dies, as by {@code kill -9}, at a step: arguments are the
 * broker, the API server and the step. Ends when its standard input does.
 */
final class LauncherMain {
  static final Duration COOLDOWN = Duration.ofHours(1);

  private LauncherMain() {}

  /** Where it dies. */
  enum Death {
    /** Before the job is created. */
    BEFORE_CREATE,
    /** After the job was created, before the ledger knows. */
    AFTER_CREATE,
    /** After the ledger knows, before the offset is committed. */
    AFTER_LEDGER,
    /** When the job's end stands in the ledger, before it is settled. */
    BEFORE_SETTLE,
    /** Not at all. */
    NEVER
  }

  /** Runs until the parent goes. */
  public static void main(String[] args) throws Exception {
    Death death = Death.valueOf(args[2]);
    InMemoryRegistry registry = registry();
    TrainingJobs jobs =
        new KubernetesJobs(
            MockCluster.client(args[1]), MockCluster.COMMAND, MockCluster.settings());
    RunningLauncher launcher =
        RunningLauncher.start(
            new RunningLauncher.Parts(
                args[0],
                registry,
                new DyingJobs(jobs, death),
                new DyingLedger(new KafkaRunLedger(args[0], registry), death),
                COOLDOWN,
                Duration.ofMillis(100)));
    while (System.in.read() >= 0) {
      // Whatever the parent writes means: go on.
    }
    launcher.close();
  }

  /** Numbers schemas in one order, so that two processes agree without a server. */
  static InMemoryRegistry registry() {
    InMemoryRegistry registry = new InMemoryRegistry();
    registry.register(
        Topics.RETRAIN_REQUESTS.subject(), RetrainRequest.getClassSchema().toString());
    registry.register(Topics.RETRAIN_RUNS.subject(), RetrainRun.getClassSchema().toString());
    return registry;
  }

  private static void dieAt(Death step, Death death) {
    if (step == death) {
      Runtime.getRuntime().halt(9);
    }
  }

  private record DyingJobs(TrainingJobs jobs, Death death) implements TrainingJobs {
    @Override
    public void create(JobOrder order) {
      dieAt(Death.BEFORE_CREATE, death);
      jobs.create(order);
      dieAt(Death.AFTER_CREATE, death);
    }

    @Override
    public JobReport report(String jobName) {
      return jobs.report(jobName);
    }

    @Override
    public void settle(String jobName) {
      dieAt(Death.BEFORE_SETTLE, death);
      jobs.settle(jobName);
    }

    @Override
    public List<String> unsettled() {
      return jobs.unsettled();
    }

    @Override
    public void close() {
      jobs.close();
    }
  }

  private record DyingLedger(RunLedger ledger, Death death) implements RunLedger {
    @Override
    public void refresh() {
      ledger.refresh();
    }

    @Override
    public RetrainRun of(String runId) {
      return ledger.of(runId);
    }

    @Override
    public List<RetrainRun> all() {
      return ledger.all();
    }

    @Override
    public void write(RetrainRun run) {
      ledger.write(run);
      dieAt(Death.AFTER_LEDGER, death);
    }

    @Override
    public void close() {
      ledger.close();
    }
  }
}
