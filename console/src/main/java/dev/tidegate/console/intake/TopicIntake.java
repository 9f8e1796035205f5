package dev.tidegate.console.intake;

import dev.tidegate.console.intake.IntakeState.Phase;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.log.LogStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one topic into its store on a thread of its own. Events and the log positions after them
 * are stored in one transaction and reading goes on from the stored positions. If the log, the
 * registry or the database fails, it tries again after a pause, for ever; {@link #state} says why.
 *
 * @param <T> kind of the topic's events
 */
final class TopicIntake<T extends SpecificRecordBase> {
  private static final Logger LOG = LoggerFactory.getLogger(TopicIntake.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LEAVE = Duration.ofMillis(500);

  // configuration
  private final LogAccess log;
  private final EventDecoder<T> decoder;
  private final LogStore<T> store;
  private final Supplier<LogAccess.Begin> begin;

  // runtime
  private volatile Runnable changed = () -> {};
  private final Ending ending = new Ending();
  private final Thread thread;
  private volatile IntakeState state = new IntakeState(Phase.STARTING, "connecting");
  private final LongAdder stored = new LongAdder();
  private final LongAdder unreadable = new LongAdder();

  TopicIntake(LogAccess log, EventDecoder<T> decoder, LogStore<T> store) {
    this(log, decoder, store, () -> LogAccess.Begin.FIRST);
  }

  /** One that is told where to begin in a partition of which it has no position. */
  TopicIntake(
      LogAccess log, EventDecoder<T> decoder, LogStore<T> store, Supplier<LogAccess.Begin> begin) {
    this.begin = begin;
    this.log = log;
    this.decoder = decoder;
    this.store = store;
    this.thread = new Thread(this::run, "intake-" + log.topic());
    thread.setDaemon(true);
  }

  /**
   * Starts reading; returns at once. Once only.
   *
   * @param changed called on the intake's thread after a batch that changed what is stored
   */
  void start(Runnable changed) {
    this.changed = changed;
    thread.start();
  }

  IntakeState state() {
    return state;
  }

  /** Events since the start that changed what is stored. */
  long stored() {
    return stored.sum();
  }

  /** Records since the start that were no event of the topic. */
  long unreadable() {
    return unreadable.sum();
  }

  /** Tells the reading to end; returns at once. */
  void end() {
    ending.ask();
  }

  /** Waits until the reading has ended, at most a second and a half. */
  void awaitEnd() {
    try {
      thread.join(1500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    state = new IntakeState(Phase.STOPPED, "closed");
  }

  private void run() {
    while (!ending.asked()) {
      try {
        read();
      } catch (WakeupException e) {
        LOG.debug("the intake of {} was asked to stop", log.topic());
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
    KafkaConsumer<byte[], byte[]> consumer = log.consumer();
    try {
      ending.blocking(consumer::wakeup);
      Map<TopicPartition, Long> ends =
          LogAccess.assign(consumer, topic, store.positions(topicId), begin.get());
      boolean behind = true;
      while (!ending.asked()) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (!records.isEmpty()) {
          store(decoder.decode(topicId, records));
          consumer.commitAsync();
        }
        // What stood when reading began is old until all of it has been read.
        behind = behind && isBehind(consumer, ends);
        state =
            behind
                ? new IntakeState(Phase.STARTING, "reading what stands")
                : new IntakeState(Phase.RUNNING, "");
      }
    } finally {
      ending.unblocked();
      consumer.close(CloseOptions.timeout(LEAVE));
    }
  }

  private static boolean isBehind(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  private TopicDescription describe() throws ExecutionException, InterruptedException {
    Admin admin = log.admin();
    try (admin) {
      ending.blocking(() -> admin.close(Duration.ZERO));
      return log.describe(admin);
    } finally {
      ending.unblocked();
    }
  }

  private void store(LogBatch<T> batch) {
    int arrived = store.accept(batch);
    stored.add(arrived);
    unreadable.add(batch.unreadable().size());
    if (!batch.unreadable().isEmpty()) {
      LOG.warn(
          "{} records on {} are none of its events, the first: {}",
          batch.unreadable().size(),
          log.topic(),
          batch.unreadable().get(0));
    }
    if (arrived > 0) {
      changed.run();
    }
  }

  private void pause(Throwable cause) {
    String note = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (!state.note().equals(note)) {
      LOG.warn("the intake of {} tries again every {} s: {}", log.topic(), PAUSE.toSeconds(), note);
    }
    state = new IntakeState(Phase.RETRYING, note);
    try {
      if (ending.await(PAUSE)) {
        LOG.debug("the intake of {} was closed while it waited", log.topic());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
