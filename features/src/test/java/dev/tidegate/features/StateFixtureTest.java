package dev.tidegate.features;

import static dev.tidegate.features.Payments.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Rates;
import dev.tidegate.schemas.event.Transaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * State that an earlier build wrote is read by this one. The fixture holds 700 payments of one
 * account, so ring, tiles and samples, and payments that still wait; it is written once for each
 * version of the state by {@code -Dtidegate.fixture.write=true} and never changed.
 */
@SuppressWarnings("try") // the harness closes with any exception
class StateFixtureTest {
  private static final Path VERSION_2 = Path.of("src/test/resources/state/entities-version-2.bin");
  private static final int ACCOUNT = 0;
  private static final int BEFORE = 700;
  private static final int WAITING = 20;
  private static final int AFTER = 100;
  private static final List<Transaction> PAYMENTS = Payments.stream(BEFORE + AFTER, 99, 1);

  /** The catalogue without its sequences: what version 2 was written under. */
  private static final Catalogue BARE =
      Catalogue.parse(
          CATALOGUE.canonical().replaceFirst("(?s)sequences:.*", ""), "bare", Rates.none());

  private static KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment>
      harness(Catalogue catalogue) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new EntityOperator(EntityPart.of(catalogue)),
            EntityOperator::keyOf,
            Types.TUPLE(Types.LONG, Types.LONG),
            16,
            1,
            0);
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
      harness.processElement(
          new PaymentReader(catalogue).read(payment).ask(ACCOUNT, 0), payment.getEventTimeMs());
    }
  }

  @BeforeAll
  static void write() throws Exception {
    if (!Boolean.getBoolean("tidegate.fixture.write")) {
      return;
    }
    try (var harness = harness(BARE)) {
      harness.open();
      feed(BARE, harness, PAYMENTS.subList(0, BEFORE));
      harness.processWatermark(new Watermark(PAYMENTS.get(BEFORE - WAITING).getEventTimeMs()));
      Files.createDirectories(VERSION_2.getParent());
      OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), VERSION_2.toString());
    }
  }

  @Test
  void shouldReadStateOfVersion2() throws Exception {
    List<Payment> restored = restored(BARE);
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
    List<Payment> restored = restored(CATALOGUE);
    List<Payment> expected = unbroken(CATALOGUE, restored.size());
    for (int i = 0; i < restored.size(); i++) {
      assertThat(restored.get(i).values).isEqualTo(expected.get(i).values);
      assertThat(restored.get(i).sequences[0]).hasSize(32 * 4 * Float.BYTES);
      assertThat(restored.get(i).sequences[0]).isEqualTo(expected.get(i).sequences[0]);
    }
  }

  private static List<Payment> restored(Catalogue catalogue) throws Exception {
    OperatorSubtaskState state = OperatorSnapshotUtil.readStateHandle(VERSION_2.toString());
    try (var harness = harness(catalogue)) {
      harness.initializeState(state);
      harness.open();
      feed(catalogue, harness, PAYMENTS.subList(BEFORE, BEFORE + AFTER));
      harness.processWatermark(Watermark.MAX_WATERMARK);
      return new ArrayList<>(harness.extractOutputValues());
    }
  }

  /** The newest payments of a run that was never broken. */
  private static List<Payment> unbroken(Catalogue catalogue, int newest) throws Exception {
    try (var harness = harness(catalogue)) {
      harness.open();
      feed(catalogue, harness, PAYMENTS);
      harness.processWatermark(Watermark.MAX_WATERMARK);
      List<Payment> whole = harness.extractOutputValues();
      return List.copyOf(whole.subList(whole.size() - newest, whole.size()));
    }
  }
}
