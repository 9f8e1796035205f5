package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.retrain.stability.HourOfWeek;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What one release has left in a state is not counted as the next one's. */
class ReleaseChangeTest {
  private static final long HOUR = HourOfWeek.HOUR_MS;
  private static final OutcomeSettings SETTINGS =
      new OutcomeSettings(
          1_000,
          0,
          10,
          64,
          1_000,
          new OutcomeSettings.Detectors(1e5, 1e5, 1e5, new Learning(100, 2_000, 0.01)));

  private final KeyValueStore<Bytes, byte[]> waiting = store(MaturingProcessor.WAITING);
  private final KeyValueStore<Bytes, byte[]> pending = store(MaturingProcessor.PENDING);
  private final KeyValueStore<Bytes, byte[]> cells = store(CellsProcessor.STORE);

  private static KeyValueStore<Bytes, byte[]> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingDisabled()
        .build();
  }

  /** A task of a program that has just started, with the state of before. */
  private static MockProcessorContext<String, byte[]> task(
      boolean first, List<? extends StateStore> stores) {
    MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
    for (StateStore store : stores) {
      if (first) {
        store.init(context.getStateStoreContext(), store);
      }
      context.addStateStore(store);
    }
    return context;
  }

  private static List<Observation> observed(MockProcessorContext<String, byte[]> context) {
    List<Observation> all = new ArrayList<>();
    for (var forward : context.forwarded()) {
      ByteBuffer batch = ByteBuffer.wrap(forward.record().value());
      while (batch.hasRemaining()) {
        all.add(Observation.read(batch));
      }
    }
    return all;
  }

  @Test
  void shouldMatureWhatTheReleaseInChargeDecidedAlone() {
    MockProcessorContext<String, byte[]> before = task(true, List.of(waiting, pending));
    MaturingProcessor old = new MaturingProcessor("old", SETTINGS, new DriftMeter());
    old.init(before);
    for (int at = 0; at < 5; at++) {
      old.process(decided("o" + at, 100 + at, "old"));
      old.process(fraud("o" + at, 100 + at));
    }
    assertThat(observed(before)).as("all of the old one waits").isEmpty();

    MockProcessorContext<String, byte[]> after = task(false, List.of(waiting, pending));
    MaturingProcessor next = new MaturingProcessor("new", SETTINGS, new DriftMeter());
    next.init(after);
    next.process(decided("n0", 500, "new"));
    next.process(fraud("n0", 500));
    next.process(decided("n1", 5_000, "new"));
    next.process(decided("n2", 5_020, "new"));

    List<Observation> seen = observed(after);
    assertThat(seen)
        .filteredOn(one -> one.kind() == Observation.Kind.MATURED)
        .extracting(Observation::timeMs)
        .containsExactly(500L);
    assertThat(seen)
        .filteredOn(one -> one.kind() == Observation.Kind.DECIDED)
        .extracting(Observation::timeMs)
        .doesNotContainAnyElementsOf(LongStream.range(100, 105).boxed().toList());
  }

  private static Record<byte[], Object> decided(String id, long timeMs, String release) {
    Decision decision =
        Decision.newBuilder()
            .setDecisionId("d" + id)
            .setTransactionId(id)
            .setPayerAccount("a")
            .setEventTimeMs(timeMs)
            .setIngestedAtMs(timeMs)
            .setDecidedAtMs(timeMs)
            .setScore(0.5)
            .setOutcome(Outcome.APPROVE)
            .setRelease(release)
            .setFeatureDigest("f")
            .setRuleSet("")
            .build();
    return new Record<>(new byte[] {1}, decision, timeMs);
  }

  private static Record<byte[], Object> fraud(String id, long timeMs) {
    Label label =
        Label.newBuilder()
            .setTransactionId(id)
            .setEventTimeMs(timeMs)
            .setKnownAtMs(timeMs + 1)
            .setFraud(true)
            .setOrigin("chargeback")
            .build();
    return new Record<>(new byte[] {1}, label, timeMs);
  }

  @Test
  void shouldLetGoOfCellsOfAnotherReleaseThoughItHasAsManyFeatures() {
    MockProcessorContext<String, byte[]> before = task(true, List.of(cells));
    CellsProcessor old = new CellsProcessor(watched("old", "a", "b", "c", "d"), new DriftMeter());
    old.init(before);
    for (int at = 0; at < 9; at++) {
      old.process(vector(at, null)); // the cell of none is the last
    }
    assertThat(before.forwarded()).isEmpty();

    MockProcessorContext<String, byte[]> after = task(false, List.of(cells));
    CellsProcessor next = new CellsProcessor(watched("new", "a"), new DriftMeter());
    next.init(after);
    assertThat(cells.approximateNumEntries()).as("the time that the stream came to").isEqualTo(1);
    next.process(vector(10, "a"));
    next.process(vector(HOUR, "a"));
    assertThat(after.forwarded()).hasSize(1);
  }

  private static StabilityTopology.Watched watched(String release, String... channels) {
    int rows = 2 * HourOfWeek.HOURS * 10;
    long[] times = new long[rows];
    List<String> values = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      times[row] = row * (HOUR / 10);
      values.add(channels[row % channels.length]);
    }
    StabilityTopology.Watched watched =
        StabilityTopology.Watched.of(
            new StabilityTopology.Release(release, "d1", List.of("amount")),
            List.of(FeatureReference.categorical("payment.channel", values, times, 10)),
            Set.of(),
            StabilityTopology.How.of(PageBudget.aQuarter(13, 10), HOUR, 1));
    if (watched == null) {
      throw new IllegalStateException("there is a reference for " + Arrays.toString(channels));
    }
    return watched;
  }

  private static Record<byte[], FeatureVector> vector(long timeMs, String channel) {
    return new Record<>(
        new byte[] {1},
        DriftTopic.vector(DriftTopic.payment("t" + timeMs, timeMs, channel), "d1", List.of(1f)),
        timeMs);
  }
}
