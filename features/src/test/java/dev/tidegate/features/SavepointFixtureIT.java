package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Rates;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTypeInformation;
import dev.tidegate.schemas.flink.JobConfiguration;
import java.io.Serial;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Savepoints of the whole job, as builds wrote them in the middle of a stream: the first that kept
 * one, and the first that has a timer for each entity. With payments that wait for the watermark,
 * questions under way to the entities, and labels that are not known yet. Each is written once by
 * {@code -Dtidegate.fixture.write=true}, if it is not there, and never changed; in Flink's
 * canonical format, so that each state backend can read it.
 */
@Timeout(120)
class SavepointFixtureIT {
  private static final Path STATES = Path.of("src/test/resources/state").toAbsolutePath();
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int BEFORE = 600;
  private static final int AFTER = 300;
  private static final int PACE = 12;
  private static final int WRITER_PARALLELISM = 2;

  /** Twelve times as slow as others' payments: seven days, so that labels count in them. */
  private static final List<Transaction> PAYMENTS =
      Payments.stream(BEFORE + AFTER, 77).stream().map(SavepointFixtureIT::slowed).toList();

  private static final List<Label> LABELS = Payments.frauds(PAYMENTS);

  /** Of what an account's history holds already. */
  private static final Catalogue WIDER =
      Catalogue.parse(
          Payments.CATALOGUE
              .canonical()
              .replace(
                  "sequences:", "  - {entity: account, aggregate: min, windows: [1d]}\nsequences:"),
          "with one feature more",
          Rates.none());

  /** What left the job, of all runs in this process. */
  private static final Map<String, FeatureVector> SEEN = new ConcurrentHashMap<>();

  @TempDir private Path folder;

  private static Transaction slowed(Transaction payment) {
    long from = 1_600_000_000_000L;
    return Transaction.newBuilder(payment)
        .setEventTimeMs(from + (payment.getEventTimeMs() - from) * PACE)
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"job-version-1", "job-version-2"})
  void shouldGoOnFromASavepointAtAnotherParallelismWithAFeatureMore(String name) throws Exception {
    Path savepoint = STATES.resolve(name);
    if (Boolean.getBoolean("tidegate.fixture.write") && !Files.exists(savepoint)) {
      write(savepoint);
    }
    Map<String, FeatureVector> whole = unbroken();
    SEEN.clear();
    Configuration restored = configuration();
    restored.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
    JobClient job = start(restored, WIDER, 3, new Allowed(AFTER, 0));
    // The newest payments wait for a later one.
    await("payments after the savepoint").atMost(LIMIT).until(() -> SEEN.size() >= AFTER - 10);
    job.cancel().get();

    assertThat(SEEN).hasSizeLessThan(AFTER + BEFORE / 2);
    SEEN.forEach((id, vector) -> assertThat(vector).as(id).isEqualTo(whole.get(id)));
    int risk = WIDER.place("terminal_risk_7d");
    assertThat(SEEN.values()).anyMatch(vector -> vector.getValues().get(risk) > 0);
  }

  /** The same stream under the wider catalogue from the beginning, on the heap, by one task. */
  private static Map<String, FeatureVector> unbroken() throws Exception {
    SEEN.clear();
    JobClient job =
        start(JobConfiguration.bounded(), WIDER, 1, new Allowed(BEFORE + AFTER, LABELS.size()));
    await("all payments").atMost(LIMIT).until(() -> SEEN.size() >= PAYMENTS.size() - 10);
    job.cancel().get();
    return Map.copyOf(SEEN);
  }

  private void write(Path savepoint) throws Exception {
    SEEN.clear();
    JobClient job =
        start(
            configuration(),
            Payments.CATALOGUE,
            WRITER_PARALLELISM,
            new Allowed(BEFORE, LABELS.size()));
    await("payments before the savepoint").atMost(LIMIT).until(() -> SEEN.size() > BEFORE - 10);
    String written =
        job.triggerSavepoint(folder.toUri().toString(), SavepointFormatType.CANONICAL).get();
    job.cancel().get();
    Files.createDirectories(savepoint);
    Path metadata = Path.of(URI.create(written)).resolve("_metadata");
    Files.copy(metadata, savepoint.resolve("_metadata"));
  }

  /** State in RocksDB; all of a savepoint in its one file. */
  private Configuration configuration() {
    Configuration configuration =
        JobConfiguration.durable(folder.resolve("checkpoints").toUri().toString(), 3_600_000);
    configuration.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ofMebiBytes(1));
    return configuration;
  }

  /** How many events a run's sources send, from where the savepoint left them. */
  private record Allowed(int payments, int labels) {}

  private static JobClient start(
      Configuration configuration, Catalogue catalogue, int parallelism, Allowed allowed)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    env.setMaxParallelism(128);
    FeaturesPipeline.Inputs inputs =
        new FeaturesPipeline.Inputs(
            e -> source(e, Transaction.class, allowed.payments, "payments"),
            e -> source(e, Label.class, allowed.labels, "labels"));
    FeaturesPipeline.vectors(env, catalogue, inputs)
        .filter(new Seeing())
        .uid("seeing")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
    return env.executeAsync("savepoint fixture");
  }

  /** Events up to a number, and then silence: a source that ended would end the job. */
  private static <T extends SpecificRecordBase> DataStream<T> source(
      StreamExecutionEnvironment env, Class<T> type, int most, String name) {
    Events<T> events = new Events<>(type);
    return env.fromSource(
            new DataGeneratorSource<>(
                events,
                Long.MAX_VALUE,
                parallelism -> limiter(most),
                EventTypeInformation.forEvent(type)),
            watermarks(type, events, most),
            name)
        .setParallelism(1)
        .uid(name);
  }

  /** Labels hold payments back until the last of them has come, however long that takes. */
  private static <T> WatermarkStrategy<T> watermarks(Class<T> type, Events<T> events, int most) {
    WatermarkStrategy<T> strategy =
        type == Label.class
            ? WatermarkStrategy.forGenerator(context -> new UntilTheLast<>(most))
            : WatermarkStrategy.forMonotonousTimestamps();
    return strategy.withTimestampAssigner((event, time) -> events.timeOf(event));
  }

  /** Time stands with the newest event, and is over once so many have come. */
  private static final class UntilTheLast<T> implements WatermarkGenerator<T> {
    private final int most;
    private int come;
    private long newestMs = Long.MIN_VALUE + 1;

    UntilTheLast(int most) {
      this.most = most;
    }

    @Override
    public void onEvent(T event, long timeMs, WatermarkOutput output) {
      come++;
      newestMs = Math.max(newestMs, timeMs);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(new Watermark(come < most ? newestMs - 1 : Long.MAX_VALUE));
    }
  }

  /** Lets so many events pass, and none after them. */
  private static <S extends SourceSplit> RateLimiter<S> limiter(int most) {
    AtomicInteger passed = new AtomicInteger();
    return events ->
        passed.addAndGet(events) <= most
            ? CompletableFuture.completedFuture(null)
            : new CompletableFuture<>();
  }

  /** The test's events by their number. */
  private static final class Events<T> implements GeneratorFunction<Long, T> {
    @Serial private static final long serialVersionUID = 1L;

    private final Class<T> type;

    Events(Class<T> type) {
      this.type = type;
    }

    @Override
    public T map(Long number) {
      List<?> all = type == Transaction.class ? PAYMENTS : LABELS;
      return type.cast(all.get((int) (long) number));
    }

    long timeOf(T event) {
      return event instanceof Transaction payment
          ? payment.getEventTimeMs()
          : ((Label) event).getKnownAtMs();
    }
  }

  /** Keeps the vectors. */
  private static final class Seeing implements FilterFunction<FeatureVector> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public boolean filter(FeatureVector vector) {
      SEEN.put(vector.getTransaction().getTransactionId(), vector);
      return false;
    }
  }
}
