package dev.tidegate.features;

import static dev.tidegate.features.Payments.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // the harness closes with any exception
class JoiningTest {
  private static final List<EntityPart> PARTS = EntityPart.of(CATALOGUE);
  private static final int KEY_GROUPS = 16;

  private static Payment payment(String id, String payer, long amount) {
    return new PaymentReader(CATALOGUE)
        .read(Payments.payment(id, 1_600_000_000_000L, payer, "t", amount));
  }

  /** The answers to a payment: the entity's place times 100 and the measure's place. */
  private static List<Payment> answers(Payment payment) {
    List<Payment> answers = new ArrayList<>();
    for (int entity = 0; entity < PARTS.size(); entity++) {
      if (payment.names(entity)) {
        Payment answer = payment.ask(entity, 0);
        answer.values = new double[PARTS.get(entity).places().size()];
        int of = entity;
        Arrays.setAll(answer.values, i -> 100.0 * of + i);
        answers.add(answer);
      }
    }
    return answers;
  }

  private static Joining joining() {
    return new Joining(PARTS, CATALOGUE.size(), CATALOGUE.sequences().size());
  }

  private static void assertWhole(Payment payment) {
    for (int entity = 0; entity < PARTS.size(); entity++) {
      List<Integer> places = PARTS.get(entity).places();
      for (int i = 0; i < places.size(); i++) {
        double expected = payment.names(entity) ? 100.0 * entity + i : Double.NaN;
        assertThat(payment.values[places.get(i)]).isEqualTo(expected);
      }
    }
  }

  /**
   * Whatever the order, and though some come twice: each payment once, whole, when it is complete.
   */
  @Property(tries = 200)
  void shouldCompleteEachPaymentOnceInAnyOrder(@ForAll long seed) {
    Random random = new Random(seed);
    List<Payment> all = new ArrayList<>();
    int payments = 0;
    for (int i = 0; i < 6; i++) {
      int times = 1 + random.nextInt(3);
      for (int repeat = 0; repeat < times; repeat++) {
        // One id may come with another amount or payer: that is another question.
        Payment payment = payment("tx-" + i, "p" + random.nextInt(2), random.nextInt(2));
        all.add(payment);
        all.addAll(answers(payment));
        payments++;
      }
    }
    Collections.shuffle(all, random);
    Joining joining = joining();
    List<Payment> complete = new ArrayList<>();
    for (Payment one : all) {
      Payment whole = joining.take(one);
      if (whole != null) {
        complete.add(whole);
      }
    }
    assertThat(complete).hasSize(payments).allMatch(one -> one.entity == Payment.WHOLE);
    complete.forEach(JoiningTest::assertWhole);
    assertThat(joining.size()).isZero();
  }

  @Test
  void shouldNotWaitForEntitiesThatAreNotNamed() {
    Payment nameless = payment("a", "p", 100);
    nameless.keys = new long[nameless.keys.length];
    assertThat(joining().take(nameless)).isSameAs(nameless);
    assertThat(nameless.values).containsOnly(Double.NaN);
  }

  @Test
  void shouldTellWhenSomeEntityWasLateOrTiled() {
    Payment payment = payment("a", "p", 100);
    List<Payment> answers = answers(payment);
    answers.get(0).late = true;
    answers.get(1).tiled = true;
    Joining joining = joining();
    assertThat(joining.take(payment)).isNull();
    assertThat(joining.take(answers.get(0))).isNull();
    Payment whole = joining.take(answers.get(1));
    assertThat(whole).isSameAs(payment);
    assertThat(whole.late).isTrue();
    assertThat(whole.tiled).isTrue();
  }

  /** What is half answered at a checkpoint is answered after it, on other subtasks. */
  @Test
  void shouldGoOnAfterASnapshotOnTwoSubtasks() throws Exception {
    List<Payment> halves = new ArrayList<>();
    List<Payment> others = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Payment payment = payment("tx-" + i, "p", i);
      List<Payment> answers = answers(payment);
      halves.add(i % 2 == 0 ? payment : answers.get(0));
      others.add(i % 2 == 0 ? answers.get(0) : payment);
      others.add(answers.get(1));
    }
    OperatorSubtaskState snapshot;
    try (var harness = harness(1, 0)) {
      harness.open();
      for (Payment payment : halves) {
        feed(harness, payment);
      }
      assertThat(harness.extractOutputValues()).isEmpty();
      snapshot = harness.snapshot(1, 1);
    }
    List<Payment> complete = new ArrayList<>();
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var harness = harness(2, subtask)) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                snapshot, KEY_GROUPS, 1, 2, subtask));
        harness.open();
        for (Payment payment : others) {
          if (belongsTo(payment, subtask)) {
            feed(harness, payment);
          }
        }
        complete.addAll(harness.extractOutputValues());
      }
    }
    assertThat(complete).hasSize(40);
    complete.forEach(JoiningTest::assertWhole);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<Long, Payment, Payment, Payment> harness(
      int parallelism, int subtask) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new JoinOperator(PARTS, CATALOGUE.size(), CATALOGUE.sequences().size()),
            JoinOperator::keyOf,
            JoinOperator::keyOf,
            Types.LONG,
            KEY_GROUPS,
            parallelism,
            subtask);
    harness.setup(PaymentCodec.INSTANCE);
    return harness;
  }

  private static void feed(
      KeyedTwoInputStreamOperatorTestHarness<Long, Payment, Payment, Payment> harness,
      Payment payment)
      throws Exception {
    if (payment.entity == Payment.WHOLE) {
      harness.processElement1(new StreamRecord<>(copy(payment), payment.timeMs));
    } else {
      harness.processElement2(new StreamRecord<>(copy(payment), payment.timeMs));
    }
  }

  private static Payment copy(Payment payment) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    PaymentCodec.INSTANCE.serialize(payment, out);
    return PaymentCodec.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }

  private static boolean belongsTo(Payment payment, int subtask) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
            JoinOperator.keyOf(payment), KEY_GROUPS, 2)
        == subtask;
  }
}
