package dev.tidegate.features;

import static dev.tidegate.features.Payments.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Payments whose times are not what a clock that goes on would give: early, far ahead, after a jump
 * of the clock, late. What each becomes is stated in docs/concepts/features.md.
 */
@SuppressWarnings("try") // the harness closes with any exception
class UnusualTimesTest {
  private static final long START_MS = 1_600_000_000_000L;
  private static final long MINUTE_MS = 60_000;
  private static final long DAY_MS = 1_440 * MINUTE_MS;
  private static final int ACCOUNT = 0;
  private static final List<EntityPart> PARTS = EntityPart.of(CATALOGUE);

  private KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment> account;

  @BeforeEach
  void open() throws Exception {
    account =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new EntityOperator(PARTS),
            EntityOperator::keyOf,
            Types.TUPLE(Types.LONG, Types.LONG),
            16,
            1,
            0);
    account.setup(PaymentCodec.INSTANCE);
    account.open();
  }

  @AfterEach
  void close() throws Exception {
    account.close();
  }

  private static Payment payment(String id, long timeMs) {
    return new PaymentReader(CATALOGUE)
        .read(Payments.payment(id, timeMs, "payer", "terminal", 100));
  }

  private void pay(long timeMs) throws Exception {
    account.processElement(payment("at-" + timeMs, timeMs).ask(ACCOUNT, 0), timeMs);
  }

  private void watermark(long timeMs) throws Exception {
    account.processWatermark(new Watermark(timeMs));
  }

  /** What was answered since the last look. */
  private List<Payment> answers() {
    List<Payment> answers = List.copyOf(account.extractOutputValues());
    account.getOutput().clear();
    return answers;
  }

  private static double value(Payment answer, String feature) {
    return answer.values[PARTS.get(ACCOUNT).names().indexOf(feature)];
  }

  private static List<Double> counts(Collection<Payment> answers) {
    return answers.stream().map(answer -> value(answer, "account_count_1h")).toList();
  }

  @Test
  void shouldLetAnEarlyPaymentWaitUntilTimeReachesItAndCountItInNoneBefore() throws Exception {
    pay(START_MS);
    pay(START_MS + 20 * MINUTE_MS);
    pay(START_MS + 10 * MINUTE_MS);
    watermark(START_MS + 10 * MINUTE_MS);
    assertThat(counts(answers())).containsExactly(1.0, 2.0);
    watermark(START_MS + 20 * MINUTE_MS);
    assertThat(answers())
        .singleElement()
        .satisfies(
            early -> {
              assertThat(early.late).isFalse();
              assertThat(value(early, "account_count_1h")).isEqualTo(3);
            });
  }

  /** A time of years ahead holds back itself alone; a checkpoint does not lose it. */
  @Test
  void shouldNotHoldBackOthersForOneFarAhead() throws Exception {
    long farMs = START_MS + 3_650 * DAY_MS;
    pay(START_MS);
    pay(farMs);
    for (int i = 1; i <= 50; i++) {
      pay(START_MS + i * MINUTE_MS);
      watermark(START_MS + i * MINUTE_MS);
    }
    assertThat(answers()).hasSize(51).noneMatch(answer -> answer.late);
    var snapshot = account.snapshot(1, 1);
    account.close();
    account =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new EntityOperator(PARTS),
            EntityOperator::keyOf,
            Types.TUPLE(Types.LONG, Types.LONG),
            16,
            1,
            0);
    account.setup(PaymentCodec.INSTANCE);
    account.initializeState(snapshot);
    account.open();
    watermark(farMs);
    assertThat(answers())
        .singleElement()
        .satisfies(far -> assertThat(value(far, "account_count_1h")).isEqualTo(1));
  }

  @Test
  void shouldBeginWindowsAnewWhenTheClockJumpsAheadAndStillKnowTheEntity() throws Exception {
    pay(START_MS);
    watermark(START_MS);
    long jumpedMs = START_MS + 60 * DAY_MS;
    pay(jumpedMs);
    pay(jumpedMs + MINUTE_MS);
    watermark(jumpedMs + MINUTE_MS);
    List<Payment> answers = answers();
    assertThat(counts(answers)).containsExactly(1.0, 1.0, 2.0);
    assertThat(answers).noneMatch(answer -> answer.late);
    assertThat(value(answers.get(1), "account_count_7d")).isEqualTo(1);
    assertThat(value(answers.get(1), "account_first_seen")).isEqualTo(60 * DAY_MS / 1000.0);
    assertThat(value(answers.get(1), "account_time_since")).isEqualTo(60 * DAY_MS / 1000.0);
  }

  @Test
  void shouldAnswerAtOnceAsLateWhatComesAfterTheClockJumpedBack() throws Exception {
    for (int i = 0; i < 60; i += 10) {
      pay(START_MS + i * MINUTE_MS);
    }
    watermark(START_MS + 50 * MINUTE_MS);
    assertThat(counts(answers())).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);

    pay(START_MS + 15 * MINUTE_MS);
    pay(START_MS + 25 * MINUTE_MS);
    List<Payment> late = answers();
    assertThat(late).hasSize(2).allMatch(answer -> answer.late);
    assertThat(counts(late)).as("what was before them, each other too").containsExactly(3.0, 5.0);

    pay(START_MS + 59 * MINUTE_MS);
    assertThat(answers()).as("time goes on where it was").isEmpty();
    watermark(START_MS + 59 * MINUTE_MS);
    assertThat(counts(answers())).as("all of the hour").containsExactly(9.0);
  }

  /** A payment asks several entities, each of which sees it come late. */
  @Test
  void shouldCountALatePaymentOnceWhereverItWasLate() throws Exception {
    Map<String, List<Counter>> counters = new HashMap<>();
    JoinOperator join = new JoinOperator(PARTS, CATALOGUE.size(), CATALOGUE.sequences().size());
    try (MockEnvironment environment = environment(counters);
        var entities =
            new KeyedOneInputStreamOperatorTestHarness<>(
                new EntityOperator(PARTS),
                EntityOperator::keyOf,
                Types.TUPLE(Types.LONG, Types.LONG),
                environment);
        MockEnvironment behind = environment(counters);
        var joined = new AbstractStreamOperatorTestHarness<>(join, behind)) {
      entities.setup(PaymentCodec.INSTANCE);
      entities.open();
      joined.getStreamConfig().setStateKeySerializer(LongSerializer.INSTANCE);
      joined.getStreamConfig().serializeAllConfigs();
      joined.setup(PaymentCodec.INSTANCE);
      joined.open();
      entities.processWatermark(new Watermark(START_MS));
      for (Payment payment :
          List.of(
              payment("late", START_MS - MINUTE_MS),
              payment("late too", START_MS),
              payment("in order", START_MS + 1))) {
        for (int entity = 0; entity < PARTS.size(); entity++) {
          long salt = PaymentReader.salt(PARTS.get(entity).noun());
          entities.processElement(payment.ask(entity, salt), payment.timeMs);
        }
        join.processElement1(new StreamRecord<>(payment, payment.timeMs));
      }
      entities.processWatermark(new Watermark(START_MS + 1));
      for (Payment answer : entities.extractOutputValues()) {
        join.processElement2(new StreamRecord<>(answer, answer.timeMs));
      }
      assertThat(joined.extractOutputValues())
          .extracting(whole -> whole.late)
          .containsExactly(true, true, false);
      assertThat(sum(counters)).isEqualTo(2);
    }
  }

  private static long sum(Map<String, List<Counter>> counters) {
    return counters.get(FeaturesMetric.LATE.metric()).stream().mapToLong(Counter::getCount).sum();
  }

  private static MockEnvironment environment(Map<String, List<Counter>> counters) {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer(
                (metric, name, group) -> {
                  if (metric instanceof Counter counter) {
                    counters.computeIfAbsent(name, first -> new ArrayList<>()).add(counter);
                  }
                })
            .build();
    TaskManagerMetricGroup manager =
        TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "localhost", ResourceID.generate());
    return new MockEnvironmentBuilder()
        .setMaxParallelism(16)
        .setMetricGroup(
            manager.addJob(new JobID(), "job").addTask(ExecutionAttemptID.randomId(), "task"))
        .build();
  }
}
