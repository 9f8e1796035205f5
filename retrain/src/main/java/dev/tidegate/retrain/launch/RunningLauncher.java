package dev.tidegate.retrain.launch;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.schemas.time.WallClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The launcher at a broker, in a thread of its own. Several may run: the one that has the topic's
 * partition works, another takes over where it stopped. A step that fails is tried again after a
 * pause, for as long as it takes: nothing is committed before a request's run is in the ledger.
 */
public final class RunningLauncher implements AutoCloseable {
  /** Consumer group. */
  public static final String GROUP = "retrain-launcher";

  private static final Logger LOG = LoggerFactory.getLogger(RunningLauncher.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final long PAUSE_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long STOP_MS = 8_000;
  private static final int SESSION_MS = 6_000;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final EventCodec<RetrainRequest> codec;
  private final TrainingJobs jobs;
  private final RunLedger ledger;
  private final Launcher launcher;
  private final LaunchMeter meter;
  private final long watchNanos;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile boolean working;
  private boolean joined;
  private boolean resumed;
  private long notBefore = WallClock.nanos();
  private long nextWatch = WallClock.nanos();

  /**
   * What a launcher needs.
   *
   * @param bootstrap brokers
   * @param registry where schemas have numbers
   * @param jobs where jobs run; closed with the launcher
   * @param ledger where runs are written; closed with the launcher
   * @param cooldown see {@link Launcher}
   * @param watchEach from one look at the jobs to the next
   */
  public record Parts(
      String bootstrap,
      SchemaRegistry registry,
      TrainingJobs jobs,
      RunLedger ledger,
      Duration cooldown,
      Duration watchEach) {}

  private RunningLauncher(Parts parts) {
    consumer =
        new KafkaConsumer<>(
            config(parts.bootstrap()), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    codec = EventCodec.of(Topics.RETRAIN_REQUESTS, RetrainRequest.class, parts.registry());
    jobs = parts.jobs();
    ledger = parts.ledger();
    meter = new LaunchMeter();
    launcher = new Launcher(jobs, ledger, parts.cooldown(), WallClock.INSTANCE, meter);
    watchNanos = parts.watchEach().toNanos();
    thread = new Thread(this::run, "retrain-launcher");
  }

  /** Starts; returns before the first request is read. */
  public static RunningLauncher start(Parts parts) {
    RunningLauncher started = new RunningLauncher(parts);
    started.thread.start();
    return started;
  }

  private static Map<String, Object> config(String bootstrap) {
    return ClientAccess.with(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ConsumerConfig.GROUP_ID_CONFIG,
            GROUP,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            // Requests are written in transactions: those of one that was given up are none.
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            SESSION_MS));
  }

  /** Shows the metrics in a registry from now on. */
  public void bindTo(MeterRegistry registry) {
    meter.bindTo(registry);
  }

  /** True while its thread runs. */
  public boolean running() {
    return thread.isAlive();
  }

  /**
   * True once it is a member of its group and, if the requests are its own, has looked at the jobs;
   * false from a step that failed until one succeeds.
   */
  public boolean working() {
    return working && running();
  }

  private void run() {
    try (jobs;
        ledger;
        consumer) {
      consumer.subscribe(List.of(Topics.RETRAIN_REQUESTS.topic()), new Assigned());
      while (!stopping) {
        turn();
      }
    } catch (WakeupException e) {
      LOG.debug("launcher woken to stop");
    }
  }

  /** Polls, so as to stay in the group, and does what is due; pauses after a failure. */
  private void turn() {
    if (WallClock.nanos() - notBefore < 0) {
      consumer.pause(consumer.assignment());
    } else {
      consumer.resume(consumer.paused());
    }
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (!take(record)) {
          return;
        }
      }
      watch();
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      pause("the broker", e);
    }
  }

  /** True if the next record may be taken. */
  private boolean take(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    try {
      resume();
      if (record.value() != null) {
        launcher.take(codec.decode(record.value()));
      }
    } catch (IllegalArgumentException e) {
      meter.unreadable();
      LOG.warn("passed over offset {}: {}", record.offset(), e.getMessage());
    } catch (RuntimeException e) {
      consumer.seek(partition, record.offset());
      pause("request at offset " + record.offset(), e);
      return false;
    }
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
    return true;
  }

  private void resume() {
    if (!resumed) {
      launcher.resume();
      resumed = true;
    }
  }

  private void watch() {
    long now = WallClock.nanos();
    if (consumer.assignment().isEmpty()) {
      working = joined; // another one has the requests
      return;
    }
    if (now - nextWatch < 0 || now - notBefore < 0) {
      return;
    }
    try {
      resume();
      launcher.watch();
      working = true;
    } catch (RuntimeException e) {
      pause("a look at the jobs", e);
    }
    nextWatch = WallClock.nanos() + watchNanos;
  }

  private void pause(String what, RuntimeException failure) {
    working = false;
    meter.failed();
    LOG.warn("{} failed and is tried again in 2 s", what, failure);
    notBefore = WallClock.nanos() + PAUSE_NANOS;
  }

  /** Whoever gets the partition reads the ledger first: another may have written to it. */
  private final class Assigned implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      joined = true;
      resumed = false;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      resumed = false;
    }
  }

  /** Stops, waiting up to 8 s; jobs that are children of this process stop with it. */
  @Override
  public void close() {
    stopping = true;
    consumer.wakeup();
    try {
      thread.join(STOP_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
