package dev.tidegate.features;

import static dev.tidegate.features.Payments.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Catalogue.MeasureAt;
import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.features.catalogue.Tag;
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
  private static final int BEFORE = 700;
  private static final int WAITING = 20;
  private static final int AFTER = 100;
  private static final List<Transaction> PAYMENTS = Payments.stream(BEFORE + AFTER, 99, 1);

  private static KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment>
      harness() throws Exception {
    List<MeasureAt> measures = CATALOGUE.measures(Entity.ACCOUNT);
    Layout layout =
        new Layout(
            measures.stream().map(MeasureAt::measure).toList(),
            CATALOGUE.filters(),
            CATALOGUE.tags().stream().map(Tag::noun).toList());
    int[] places = measures.stream().mapToInt(MeasureAt::place).toArray();
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new EntityOperator(0, places, layout),
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
    try (var harness = harness()) {
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
    OperatorSubtaskState state = OperatorSnapshotUtil.readStateHandle(VERSION_1.toString());
    List<Payment> restored;
    try (var harness = harness()) {
      harness.initializeState(state);
      harness.open();
      feed(harness, PAYMENTS.subList(BEFORE, BEFORE + AFTER));
      harness.processWatermark(Watermark.MAX_WATERMARK);
      restored = new ArrayList<>(harness.extractOutputValues());
    }
    List<Payment> whole;
    try (var harness = harness()) {
      harness.open();
      feed(harness, PAYMENTS);
      harness.processWatermark(Watermark.MAX_WATERMARK);
      whole = harness.extractOutputValues();
    }
    assertThat(restored).hasSizeBetween(AFTER + 1, AFTER + WAITING);
    List<Payment> expected = whole.subList(whole.size() - restored.size(), whole.size());
    for (int i = 0; i < restored.size(); i++) {
      assertThat(restored.get(i).values).isEqualTo(expected.get(i).values);
    }
    assertThat(restored).anyMatch(payment -> payment.tiled);
  }
}
