package dev.tidegate.retrain.stream;

import dev.tidegate.schemas.access.ClientAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A topology on one thread of its own. A thread that fails is replaced. */
public final class RunningTopology implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningTopology.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int COMMIT_MS = 1_000;
  private static final int SESSION_MS = 10_000;
  private static final int CACHE_BYTES = 1 << 20;

  private final KafkaStreams streams;

  private RunningTopology(KafkaStreams streams) {
    this.streams = streams;
  }

  /** What a kill may do. */
  public enum Guarantee {
    /** What was in flight is done again. */
    AT_LEAST_ONCE(StreamsConfig.AT_LEAST_ONCE),
    /** State, offsets and what is written are committed together or not at all. */
    EXACTLY_ONCE(StreamsConfig.EXACTLY_ONCE_V2);

    private final String setting;

    Guarantee(String setting) {
      this.setting = setting;
    }
  }

  /**
   * Starts; returns before anything is read.
   *
   * @param topology what is to run; its topics must exist
   * @param applicationId consumer group and prefix of its internal topics
   * @param bootstrap brokers, host:port with commas between
   * @param stateDir folder of its own for locks and checkpoints; made if missing
   * @param guarantee what a kill may do
   */
  public static RunningTopology start(
      Topology topology,
      String applicationId,
      String bootstrap,
      Path stateDir,
      Guarantee guarantee) {
    Properties settings = new Properties();
    settings.putAll(ClientAccess.kafka());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee.setting);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MS);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    // After a kill the next start waits this long for the dead member's partitions.
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MS);
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        SESSION_MS / 3);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    // A partition that was just made may refuse one request and take the next: with several on
    // their way the first would then never fit, and nothing move until it times out after two
    // minutes.
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
    KafkaStreams streams = new KafkaStreams(topology, settings);
    streams.setUncaughtExceptionHandler(
        failure -> {
          LOG.error("{} failed and goes on with a new thread", applicationId, failure);
          return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    try {
      streams.start();
    } catch (RuntimeException e) {
      // Its clients are open already.
      streams.close(CloseOptions.timeout(PATIENCE));
      throw e;
    }
    return new RunningTopology(streams);
  }

  /** True once all partitions are read. */
  public boolean running() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /** Commits and stops, waiting up to 5 s. */
  @Override
  public void close() {
    CloseOptions leaving =
        CloseOptions.timeout(PATIENCE)
            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
    if (!streams.close(leaving)) {
      LOG.warn("a topology did not stop within {} s", PATIENCE.toSeconds());
    }
  }
}
