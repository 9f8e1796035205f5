package dev.tidegate.features;

import static dev.tidegate.features.Payments.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Catalogue.MeasureAt;
import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.features.history.Layout;
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
import org.junit.jupiter.api.Test;

/**
 * State that an earlier build wrote is read by this one. The fixture holds 700 payments of one
 * account, so ring, tiles and samples, and payments that still wait; it is written once for each
 * version of the state by {@code -Dtidegate.fixture.write=true} and never changed.
 */
@SuppressWarnings("try") // the harness closes with any exception
class StateFixtureTest {
  private static final Path VERSION_1 = Path.of("src/test/resources/state/account-version-1.bin");
  private static final int SEQUENCE = CATALOGUE.sequencePlace(Entity.ACCOUNT);
  private static final int BEFORE = 700;
  private static final int WAITING = 20;
  private static final int AFTER = 100;
  private static final List<Transaction> PAYMENTS = Payments.stream(BEFORE + AFTER, 99, 1);

  private static KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment>
      harness(boolean withSequence) throws Exception {
    List<MeasureAt> measures = CATALOGUE.measures(Entity.ACCOUNT);
    Layout layout = CATALOGUE.layout(Entity.ACCOUNT);
    Layout bare = new Layout(layout.measures(), layout.filters(), layout.tags());
    int[] places = measures.stream().mapToInt(MeasureAt::place).toArray();
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            withSequence
                ? new EntityOperator(0, places, SEQUENCE, layout)
                : new EntityOperator(0, places, -1, bare),
            payment -> EntityOperator.keyOf(payment, 0),
            Types.TUPLE(Types.LONG, Types.LONG),
            16,
            1,
            0);
    harness.setStateBackend(new HashMapStateBackend());
    harness.setup(PaymentCodec.INSTANCE);
    return harness;
  }

  private static void feed(
      KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment> harness,
      List<Transaction> payments)
      throws Exception {
    for (Transaction payment : payments) {
      harness.processElement(new PaymentReader(CATALOGUE).read(payment), payment.getEventTimeMs());
    }
  }

  private static void write() throws Exception {
    try (var harness = harness(false)) {
      harness.open();
      feed(harness, PAYMENTS.subList(0, BEFORE));
      harness.processWatermark(new Watermark(PAYMENTS.get(BEFORE - WAITING).getEventTimeMs()));
      Files.createDirectories(VERSION_1.getParent());
      OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), VERSION_1.toString());
    }
  }

  @Test
  void shouldReadStateOfVersion1() throws Exception {
    if (Boolean.getBoolean("tidegate.fixture.write")) {
      write();
    }
    List<Payment> restored = restored(false);
    assertThat(restored).hasSizeBetween(AFTER + 1, AFTER + WAITING);
    List<Payment> expected = unbroken(false, restored.size());
    for (int i = 0; i < restored.size(); i++) {
      assertThat(restored.get(i).values).isEqualTo(expected.get(i).values);
    }
    assertThat(restored).anyMatch(payment -> payment.tiled);
  }

  /** Histories hold the events of before; payments that waited had no room for a sequence yet. */
  @Test
  void shouldHaveWholeSequencesAtOnceAfterStateOfVersion1() throws Exception {
    List<Payment> restored = restored(true);
    List<Payment> expected = unbroken(true, restored.size());
    for (int i = 0; i < restored.size(); i++) {
      assertThat(restored.get(i).values).isEqualTo(expected.get(i).values);
      assertThat(restored.get(i).sequences[SEQUENCE]).hasSize(32 * 4 * Float.BYTES);
      assertThat(restored.get(i).sequences[SEQUENCE])
          .isEqualTo(expected.get(i).sequences[SEQUENCE]);
    }
  }

  private static List<Payment> restored(boolean withSequence) throws Exception {
    OperatorSubtaskState state = OperatorSnapshotUtil.readStateHandle(VERSION_1.toString());
    try (var harness = harness(withSequence)) {
      harness.initializeState(state);
      harness.open();
      feed(harness, PAYMENTS.subList(BEFORE, BEFORE + AFTER));
      harness.processWatermark(Watermark.MAX_WATERMARK);
      return new ArrayList<>(harness.extractOutputValues());
    }
  }

  /** The newest payments of a run that was never broken. */
  private static List<Payment> unbroken(boolean withSequence, int newest) throws Exception {
    try (var harness = harness(withSequence)) {
      harness.open();
      feed(harness, PAYMENTS);
      harness.processWatermark(Watermark.MAX_WATERMARK);
      List<Payment> whole = harness.extractOutputValues();
      return List.copyOf(whole.subList(whole.size() - newest, whole.size()));
    }
  }
}
