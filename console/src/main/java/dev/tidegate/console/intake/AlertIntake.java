package dev.tidegate.console.intake;

import dev.tidegate.console.intake.IntakeState.Phase;
import dev.tidegate.console.store.AlertBatch;
import dev.tidegate.console.store.AlertStore;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads [alerts] into the store on a thread of its own. Alerts and the log positions after them are
 * stored in one transaction and reading goes on from the stored positions, so every alert is in the
 * table exactly once, whatever is killed when. Positions are also committed to Kafka, for tools
 * that show lag; nothing reads them back. There is no group membership and so no wait for one that
 * died: of several consoles on one database each reads all partitions, and the store passes over
 * what another has stored. A partition added while it runs is read from the next start.
 *
 * <p>If the log, the registry or the database fails, the intake tries again after a pause, for
 * ever; {@link #state} says why.
 */
public final class AlertIntake implements AutoCloseable {
  /** Consumer group under which the consoles' positions are shown in Kafka. */
  public static final String GROUP = "console";

  private static final Logger LOG = LoggerFactory.getLogger(AlertIntake.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration ASK = Duration.ofSeconds(5);
  private static final Duration LEAVE = Duration.ofMillis(500);
  private static final int BATCH = 1000;

  // configuration
  private final String bootstrapServers;
  private final SchemaRegistry registry;
  private final AlertStore store;

  // runtime
  private volatile Runnable stored = () -> {};
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "alert-intake");
  private volatile IntakeState state = new IntakeState(Phase.STARTING, "connecting");
  private final LongAdder alerts = new LongAdder();
  private final LongAdder unreadable = new LongAdder();
  private volatile Reading reading = Reading.NOTHING;

  /** An intake; {@link #start} sets it going. */
  public AlertIntake(String bootstrapServers, SchemaRegistry registry, AlertStore store) {
    this.bootstrapServers = bootstrapServers;
    this.registry = registry;
    this.store = store;
    thread.setDaemon(true);
  }

  /**
   * Starts reading; returns at once. Once only.
   *
   * @param arrived called on the intake's thread after a batch with a new alert was stored
   */
  public void start(Runnable arrived) {
    stored = arrived;
    thread.start();
  }

  /** What the intake does at the moment. */
  public IntakeState state() {
    return state;
  }

  /** Alerts that were stored since the start and had not been there. */
  public long alerts() {
    return alerts.sum();
  }

  /** Records since the start that were no alert. */
  public long unreadable() {
    return unreadable.sum();
  }

  /** Stops reading; waits at most a second and a half for the batch in hand. */
  @Override
  public void close() {
    closed.countDown();
    reading.interrupt();
    try {
      thread.join(1500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    state = new IntakeState(Phase.STOPPED, "closed");
  }

  private void run() {
    while (closed.getCount() > 0) {
      try {
        read();
      } catch (WakeupException e) {
        LOG.debug("the alert intake was asked to stop");
      } catch (RuntimeException e) {
        pause(e);
      } catch (ExecutionException e) {
        pause(e.getCause() == null ? e : e.getCause());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void read() throws ExecutionException, InterruptedException {
    TopicDescription topic = describe();
    String topicId = topic.topicId().toString();
    AlertDecoder decoder = new AlertDecoder(registry);
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerProperties());
    reading = consumer::wakeup;
    try {
      assign(consumer, topic, store.positions(topicId));
      while (closed.getCount() > 0) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        state = new IntakeState(Phase.RUNNING, "");
        if (!records.isEmpty()) {
          store(decoder.decode(topicId, records));
          consumer.commitAsync();
        }
      }
    } finally {
      reading = Reading.NOTHING;
      consumer.close(CloseOptions.timeout(LEAVE));
    }
  }

  private static void assign(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicDescription topic,
      Map<Integer, Long> positions) {
    List<TopicPartition> partitions =
        topic.partitions().stream()
            .map(partition -> new TopicPartition(topic.name(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    for (TopicPartition partition : partitions) {
      Long next = positions.get(partition.partition());
      if (next == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, next);
      }
    }
  }

  private void store(AlertBatch batch) {
    int arrived = store.accept(batch);
    alerts.add(arrived);
    unreadable.add(batch.unreadable().size());
    if (!batch.unreadable().isEmpty()) {
      LOG.warn(
          "{} records on {} are no alerts, the first: {}",
          batch.unreadable().size(),
          Topics.ALERTS.topic(),
          batch.unreadable().get(0));
    }
    if (arrived > 0) {
      stored.run();
    }
  }

  private TopicDescription describe() throws ExecutionException, InterruptedException {
    Properties properties = new Properties();
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "console-intake");
    properties.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(ASK.toMillis()));
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(ASK.toMillis()));
    String topic = Topics.ALERTS.topic();
    Admin admin = Admin.create(properties);
    reading = () -> admin.close(Duration.ZERO);
    try (admin) {
      TopicDescription description =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get(ASK.toMillis(), TimeUnit.MILLISECONDS)
              .get(topic);
      if (description == null) {
        throw new KafkaException("there is no topic " + topic);
      }
      return description;
    } catch (TimeoutException e) {
      throw silent(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw silent(e);
      }
      throw e;
    } finally {
      reading = Reading.NOTHING;
    }
  }

  private KafkaException silent(Exception cause) {
    return new KafkaException("Kafka at " + bootstrapServers + " does not answer", cause);
  }

  private void pause(Throwable cause) {
    String note = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (!state.note().equals(note)) {
      LOG.warn("the alert intake tries again every {} s: {}", PAUSE.toSeconds(), note);
    }
    state = new IntakeState(Phase.RETRYING, note);
    try {
      if (closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("the alert intake was closed while it waited");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Properties consumerProperties() {
    Properties properties = new Properties();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "console-intake");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return properties;
  }

  /** The blocking call that close has to cut short. */
  private interface Reading {
    Reading NOTHING = () -> {};

    void interrupt();
  }
}
