package dev.tidegate.graphaml.lane;

import static dev.tidegate.graphaml.lane.Payments.BOUNDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.flink.EventSerializer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operator on random courses of halves that come in any order, come twice or not at all, across
 * a checkpoint, against an oracle that looks at each payment's whole course from outside.
 */
@SuppressWarnings("try") // the harness closes with any exception
class VectorJoinOperatorTest {
  private static final int COURSES = 60;
  private static final int PAYMENTS = 40;
  private static final long SPAN_MS = 20_000;

  /** One thing that happens: a half of a payment, or the watermark moves. */
  private record Step(int payment, boolean isVector, long watermarkMs) {
    boolean moves() {
      return payment < 0;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldSendEachVectorOnceWithItsSignalsIfTheyCameInTime(boolean restored) throws Exception {
    int alone = 0;
    for (int seed = 0; seed < COURSES; seed++) {
      List<Step> steps = steps(new Random(seed));
      Map<String, List<FeatureVector>> sent = new HashMap<>();
      for (FeatureVector vector : run(steps, restored ? steps.size() / 2 : -1)) {
        sent.computeIfAbsent(vector.getTransaction().getTransactionId(), id -> new ArrayList<>())
            .add(vector);
      }
      Map<String, Boolean> expected = oracle(steps);
      assertThat(sent.keySet()).as("seed %s", seed).isEqualTo(expected.keySet());
      for (Map.Entry<String, Boolean> one : expected.entrySet()) {
        List<FeatureVector> vectors = sent.get(one.getKey());
        assertThat(vectors).as("seed %s, %s", seed, one.getKey()).hasSize(1);
        assertThat(whole(vectors.get(0))).as("seed %s, %s", seed, one).isEqualTo(one.getValue());
        alone += one.getValue() ? 0 : 1;
      }
    }
    assertThat(alone).as("vectors that went on alone").isGreaterThan(COURSES);
  }

  @Test
  void shouldForgetWhatIsOld() throws Exception {
    try (var harness = harness(null, false)) {
      harness.processElement1(Payments.vector("met", 1_000), 1_000);
      harness.processElement2(Payments.signal("met", 1_000), 1_000);
      harness.processElement2(Payments.signal("signals-alone", 1_000), 1_000);
      harness.processElement1(Payments.vector("vector-alone", 1_000), 1_000);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(3);

      harness.processBothWatermarks(new Watermark(1_000 + BOUNDS.keptMs() - 1));
      assertThat(harness.numKeyedStateEntries()).isEqualTo(3);
      harness.processBothWatermarks(new Watermark(1_000 + BOUNDS.keptMs()));

      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.extractOutputValues()).hasSize(2);
    }
  }

  /** Timers of before the change stand at the old bounds. */
  @Test
  void shouldSendAndForgetUnderWiderBoundsThanTheStateCameUnder() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness(null, true)) {
      harness.processElement1(Payments.vector("vector-alone", 1_000), 1_000);
      harness.processElement2(Payments.signal("signals-alone", 1_000), 1_000);
      snapshot = harness.snapshot(1, 1);
    }
    JoinBounds wider = new JoinBounds(3 * BOUNDS.waitMs(), 2 * BOUNDS.keptMs());
    try (var harness = harness(snapshot, true, wider)) {
      harness.processBothWatermarks(new Watermark(1_000 + wider.waitMs() - 1));
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processBothWatermarks(new Watermark(1_000 + wider.waitMs()));
      assertThat(harness.extractOutputValues()).hasSize(1);

      harness.processBothWatermarks(new Watermark(1_000 + wider.keptMs() - 1));
      assertThat(harness.numEventTimeTimers()).isEqualTo(2);
      harness.processBothWatermarks(new Watermark(1_000 + wider.keptMs()));
      assertThat(harness.numEventTimeTimers()).isZero();
      assertThat(harness.extractOutputValues()).hasSize(1);
    }
  }

  /** The lane is switched on at a platform that runs: [features] hold days, signals begin now. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldDropWhatTheFeaturesHoldFromBeforeTheSignals(boolean restored) throws Exception {
    OperatorSubtaskState snapshot;
    List<String> sent = new ArrayList<>();
    try (var harness = harness(null, true)) {
      harness.processElement1(Payments.vector("days-ago", 1_000), 0);
      harness.processElement2(Payments.signal("first", 500_000), 0);
      harness.processBothWatermarks(new Watermark(500_000));
      harness.processElement1(Payments.vector("hours-ago", 2_000), 0);
      if (!restored) {
        rest(harness);
      }
      snapshot = harness.snapshot(1, 1);
      harness.extractOutputValues().forEach(vector -> sent.add(id(vector)));
    }
    if (restored) {
      try (var harness = harness(snapshot, true)) {
        harness.processBothWatermarks(new Watermark(500_000));
        rest(harness);
        harness.extractOutputValues().forEach(vector -> sent.add(id(vector)));
      }
    }
    assertThat(sent).containsExactly("first", "its-signals-never-came");
  }

  /** A task whose own first signals come later than others', as when it has few accounts. */
  @Test
  void shouldSendALivePaymentThatIsLateBeforeTheTasksFirstSignals() throws Exception {
    try (var harness = harness(null, true)) {
      harness.processBothWatermarks(new Watermark(500_000));
      harness.processElement1(Payments.vector("history", 499_999), 0);
      harness.processElement1(Payments.vector("late", 500_002), 0);
      harness.processElement2(Payments.signal("first-of-the-task", 502_000), 0);
      harness.processBothWatermarks(new Watermark(500_002 + BOUNDS.waitMs()));
      harness.processElement1(Payments.vector("later", 500_003), 0);
      harness.processBothWatermarks(new Watermark(500_003 + BOUNDS.waitMs()));
      assertThat(harness.extractOutputValues().stream().map(VectorJoinOperatorTest::id))
          .containsExactly("late", "later");
    }
  }

  private static void rest(
      KeyedTwoInputStreamOperatorTestHarness<String, FeatureVector, GraphSignal, FeatureVector>
          harness)
      throws Exception {
    harness.processElement1(Payments.vector("a-moment-ago", 499_999), 0);
    harness.processElement1(Payments.vector("first", 500_000), 0);
    harness.processElement1(Payments.vector("its-signals-never-came", 500_001), 0);
    harness.processBothWatermarks(new Watermark(500_001 + BOUNDS.waitMs()));
  }

  private static String id(FeatureVector vector) {
    return vector.getTransaction().getTransactionId();
  }

  private static boolean whole(FeatureVector vector) {
    List<Float> values = vector.getValues();
    return values.get(values.size() - 1) == 0f;
  }

  /**
   * By id, whether its vector had to go on whole; none for a payment without a vector, or with one
   * of before the first signals and the first watermark.
   */
  private static Map<String, Boolean> oracle(List<Step> steps) {
    Map<String, Boolean> whole = new LinkedHashMap<>();
    for (int payment = 0; payment < PAYMENTS; payment++) {
      int vectorAt = first(steps, payment, true);
      int signalAt = first(steps, payment, false);
      if (vectorAt >= 0) {
        long dueMs = timeMs(payment) + BOUNDS.waitMs();
        int dueAt = 0;
        while (dueAt < steps.size() && !(steps.get(dueAt).watermarkMs >= dueMs)) {
          dueAt++;
        }
        int sentAt = Math.max(vectorAt, dueAt);
        boolean met = signalAt >= 0 && signalAt < sentAt;
        if (met || timeMs(payment) >= sinceMs(steps, sentAt)) {
          whole.put(id(payment), met);
        }
      }
    }
    return whole;
  }

  /**
   * Least time of the signals that had come by a step, or of the first watermark if that came
   * before them.
   */
  private static long sinceMs(List<Step> steps, int before) {
    long sinceMs = Long.MAX_VALUE;
    for (Step step : steps.subList(0, Math.min(before + 1, steps.size()))) {
      if (step.moves()) {
        sinceMs = sinceMs == Long.MAX_VALUE ? step.watermarkMs : sinceMs;
      } else if (!step.isVector) {
        sinceMs = Math.min(sinceMs, timeMs(step.payment));
      }
    }
    return sinceMs;
  }

  private static int first(List<Step> steps, int payment, boolean isVector) {
    for (int at = 0; at < steps.size(); at++) {
      Step step = steps.get(at);
      if (step.payment == payment && step.isVector == isVector) {
        return at;
      }
    }
    return -1;
  }

  private static List<Step> steps(Random random) {
    List<Step> halves = new ArrayList<>();
    for (int payment = 0; payment < PAYMENTS; payment++) {
      for (boolean isVector : new boolean[] {true, false}) {
        int times = random.nextInt(5) == 0 ? random.nextInt(3) : 1;
        halves.addAll(Collections.nCopies(times, new Step(payment, isVector, Long.MIN_VALUE)));
      }
    }
    Collections.shuffle(halves, random);
    List<Step> steps = new ArrayList<>();
    long watermarkMs = 0;
    for (Step half : halves) {
      if (random.nextInt(3) == 0) {
        watermarkMs += random.nextInt((int) (4 * SPAN_MS / PAYMENTS));
        steps.add(new Step(-1, false, watermarkMs));
      }
      steps.add(half);
    }
    steps.add(new Step(-1, false, 2 * SPAN_MS));
    return steps;
  }

  private static String id(int payment) {
    return "tx-" + payment;
  }

  private static long timeMs(int payment) {
    return payment * SPAN_MS / PAYMENTS;
  }

  /** What is sent; at a step the operator is closed and restored. */
  private static List<FeatureVector> run(List<Step> steps, int restoredAt) throws Exception {
    List<FeatureVector> sent = new ArrayList<>();
    if (restoredAt < 0) {
      try (var harness = harness(null, false)) {
        feed(harness, steps);
        return harness.extractOutputValues();
      }
    }
    OperatorSubtaskState snapshot;
    long watermarkMs =
        steps.subList(0, restoredAt).stream().mapToLong(Step::watermarkMs).max().orElseThrow();
    try (var harness = harness(null, true)) {
      feed(harness, steps.subList(0, restoredAt));
      snapshot = harness.snapshot(1, 1);
      sent.addAll(harness.extractOutputValues());
    }
    try (var harness = harness(snapshot, true)) {
      if (watermarkMs > Long.MIN_VALUE) {
        harness.processBothWatermarks(new Watermark(watermarkMs));
      }
      feed(harness, steps.subList(restoredAt, steps.size()));
      sent.addAll(harness.extractOutputValues());
    }
    return sent;
  }

  private static void feed(
      KeyedTwoInputStreamOperatorTestHarness<String, FeatureVector, GraphSignal, FeatureVector>
          harness,
      List<Step> steps)
      throws Exception {
    for (Step step : steps) {
      if (step.moves()) {
        harness.processBothWatermarks(new Watermark(step.watermarkMs));
      } else if (step.isVector) {
        harness.processElement1(Payments.vector(id(step.payment), timeMs(step.payment)), 0);
      } else {
        harness.processElement2(Payments.signal(id(step.payment), timeMs(step.payment)), 0);
      }
    }
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, FeatureVector, GraphSignal, FeatureVector>
      harness(@Nullable OperatorSubtaskState restored, boolean rocksDb) throws Exception {
    return harness(restored, rocksDb, BOUNDS);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, FeatureVector, GraphSignal, FeatureVector>
      harness(@Nullable OperatorSubtaskState restored, boolean rocksDb, JoinBounds bounds)
          throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<
            String, FeatureVector, GraphSignal, FeatureVector>(
            new JoinOperator(
                new VectorJoinOperator(Payments.SIGNAL_COUNT, Payments.SIGNALS, bounds)),
            vector -> vector.getTransaction().getTransactionId(),
            GraphSignal::getTransactionId,
            Types.STRING);
    harness.setStateBackend(
        rocksDb ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend());
    harness.setup(new EventSerializer<>(FeatureVector.class));
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.open();
    return harness;
  }
}
