package dev.tidegate.benchmarks.loop;

import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.Stopwatch;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.loop.ScoringLoop;
import dev.tidegate.scoring.loop.ScoringSettings;
import dev.tidegate.scoring.loop.ScoringSettings.Batching;
import dev.tidegate.scoring.loop.ScoringSettings.Limits;
import dev.tidegate.scoring.release.LoadedRelease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A scorer and its broker on a temporary directory, with a sender before it. For one thread. */
final class LoopRun implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final long LONGEST_MS = 600_000;
  private static final double NANOS = 1e9;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  // configuration
  private final LoadedRelease release;
  private final Terminal terminal;

  // runtime
  private final Path directory;
  private final EmbeddedKafka kafka;
  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final EventCodec<FeatureVector> codec;
  private final Producer<byte[], byte[]> producer;
  private final SampleVectors vectors;
  private @Nullable ScoringLoop loop;

  LoopRun(LoadedRelease release, long seed, Terminal terminal) {
    this.release = release;
    this.terminal = terminal;
    try {
      directory = Files.createTempDirectory("tidegate-loop");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kafka = EmbeddedKafka.start(directory);
    kafka.createTopics();
    codec = EventCodec.of(Topics.FEATURES, FeatureVector.class, registry);
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "compression.type",
                "snappy",
                "batch.size",
                131_072),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    vectors = new SampleVectors(release.manifest(), seed);
  }

  /** Starts the scorer. */
  void start(Batching batching, Limits limits) {
    loop =
        ScoringLoop.start(
            ScoringSettings.at(kafka.bootstrapServers(), registry).with(batching).with(limits),
            release,
            WallClock.INSTANCE);
  }

  /** Fills the topic. */
  void preload(int rows) {
    terminal.begin("filling [features]", rows);
    for (int i = 0; i < rows; i++) {
      send(WallClock.INSTANCE.millis());
      terminal.at(i);
    }
    producer.flush();
    terminal.end();
  }

  private void send(long ingestedAtMs) {
    FeatureVector vector = vectors.next(ingestedAtMs);
    byte[] key = vector.getTransaction().getPayerAccount().getBytes(StandardCharsets.UTF_8);
    // A lost record would show: the run waits for as many decisions.
    var unused =
        producer.send(new ProducerRecord<>(Topics.FEATURES.topic(), key, codec.encode(vector)));
  }

  long decided() {
    return Objects.requireNonNull(loop).decided();
  }

  void awaitDecided(long rows) {
    ScoringLoop running = Objects.requireNonNull(loop);
    boolean done = Stopwatch.await(LIMIT, () -> running.decided() >= rows || !running.running());
    if (!done || running.failure() != null) {
      throw new IllegalStateException(
          running.decided() + " of " + rows + " rows decided", running.failure());
    }
  }

  /** Processor time of the loop's thread and its model's. */
  double loopCpuSeconds() {
    Set<String> names =
        Set.of(
            "scoring-" + release.manifest().release(),
            "scoring-model-" + release.manifest().release());
    long nanos = 0;
    for (ThreadInfo thread : THREADS.dumpAllThreads(false, false, 0)) {
      if (names.contains(thread.getThreadName())) {
        nanos += THREADS.getThreadCpuTime(thread.getThreadId());
      }
    }
    return nanos / NANOS;
  }

  /** Latency at a steady rate, after a time at that rate. */
  LoopFigures.Latency latency(double perSecond, double warmUp, int seconds) {
    sendAt(perSecond, warmUp);
    long first = vectors.made();
    sendAt(perSecond, seconds);
    producer.flush();
    awaitDecided(vectors.made());
    int sent = (int) (vectors.made() - first);
    long[] appendedMs = new long[sent];
    read(
        Topics.FEATURES,
        entry -> {
          long place = codec.decode(entry.value()).getTransaction().getSourceOffset() - first;
          if (place >= 0) {
            appendedMs[(int) place] = entry.timestamp();
          }
        });
    Histogram waited = new Histogram(LONGEST_MS, 3);
    EventCodec<Decision> decisions = EventCodec.of(Topics.DECISIONS, Decision.class, registry);
    read(
        Topics.DECISIONS,
        entry -> {
          String id = decisions.decode(entry.value()).getTransactionId();
          long place = Long.parseLong(id.substring("bench-".length())) - first;
          if (place >= 0 && appendedMs[(int) place] > 0) {
            waited.recordValue(Math.max(0, entry.timestamp() - appendedMs[(int) place]));
          }
        });
    return new LoopFigures.Latency(
        perSecond,
        waited.getTotalCount(),
        sent - waited.getTotalCount(),
        waited.getValueAtPercentile(50),
        waited.getValueAtPercentile(99),
        waited.getValueAtPercentile(99.9),
        waited.getMaxValue());
  }

  /** In the open loop: what is late is sent at once. */
  private void sendAt(double perSecond, double seconds) {
    long count = (long) (perSecond * seconds);
    long begun = WallClock.nanos();
    long begunMs = WallClock.INSTANCE.millis();
    terminal.begin(String.format(Locale.ROOT, "at %.0f rows/s", perSecond), count);
    for (long i = 0; i < count; i++) {
      double dueNanos = i / perSecond * NANOS;
      while (WallClock.nanos() - begun < dueNanos) {
        LockSupport.parkNanos(200_000);
      }
      send(begunMs + (long) (dueNanos / 1e6));
      terminal.at(i);
    }
    terminal.end();
  }

  private void read(Topics topic, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", kafka.bootstrapServers());
    config.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, topic.partitions())
              .mapToObj(partition -> new TopicPartition(topic.topic(), partition))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(taker);
      }
    }
  }

  @Override
  public void close() {
    if (loop != null) {
      loop.close();
    }
    producer.close();
    kafka.close();
    try {
      FileUtils.deleteDirectory(directory.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
