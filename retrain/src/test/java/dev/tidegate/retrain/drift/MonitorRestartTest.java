package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.retrain.stability.HourOfWeek;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/**
 * A task that starts anew wherever it stood, with the state that it left, tells what an undisturbed
 * one tells: to the byte, of each processor that keeps rows beside a state.
 */
class MonitorRestartTest {
  private static final long HOUR = HourOfWeek.HOUR_MS;
  private static final List<FeatureReference> REFERENCES =
      List.of(
          FeatureReference.numeric("amount", new double[] {1, 9}, new long[2]),
          FeatureReference.categorical("payment.channel", List.of("card", "web"), new long[2], 9));

  private static <K> KeyValueStore<K, byte[]> store(String name, Serde<K> keys) {
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
        .withLoggingDisabled()
        .build();
  }

  /** Keys and values of all that was forwarded; a new processor takes over after each restart. */
  private static <I, V> List<String> told(
      Supplier<Processor<byte[], I, String, V>> made,
      List<? extends StateStore> stores,
      int events,
      IntFunction<I> event,
      Set<Integer> restarts,
      Function<V, String> text) {
    MockProcessorContext<String, V> context = null;
    Processor<byte[], I, String, V> processor = null;
    List<String> told = new ArrayList<>();
    for (int at = 0; at < events; at++) {
      if (context == null || processor == null || restarts.contains(at)) {
        boolean first = context == null;
        context = new MockProcessorContext<>();
        for (StateStore store : stores) {
          if (first) {
            store.init(context.getStateStoreContext(), store);
          }
          context.addStateStore(store);
        }
        processor = made.get();
        processor.init(context);
      }
      processor.process(new Record<>(new byte[] {1}, event.apply(at), at));
      context
          .forwarded()
          .forEach(of -> told.add(of.record().key() + " " + text.apply(of.record().value())));
      context.resetForwards();
    }
    return told;
  }

  private static Set<Integer> restarts(int events) {
    return Set.copyOf(new SplittableRandom(311).ints(40, 1, events).distinct().boxed().toList());
  }

  private static String hex(byte[] bytes) {
    return Bytes.wrap(bytes).toString();
  }

  private static FeatureVector vector(int at) {
    SplittableRandom random = new SplittableRandom(313 + at);
    boolean odd = at > 3_000;
    float amount = odd && random.nextInt(4) == 0 ? Float.NaN : 1 + random.nextInt(9);
    String channel = odd && random.nextInt(5) == 0 ? "crypto" : "web";
    return DriftTopic.vector(
        DriftTopic.payment("t" + at, at * (HOUR / 700), channel), "d1", List.of(amount, 1f));
  }

  @Test
  void shouldTellTheSameFaults() {
    QualityTopology.Watched watched = vectors("r1", 1e4);
    List<String> undisturbed = faults(watched, Set.of());
    assertThat(undisturbed).hasSizeGreaterThan(1);
    assertThat(faults(watched, restarts(5_000))).isEqualTo(undisturbed);
  }

  private static QualityTopology.Watched vectors(String release, double runLength) {
    return new QualityTopology.Watched(
        release,
        QualityTopology.Fields.of(List.of("amount", "risk"), REFERENCES),
        "d1",
        new Learning(100, 1_000, 0.01),
        runLength,
        0);
  }

  /** Keys and values of what a new processor forwards of some vectors, over what stands. */
  private static List<String> over(
      KeyValueStore<String, byte[]> store, QualityTopology.Watched watched, int from, int until) {
    MockProcessorContext<String, DriftMeasurement> context = new MockProcessorContext<>();
    context.addStateStore(store);
    QualityProcessor processor = new QualityProcessor(watched, new DriftMeter());
    processor.init(context);
    for (int at = from; at < until; at++) {
      processor.process(new Record<>(new byte[] {1}, vector(at), at));
    }
    return context.forwarded().stream()
        .map(of -> of.record().key() + " " + of.record().value())
        .toList();
  }

  private static KeyValueStore<String, byte[]> faultStore() {
    KeyValueStore<String, byte[]> store = store(QualityProcessor.STORE, Serdes.String());
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    return store;
  }

  /** With each training there is another release: rows of all of them would pile up. */
  @Test
  void shouldLetGoOfTheRowsOfAReleaseBeforeAndKeepItsState() {
    KeyValueStore<String, byte[]> store = faultStore();
    over(store, vectors("r1", 1e4), 0, 300);
    assertThat(store.get(RowLog.name("r1") + "-taken")).isNotNull();
    over(store, vectors("r2", 1e4), 300, 310);
    List<String> keys = new ArrayList<>();
    try (var all = store.all()) {
      all.forEachRemaining(one -> keys.add(one.key));
    }
    assertThat(keys).contains("r1").noneMatch(key -> key.startsWith(RowLog.name("r1")));
    assertThat(keys).filteredOn(key -> key.startsWith(RowLog.name("r2"))).hasSize(10);
  }

  /** Rows that were quiet may be none under a shorter run length: what they say is told once. */
  @Test
  void shouldTellAnAlarmThatRowsRaiseUnderOtherSettings() {
    KeyValueStore<String, byte[]> store = faultStore();
    assertThat(over(store, vectors("r1", 1e300), 0, 3_250)).isEmpty();
    assertThat(over(store, vectors("r1", 1e4), 3_250, 3_251)).isNotEmpty();
    assertThat(over(store, vectors("r1", 1e4), 3_251, 3_252)).isEmpty();
  }

  private static List<String> faults(QualityTopology.Watched watched, Set<Integer> restarts) {
    return told(
        () -> new QualityProcessor(watched, new DriftMeter()),
        List.of(store(QualityProcessor.STORE, Serdes.String())),
        5_000,
        MonitorRestartTest::vector,
        restarts,
        Object::toString);
  }

  @Test
  void shouldHandOnTheSameCells() {
    StabilityTopology.Watched watched = features();
    List<String> undisturbed = cells(watched, Set.of());
    assertThat(undisturbed).as("two full batches and the rest of each hour").hasSize(3 * 7);
    assertThat(cells(watched, restarts(5_000))).isEqualTo(undisturbed);
  }

  private static StabilityTopology.Watched features() {
    StabilityTopology.Watched watched =
        StabilityTopology.Watched.of(
            new StabilityTopology.Release("r1", "d1", List.of("amount", "risk")),
            REFERENCES,
            Set.of(),
            StabilityTopology.How.of(PageBudget.aQuarter(13, 10), 0, 1));
    if (watched == null) {
      throw new IllegalStateException("there are references");
    }
    return watched;
  }

  private static List<String> cells(StabilityTopology.Watched watched, Set<Integer> restarts) {
    return told(
        () -> new CellsProcessor(watched, new DriftMeter()),
        List.of(store(CellsProcessor.STORE, Serdes.Bytes())),
        5_000,
        MonitorRestartTest::vector,
        restarts,
        MonitorRestartTest::hex);
  }

  private static Decision decision(int at) {
    double score = new SplittableRandom(317 + at).nextDouble();
    String id = "t" + at;
    return Decision.newBuilder()
        .setDecisionId(Long.toHexString(0x1234567890abcdefL * (at + 1)))
        .setTransactionId(id)
        .setPayerAccount("a")
        .setEventTimeMs(at)
        .setIngestedAtMs(at)
        .setDecidedAtMs(at)
        .setScore(score)
        .setOutcome(score > 0.9 ? Outcome.HOLD : Outcome.APPROVE)
        .setRelease("r1")
        .setFeatureDigest("d1")
        .setRuleSet("")
        .build();
  }

  @Test
  void shouldHandOnTheSameScores() {
    for (int batch : List.of(100, 700)) {
      List<String> undisturbed = scores(batch, Set.of());
      assertThat(undisturbed).hasSize(5_000 / batch);
      assertThat(scores(batch, restarts(5_000))).isEqualTo(undisturbed);
    }
  }

  private static List<String> scores(int batch, Set<Integer> restarts) {
    double[] some = new SplittableRandom(331).doubles(1_000).toArray();
    ScoreBins bins = ScoreBins.quantiles(some);
    ScoreReference reference =
        new ScoreReference("r1", bins, Arrays.stream(bins.count(some)).boxed().toList());
    return told(
        () -> new CountingProcessor(reference, batch, new DriftMeter()),
        List.of(store(CountingProcessor.STORE, Serdes.String())),
        5_000,
        MonitorRestartTest::decision,
        restarts,
        MonitorRestartTest::hex);
  }

  @Test
  void shouldHandOnTheSameOutcomes() {
    List<String> undisturbed = outcomes(Set.of());
    assertThat(undisturbed).hasSizeGreaterThan(4_000 / 64);
    assertThat(outcomes(restarts(5_000))).isEqualTo(undisturbed);
  }

  private static List<String> outcomes(Set<Integer> restarts) {
    OutcomeSettings settings =
        new OutcomeSettings(
            1_000,
            0,
            150,
            64,
            1_000,
            new OutcomeSettings.Detectors(1e5, 1e5, 1e5, new Learning(100, 2_000, 0.01)));
    return told(
        () -> new MaturingProcessor("r1", settings, new DriftMeter()),
        List.of(
            store(MaturingProcessor.WAITING, Serdes.Bytes()),
            store(MaturingProcessor.PENDING, Serdes.Bytes())),
        5_000,
        at -> (Object) decision(at),
        restarts,
        MonitorRestartTest::hex);
  }

  /** Rows as a program before the log left them, under their number alone. */
  @Test
  void shouldGoOnFromCellsOfAnOlderProgram() {
    StabilityTopology.Watched watched = features();
    KeyValueStore<Bytes, byte[]> cells = store(CellsProcessor.STORE, Serdes.Bytes());
    MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
    cells.init(context.getStateStoreContext(), cells);
    context.addStateStore(cells);
    for (int row = 0; row < 10; row++) {
      cells.put(
          Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(row).array()),
          ByteBuffer.allocate(2 * Long.BYTES + 2)
              .putLong(ReleaseMark.of("r1"))
              .putLong(0)
              .put((byte) 3)
              .put((byte) 1)
              .array());
    }
    CellsProcessor processor = new CellsProcessor(watched, new DriftMeter());
    processor.init(context);
    processor.process(new Record<>(new byte[] {1}, vector(0), 0));
    processor.process(new Record<>(new byte[] {1}, vector(701), 701));
    ByteBuffer batch = ByteBuffer.wrap(context.forwarded().get(0).record().value());
    assertThat(batch.getInt(0)).as("partition").isZero();
    batch.position(Integer.BYTES + Long.BYTES);
    assertThat(batch.getLong()).as("hour").isZero();
    assertThat(batch.getLong()).as("ten of before and one").isEqualTo(11);
  }
}
