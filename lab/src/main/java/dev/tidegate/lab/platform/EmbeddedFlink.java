package dev.tidegate.lab.platform;

import dev.tidegate.lab.time.Deadline;
import dev.tidegate.schemas.flink.JobConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink's mini cluster in this process. Streaming jobs keep their state in RocksDB and their
 * checkpoints under {@code checkpoints/<job>}; a job that is submitted again under its name goes on
 * from its newest complete checkpoint, in this process or a later one. Thread safe.
 */
public final class EmbeddedFlink implements ClosesWithin {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFlink.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(8);
  private static final Duration SUBMIT_LIMIT = Duration.ofMinutes(1);
  private static final Duration REPLACE_LIMIT = Duration.ofMinutes(1);

  private final MiniCluster cluster;
  private final Path directory;
  private final FlinkOptions options;
  private final List<RunningJob> jobs = new CopyOnWriteArrayList<>();
  private int newestTaskManager;

  private EmbeddedFlink(MiniCluster cluster, Path directory, FlinkOptions options) {
    this.cluster = cluster;
    this.directory = directory;
    this.options = options;
  }

  /**
   * Starts the cluster.
   *
   * @param directory holds checkpoints; scratch space in it is emptied
   */
  public static EmbeddedFlink start(Path directory, FlinkOptions options) {
    Path scratch = directory.resolve("scratch");
    try {
      FileTree.delete(scratch);
      Files.createDirectories(scratch);
    } catch (IOException e) {
      throw new UncheckedIOException("Flink's scratch space " + scratch + " was not emptied", e);
    }
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(clusterSettings(scratch, options))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(options.slots())
                .setCommonBindAddress(Ports.LOOPBACK)
                .withRandomPorts()
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      throw new IllegalStateException("the Flink mini cluster did not start", e);
    }
    return new EmbeddedFlink(cluster, directory, options);
  }

  private static Configuration clusterSettings(Path scratch, FlinkOptions options) {
    Configuration settings = new Configuration();
    settings.set(RestOptions.BIND_ADDRESS, Ports.LOOPBACK);
    settings.set(RestOptions.ADDRESS, Ports.LOOPBACK);
    settings.set(CoreOptions.TMP_DIRS, scratch.toString());
    settings.set(
        TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(options.managedMemoryMiB()));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    settings.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(2));
    settings.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofMinutes(1));
    return settings;
  }

  /**
   * Runs a streaming job, from its newest complete checkpoint if it has one. What that holds of
   * operators that the job no longer has, by their uids, is let go: a catalogue without labels has
   * no stage that waits for them.
   *
   * @param jobName name of the job and of the folder of its checkpoints
   * @param definition defines sources, operators and sinks, each with a uid; must not execute
   * @throws JobFailed if the cluster does not take it
   */
  public RunningJob submit(String jobName, Consumer<StreamExecutionEnvironment> definition) {
    CheckpointStore checkpoints =
        new CheckpointStore(directory.resolve("checkpoints").resolve(jobName));
    checkpoints.sweep();
    JobGraph job = jobGraph(jobName, definition, streamingSettings(checkpoints));
    Optional<Path> newest = checkpoints.newest();
    newest.ifPresent(
        path ->
            job.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(
                    path.toUri().toString(), true, RecoveryClaimMode.CLAIM)));
    return launch(jobName, job, true);
  }

  /**
   * Runs a job whose sources end, and waits for its end: state on the heap, no checkpoints, and no
   * restart after a failure.
   *
   * @throws JobFailed if it fails
   */
  public void runBounded(String jobName, Consumer<StreamExecutionEnvironment> definition) {
    RunningJob job = submitBounded(jobName, definition);
    awaitEnd(job);
  }

  /** Starts a job as {@link #runBounded} does and returns at once. */
  public RunningJob submitBounded(String jobName, Consumer<StreamExecutionEnvironment> definition) {
    return launch(jobName, jobGraph(jobName, definition, boundedSettings()), false);
  }

  /**
   * Waits for the end of a job.
   *
   * @throws JobFailed if it fails or is cancelled
   */
  public void awaitEnd(RunningJob job) {
    try {
      cluster
          .requestJobResult(job.id())
          .get()
          .toJobExecutionResult(EmbeddedFlink.class.getClassLoader());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobFailed("interrupted while job " + job.name() + " ran", e);
    } catch (Exception e) {
      throw new JobFailed("job " + job.name() + " failed: " + rootMessage(e), e);
    }
  }

  private Configuration streamingSettings(CheckpointStore checkpoints) {
    Configuration settings = jobSettings();
    settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    JobConfiguration.tuneState(settings);
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.root().toUri().toString());
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, options.checkpointInterval());
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, options.restart().attempts());
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, options.restart().delay());
    return settings;
  }

  private Configuration boundedSettings() {
    Configuration settings = jobSettings();
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return settings;
  }

  private Configuration jobSettings() {
    Configuration settings = new Configuration();
    settings.set(CoreOptions.DEFAULT_PARALLELISM, options.parallelism());
    settings.set(ExecutionOptions.BUFFER_TIMEOUT, options.bufferTimeout());
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    return settings;
  }

  private static JobGraph jobGraph(
      String jobName, Consumer<StreamExecutionEnvironment> definition, Configuration settings) {
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment(settings);
    definition.accept(environment);
    StreamGraph graph = environment.getStreamGraph();
    graph.setJobName(jobName);
    return graph.getJobGraph();
  }

  private RunningJob launch(String jobName, JobGraph job, boolean checkpointed) {
    try {
      cluster.submitJob(job).get(SUBMIT_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new JobFailed("job " + jobName + " was not taken: " + rootMessage(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobFailed("interrupted while job " + jobName + " was submitted", e);
    }
    RunningJob running = new RunningJob(cluster, job.getJobID(), jobName, checkpointed);
    jobs.add(running);
    return running;
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** Kills the task manager with all that runs on it and starts another; jobs restart. */
  public synchronized void replaceTaskManager() {
    try {
      cluster
          .terminateTaskManager(newestTaskManager)
          .get(REPLACE_LIMIT.toSeconds(), TimeUnit.SECONDS);
      cluster.startTaskManager();
      newestTaskManager++;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the task manager was replaced", e);
    } catch (Exception e) {
      throw new IllegalStateException("the task manager was not replaced", e);
    }
  }

  /** Stops within 8 s. */
  @Override
  public void close() {
    close(Deadline.in(STOP_LIMIT));
  }

  /** Stops the jobs in order, side by side and in half of the time, then the cluster. */
  @Override
  public void close(Deadline deadline) {
    Deadline forJobs = deadline.share(0.5);
    List<Thread> stopping = new ArrayList<>();
    for (RunningJob job : jobs) {
      Thread thread = new Thread(() -> cancelQuietly(job, forJobs), "stop-" + job.name());
      thread.setDaemon(true);
      thread.start();
      stopping.add(thread);
    }
    try {
      for (Thread thread : stopping) {
        thread.join(Math.max(1, forJobs.left().toMillis()));
      }
      cluster.closeAsync().get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the Flink mini cluster did not stop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cancelQuietly(RunningJob job, Deadline deadline) {
    try {
      job.cancel(deadline);
    } catch (JobFailed e) {
      LOG.warn("job {} did not stop in order", job.name(), e);
    }
  }
}
