package dev.tidegate.graphaml.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.flink.EventSerializer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * State of the join that an earlier build wrote is read by this one: vectors and signals that wait,
 * and payments that are gone. The file is written once for each version of the state by {@code
 * -Dtidegate.fixture.write=true} and never changed; that of version 1 is by a build whose signals
 * had no field {@code cut}.
 */
@SuppressWarnings("try") // the harness closes with any exception
class VectorJoinFixtureTest {
  private static final Path VERSION_1 =
      Path.of("src/test/resources/state/vector-join-version-1.bin");
  private static final int WAITING = 20;
  private static final long FIRST_MS = 1_000_000;
  private static final long STEP_MS = 50;

  @BeforeAll
  static void write() throws Exception {
    if (Boolean.getBoolean("tidegate.fixture.write") && !Files.exists(VERSION_1)) {
      try (var harness = harness()) {
        harness.open();
        before(harness);
        OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), VERSION_1.toString());
      }
    }
  }

  @Test
  void shouldReadStateOfVersion1() throws Exception {
    List<FeatureVector> unbroken;
    try (var harness = harness()) {
      harness.open();
      before(harness);
      harness.getOutput().clear();
      unbroken = after(harness);
    }
    List<FeatureVector> restored;
    try (var harness = harness()) {
      harness.initializeState(OperatorSnapshotUtil.readStateHandle(VERSION_1.toString()));
      harness.open();
      restored = after(harness);
    }
    assertThat(restored).isEqualTo(unbroken).hasSize(2 * WAITING + 1);
    assertThat(restored).filteredOn(VectorJoinFixtureTest::whole).hasSize(2 * WAITING);
  }

  /** Signals that wait, vectors that wait, payments that are gone and one of before the signals. */
  private static void before(
      KeyedTwoInputStreamOperatorTestHarness<String, FeatureVector, GraphSignal, FeatureVector>
          harness)
      throws Exception {
    for (int i = 0; i < WAITING; i++) {
      long timeMs = FIRST_MS + i * STEP_MS;
      harness.processElement2(Payments.signal("signal-" + i, timeMs), 0);
      harness.processElement1(Payments.vector("vector-" + i, timeMs), 0);
      harness.processElement1(Payments.vector("gone-" + i, timeMs), 0);
      harness.processElement2(Payments.signal("gone-" + i, timeMs), 0);
    }
    harness.processElement1(Payments.vector("alone", FIRST_MS), 0);
    harness.processBothWatermarks(new Watermark(FIRST_MS + 1));
  }

  /** The other halves, those of gone payments again, history, and the end of the wait. */
  private static List<FeatureVector> after(
      KeyedTwoInputStreamOperatorTestHarness<String, FeatureVector, GraphSignal, FeatureVector>
          harness)
      throws Exception {
    harness.processBothWatermarks(new Watermark(FIRST_MS + 1));
    for (int i = 0; i < WAITING; i++) {
      long timeMs = FIRST_MS + i * STEP_MS;
      harness.processElement1(Payments.vector("signal-" + i, timeMs), 0);
      harness.processElement2(Payments.signal("vector-" + i, timeMs), 0);
      harness.processElement1(Payments.vector("gone-" + i, timeMs), 0);
      harness.processElement2(Payments.signal("gone-" + i, timeMs), 0);
    }
    harness.processElement1(Payments.vector("history", 1), 0);
    harness.processBothWatermarks(new Watermark(FIRST_MS + Payments.BOUNDS.waitMs()));
    return harness.extractOutputValues();
  }

  private static boolean whole(FeatureVector vector) {
    List<Float> values = vector.getValues();
    return values.get(values.size() - 1) == 0;
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, FeatureVector, GraphSignal, FeatureVector>
      harness() throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<
            String, FeatureVector, GraphSignal, FeatureVector>(
            new JoinOperator(
                new VectorJoinOperator(Payments.SIGNAL_COUNT, Payments.SIGNALS, Payments.BOUNDS)),
            vector -> vector.getTransaction().getTransactionId(),
            GraphSignal::getTransactionId,
            Types.STRING);
    harness.setStateBackend(new HashMapStateBackend());
    harness.setup(new EventSerializer<>(FeatureVector.class));
    return harness;
  }
}
