package dev.tidegate.features;

import static dev.tidegate.features.Payments.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Rates;
import dev.tidegate.schemas.event.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Entities' histories that earlier builds wrote are read by this one, at another parallelism.
 * Version 2 holds 700 payments of one account, so ring, tiles and samples, and payments that still
 * wait. Version 3 holds a history that a wider catalogue took over, of which events are missing.
 */
@SuppressWarnings("try") // the harness closes with any exception
class StateFixtureTest {
  private static final StateFixture VERSION_2 = StateFixture.of("entities-version-2.bin");
  private static final StateFixture VERSION_3 = StateFixture.of("version-3/entities.bin");
  private static final int ACCOUNT = 0;
  private static final int BEFORE = 700;
  private static final int WAITING = 20;
  private static final int AFTER = 100;
  private static final List<Transaction> PAYMENTS = Payments.stream(BEFORE + AFTER, 99, 1);

  private static final List<Transaction> AFTERWARDS = PAYMENTS.subList(BEFORE, BEFORE + AFTER);

  /** The catalogue without its sequences: what version 2 was written under. */
  private static final Catalogue BARE =
      Catalogue.parse(
          CATALOGUE.canonical().replaceFirst("(?s)sequences:.*", ""), "bare", Rates.none());

  private static final int HALF = 240;
  private static final int TAKEN_OVER = 12;

  /** Of one account, every six hours for 120 days. */
  private static final List<Transaction> SLOW =
      IntStream.range(0, 2 * HALF)
          .mapToObj(i -> Payments.payment("tx-" + i, i * 21_600_000L, "p", "t", 100 + i))
          .toList();

  private static final Catalogue DAY = counts("1d");
  private static final Catalogue MONTH = counts("1d, 30d");

  private static Catalogue counts(String windows) {
    return Catalogue.parse(
        "features: [{entity: account, aggregate: count, windows: [" + windows + "]}]",
        "counts",
        Rates.none());
  }

  /** Reads what the fixtures' one task wrote with two. */
  private static KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment>
      harness(Catalogue catalogue, int parallelism, int subtask) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new EntityOperator(EntityPart.of(catalogue)),
            EntityOperator::keyOf,
            Types.TUPLE(Types.LONG, Types.LONG),
            StateFixture.KEY_GROUPS,
            parallelism,
            subtask);
    harness.setStateBackend(new HashMapStateBackend());
    harness.setup(PaymentCodec.INSTANCE);
    return harness;
  }

  private static void feed(
      Catalogue catalogue,
      KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment> harness,
      List<Transaction> payments)
      throws Exception {
    for (Transaction payment : payments) {
      harness.processElement(ofAccount(catalogue, payment), payment.getEventTimeMs());
    }
  }

  private static Payment ofAccount(Catalogue catalogue, Transaction payment) {
    return new PaymentReader(catalogue).read(payment).ask(ACCOUNT, 0);
  }

  @BeforeAll
  static void write() throws Exception {
    VERSION_3.writeOnce(StateFixtureTest::takenOver);
  }

  /** Sixty days under a window of a day, then three days under one of thirty. */
  private static OperatorSubtaskState takenOver() throws Exception {
    OperatorSubtaskState narrow;
    try (var harness = harness(DAY, 1, 0)) {
      harness.open();
      feed(DAY, harness, SLOW.subList(0, HALF));
      harness.processWatermark(new Watermark(SLOW.get(HALF - 1).getEventTimeMs()));
      narrow = harness.snapshot(1, 1);
    }
    try (var harness = harness(MONTH, 1, 0)) {
      harness.initializeState(narrow);
      harness.open();
      feed(MONTH, harness, SLOW.subList(HALF, HALF + TAKEN_OVER));
      harness.processWatermark(new Watermark(SLOW.get(HALF + TAKEN_OVER - 1).getEventTimeMs()));
      return harness
          .snapshotWithLocalState(2, 2, SavepointType.savepoint(SavepointFormatType.CANONICAL))
          .getJobManagerOwnedState();
    }
  }

  /** With one feature more, which is missing as long. */
  @Test
  void shouldReadStateOfVersion3() throws Exception {
    Catalogue wider =
        Catalogue.parse(
            MONTH.canonical() + "  - {entity: account, aggregate: max, windows: [30d]}",
            "wider",
            Rates.none());
    List<Transaction> rest = SLOW.subList(HALF + TAKEN_OVER, SLOW.size());
    List<Payment> answers = restored(VERSION_3, wider, rest);
    assertThat(answers).hasSize(rest.size());
    int whole = HALF - 1 + 4 * (30 - 2) - (HALF + TAKEN_OVER); // two days were kept
    for (int i = 0; i < answers.size(); i++) {
      boolean isWhole = i >= whole;
      double largest = rest.get(i).getAmountMinor();
      assertThat(answers.get(i).values)
          .as("payment %d", i)
          .containsExactly(4, isWhole ? 120 : Double.NaN, isWhole ? largest : Double.NaN);
      assertThat(answers.get(i).tiled).isEqualTo(!isWhole);
    }
    assertThat(whole).isBetween(50, answers.size() - 50);
  }

  @Test
  void shouldReadStateOfVersion2() throws Exception {
    List<Payment> restored = restored(VERSION_2, BARE, AFTERWARDS);
    assertThat(restored).hasSizeBetween(AFTER + 1, AFTER + WAITING);
    List<Payment> expected = unbroken(BARE, restored.size());
    for (int i = 0; i < restored.size(); i++) {
      assertThat(restored.get(i).values).isEqualTo(expected.get(i).values);
    }
    assertThat(restored).anyMatch(payment -> payment.tiled);
  }

  /** Histories hold the events of before; payments that waited had no room for a sequence yet. */
  @Test
  void shouldHaveWholeSequencesAtOnceAfterStateOfVersion2() throws Exception {
    List<Payment> restored = restored(VERSION_2, CATALOGUE, AFTERWARDS);
    List<Payment> expected = unbroken(CATALOGUE, restored.size());
    for (int i = 0; i < restored.size(); i++) {
      assertThat(restored.get(i).values).isEqualTo(expected.get(i).values);
      assertThat(restored.get(i).sequences[0]).hasSize(32 * 4 * Float.BYTES);
      assertThat(restored.get(i).sequences[0]).isEqualTo(expected.get(i).sequences[0]);
    }
  }

  private static List<Payment> restored(
      StateFixture fixture, Catalogue catalogue, List<Transaction> payments) throws Exception {
    List<Payment> answers = new ArrayList<>();
    for (int subtask = 0; subtask < StateFixture.SUBTASKS; subtask++) {
      try (var harness = harness(catalogue, StateFixture.SUBTASKS, subtask)) {
        harness.initializeState(fixture.part(subtask));
        harness.open();
        for (Transaction transaction : payments) {
          Payment payment = ofAccount(catalogue, transaction);
          if (StateFixture.isOf(EntityOperator.keyOf(payment), subtask)) {
            harness.processElement(payment, payment.timeMs);
          }
        }
        harness.processWatermark(Watermark.MAX_WATERMARK);
        answers.addAll(harness.extractOutputValues());
      }
    }
    return answers;
  }

  /** The newest payments of a run that was never broken. */
  private static List<Payment> unbroken(Catalogue catalogue, int newest) throws Exception {
    try (var harness = harness(catalogue, 1, 0)) {
      harness.open();
      feed(catalogue, harness, PAYMENTS);
      harness.processWatermark(Watermark.MAX_WATERMARK);
      List<Payment> whole = harness.extractOutputValues();
      return List.copyOf(whole.subList(whole.size() - newest, whole.size()));
    }
  }
}
