package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.config.GraphLayout;
import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.FlinkOptions;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.lab.time.Deadline;
import dev.tidegate.schemas.Heartbeat;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.JobConfiguration;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The graph job on a real broker, registry and mini cluster with RocksDB, while the task manager is
 * killed: the same signals and alerts as in one piece, and whatever is said again is the same.
 */
class GraphKillsIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration ON_DEMAND = Duration.ofHours(1);
  private static final int KILLS = 3;
  private static final int BATCH = 500;
  private static final List<Transaction> PAYMENTS = GraphHarness.payments(4_000, 20_260_401);

  /** No two at one time: shards order these otherwise than one graph. */
  private static final List<Transaction> UNTIED = untied();

  /** In order, and no partition silent. */
  private static final StreamSettings.Timing TIMING =
      new StreamSettings.Timing(0, 60_000, StreamSettings.Timing.defaults().driftMs());

  private EmbeddedPlatform platform;
  private ConfluentRegistry registry;
  private KafkaProducer<byte[], byte[]> producer;
  private KafkaConsumer<byte[], byte[]> consumer;
  private EventCodec<Transaction> transactions;
  private EventCodec<GraphSignal> codec;
  private EventCodec<PatternAlert> alertCodec;
  private final Map<String, PatternAlert> alerts = new HashMap<>();
  private final Map<String, GraphSignal> signals = new HashMap<>();
  private int raw;

  @BeforeEach
  void start() {
    platform =
        EmbeddedPlatform.start(
            PlatformOptions.ephemeral()
                .withFlink(
                    FlinkOptions.defaults()
                        .withParallelism(2, 2)
                        .withCheckpointInterval(ON_DEMAND)
                        .withRestart(20, Duration.ofMillis(50))),
            progress -> {});
    registry = new ConfluentRegistry(platform.registryUrl());
    transactions = EventCodec.of(Topics.TRANSACTIONS, Transaction.class, registry);
    codec = EventCodec.of(Topics.GRAPH_SIGNALS, GraphSignal.class, registry);
    alertCodec = EventCodec.of(Topics.PATTERN_ALERTS, PatternAlert.class, registry);
    String servers = platform.bootstrapServers();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "linger.ms", "1"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", servers, "group.id", "test", "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(Topics.GRAPH_SIGNALS.topic(), Topics.PATTERN_ALERTS.topic()));
  }

  @AfterEach
  void stop() {
    consumer.close();
    producer.close();
    platform.close(Deadline.in(LIMIT)); // alone it leaves behind what has not stopped in 9 s
  }

  private static List<Transaction> untied() {
    List<Transaction> untied = new ArrayList<>();
    ShardedGraphPipelineTest.arriving(1_400, 20_260_402).stream()
        .filter(payment -> payment.getPayeeAccount() != null)
        .sorted(Comparator.comparingLong(Transaction::getEventTimeMs))
        .forEach(
            payment -> {
              if (untied.isEmpty() || !untied.get(untied.size() - 1).equals(payment)) {
                untied.add(payment);
              }
            });
    List<Transaction> payments = new ArrayList<>(ShardedGraphPipelineTest.early());
    payments.addAll(untied.subList(0, 1_000 - payments.size()));
    return List.copyOf(payments);
  }

  @Test
  void shouldGiveTheSameSignalsAndAlertsThoughTheTaskManagerIsKilledThreeTimes() throws Exception {
    shouldSayAsIfThereWereNoKill(PAYMENTS, List.of(), GraphHarness.CONFIG, GraphHarness.CONFIG);
  }

  @Test
  void shouldGiveTheSameAsTheOneGraphWhereItIsDealtOutToShards() throws Exception {
    GraphConfig one = ShardedGraphPipelineTest.remembering();
    long nowMs = UNTIED.get(UNTIED.size() - BATCH / 2 - 1).getEventTimeMs();
    List<Transaction> lates = ShardedGraphPipelineTest.lates(nowMs);
    RunningJob job =
        shouldSayAsIfThereWereNoKill(UNTIED, lates, one, one.with(GraphLayout.shards(4)));
    job.cancel();
    assertThatThrownBy(() -> submit(one.with(GraphLayout.shards(8))))
        .hasStackTraceContaining("the graph's state is of 4 shards")
        .hasStackTraceContaining("layout: 8 shards");
  }

  /**
   * Payments in order, and late ones once half of the last batch has been told: each of those has a
   * signal, and nothing else is said otherwise for them.
   */
  private RunningJob shouldSayAsIfThereWereNoKill(
      List<Transaction> payments, List<Transaction> lates, GraphConfig one, GraphConfig config)
      throws Exception {
    Map<String, GraphSignal> expected = new HashMap<>();
    GraphHarness.run(payments, one).forEach(s -> expected.put(s.getTransactionId(), s));
    RunningJob job = submit(config);
    int kills = 0;
    for (int from = 0; from < payments.size(); from += BATCH) {
      List<Transaction> batch = payments.subList(from, from + BATCH);
      send(batch.subList(0, BATCH / 2));
      beat(batch.get(BATCH / 2 - 1).getEventTimeMs());
      await(from);
      job.checkpoint();
      if (from + BATCH == payments.size()) {
        await(from + BATCH / 4);
        send(lates);
      }
      send(batch.subList(BATCH / 2, BATCH));
      beat(batch.get(BATCH - 1).getEventTimeMs());
      await(from + BATCH * 3 / 4);
      if (kills < KILLS && (from % (2 * BATCH) == 0 || payments.size() < 2 * KILLS * BATCH)) {
        platform.flink().replaceTaskManager();
        job.awaitRunning(LIMIT);
        kills++;
      }
    }
    beat(Long.MAX_VALUE / 2);
    await(payments.size() + lates.size());
    assertThat(job.checkpoints().restored()).as("restarts").isGreaterThanOrEqualTo(kills);
    assertThat(raw).as("signals, those sent again too").isGreaterThan(payments.size());
    assertThat(signals.keySet())
        .containsAll(lates.stream().map(Transaction::getTransactionId).toList());
    lates.forEach(late -> signals.remove(late.getTransactionId()));
    assertThat(signals).isEqualTo(expected);
    Map<String, PatternAlert> expectedAlerts = new HashMap<>();
    GraphHarness.runAlerts(payments, one).forEach(alert -> expectedAlerts.put(name(alert), alert));
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> seen() > 0 && alerts.size() >= expectedAlerts.size());
    assertThat(alerts).hasSizeGreaterThan(100).isEqualTo(expectedAlerts);
    return job;
  }

  private static String name(PatternAlert alert) {
    return alert.getAlertId() + " " + alert.getVersion();
  }

  private RunningJob submit(GraphConfig config) {
    StreamSettings settings =
        StreamSettings.of("graph-aml", platform.bootstrapServers(), platform.registryUrl(), 2)
            .withTiming(TIMING);
    RunningJob job =
        platform
            .flink()
            .submit(
                "graph-aml",
                env -> {
                  env.configure(JobConfiguration.streaming());
                  env.setParallelism(settings.parallelism());
                  GraphPipeline.define(
                      env, config, GraphSource.kafka(settings), GraphSink.kafka(settings));
                });
    job.awaitRunning(LIMIT);
    return job;
  }

  private void send(List<Transaction> payments) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Transaction payment : payments) {
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  Topics.TRANSACTIONS.topic(),
                  payment.getPayerAccount().getBytes(StandardCharsets.UTF_8),
                  transactions.encode(payment))));
    }
    for (Future<RecordMetadata> record : sent) {
      record.get();
    }
  }

  private void beat(long timeMs) throws Exception {
    for (int partition = 0; partition < Topics.TRANSACTIONS.partitions(); partition++) {
      producer.send(Heartbeat.record(partition, timeMs)).get();
    }
  }

  /** Waits until so many payments have a signal; a repeat of one must be the same. */
  private void await(int count) {
    Awaitility.await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1)) // a poll waits for records itself
        .until(() -> seen() >= count);
  }

  private int seen() {
    for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(Duration.ofMillis(20))) {
      if (entry.topic().equals(Topics.PATTERN_ALERTS.topic())) {
        PatternAlert alert = alertCodec.decode(entry.value());
        PatternAlert told = alerts.putIfAbsent(name(alert), alert);
        assertThat(told == null || told.equals(alert)).as("told the same again").isTrue();
        continue;
      }
      GraphSignal signal = codec.decode(entry.value());
      GraphSignal known = signals.putIfAbsent(signal.getTransactionId(), signal);
      assertThat(known == null || known.equals(signal) || signal.getLate() || known.getLate())
          .as("said the same again")
          .isTrue();
      raw++;
    }
    return signals.size();
  }
}
