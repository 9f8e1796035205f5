package dev.tidegate.features;

import static dev.tidegate.features.Payments.CATALOGUE;
import static dev.tidegate.features.StateFixture.KEY_GROUPS;
import static dev.tidegate.features.StateFixture.SUBTASKS;
import static dev.tidegate.features.StateFixture.isOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Rates;
import dev.tidegate.schemas.event.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What an earlier build left half answered is completed by a catalogue with one feature more, at
 * another parallelism.
 */
@SuppressWarnings("try") // the harness closes with any exception
class JoinFixtureTest {
  private static final StateFixture FIXTURE = StateFixture.of("join-version-1.bin");
  private static final int ACCOUNT = 0;
  private static final int KNOWN = 40;
  private static final long HOUR_MS = 3_600_000;

  /** With one feature more of the account, in the middle. */
  private static final Catalogue WIDER =
      Catalogue.parse(
          CATALOGUE
              .canonical()
              .replaceFirst(
                  "(?m)^(.*is_new.*)$",
                  "$1\n  - {entity: account, aggregate: min, windows: [30d]}"),
          "wider",
          Rates.none());

  @BeforeAll
  static void write() throws Exception {
    FIXTURE.writeOnce(JoinFixtureTest::halfAnswered);
  }

  private static Transaction transaction(int number) {
    return Payments.payment("tx-" + number, HOUR_MS, "payer", "terminal", 300);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<Long, Payment, Payment, Payment> join(
      Catalogue catalogue, int parallelism, int subtask) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new JoinOperator(
                EntityPart.of(catalogue), catalogue.size(), catalogue.sequences().size()),
            JoinOperator::keyOf,
            JoinOperator::keyOf,
            Types.LONG,
            KEY_GROUPS,
            parallelism,
            subtask);
    harness.setup(PaymentCodec.INSTANCE);
    return harness;
  }

  /** An answer that any catalogue gives: a number made of the feature's name. */
  private static Payment answer(Catalogue catalogue, Payment payment, int entity) {
    Payment answer = payment.ask(entity, 0);
    List<String> names = EntityPart.of(catalogue).get(entity).names();
    answer.values = names.stream().mapToDouble(String::hashCode).toArray();
    answer.sequences = new byte[][] {SequenceBytes.of(new float[] {entity})};
    return answer;
  }

  /** Of each payment itself or its account's answer; those of even numbers are the payments. */
  private static OperatorSubtaskState halfAnswered() throws Exception {
    try (var harness = join(CATALOGUE, 1, 0)) {
      harness.open();
      for (int i = 0; i < KNOWN; i++) {
        Payment payment = new PaymentReader(CATALOGUE).read(transaction(i));
        if (i % 2 == 0) {
          harness.processElement1(new StreamRecord<>(payment, HOUR_MS));
        } else {
          harness.processElement2(new StreamRecord<>(answer(CATALOGUE, payment, ACCOUNT), HOUR_MS));
        }
      }
      return harness.snapshot(1, 1);
    }
  }

  @Test
  void shouldCompleteWhatWasHalfAnswered() throws Exception {
    Map<Long, Integer> numbers = new TreeMap<>();
    List<Payment> complete = new ArrayList<>();
    for (int subtask = 0; subtask < SUBTASKS; subtask++) {
      try (var harness = join(WIDER, SUBTASKS, subtask)) {
        harness.initializeState(FIXTURE.part(subtask));
        harness.open();
        for (int i = 0; i < KNOWN; i++) {
          Payment payment = new PaymentReader(WIDER).read(transaction(i));
          numbers.put(payment.idLow, i);
          if (isOf(JoinOperator.keyOf(payment), subtask)) {
            if (i % 2 == 0) {
              harness.processElement2(new StreamRecord<>(answer(WIDER, payment, ACCOUNT), HOUR_MS));
            } else {
              harness.processElement1(new StreamRecord<>(payment, HOUR_MS));
            }
            harness.processElement2(new StreamRecord<>(answer(WIDER, payment, 1), HOUR_MS));
          }
        }
        complete.addAll(harness.extractOutputValues());
      }
    }
    assertThat(complete).hasSize(KNOWN);
    int added = WIDER.place("account_min_30d");
    for (Payment payment : complete) {
      boolean answeredBefore = numbers.getOrDefault(payment.idLow, -1) % 2 == 1;
      for (EntityPart part : EntityPart.of(WIDER)) {
        for (int place : part.places()) {
          boolean unknown = place == added && answeredBefore;
          assertThat(payment.values[place])
              .isEqualTo(
                  Double.valueOf(unknown ? Double.NaN : WIDER.names().get(place).hashCode()));
        }
        assertThat(SequenceBytes.read(payment.sequences[part.sequence()])).hasSize(1);
      }
    }
  }
}
