package dev.tidegate.features;

import static dev.tidegate.features.Payments.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entities that are silent leave the state. */
@SuppressWarnings("try") // the harness closes with any exception
class SilentEntityTest {
  private static final int ACCOUNT = 0;

  private static KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment>
      harness(StateBackend backend) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new EntityOperator(EntityPart.of(CATALOGUE)),
            EntityOperator::keyOf,
            Types.TUPLE(Types.LONG, Types.LONG));
    harness.setStateBackend(backend);
    harness.setup(PaymentCodec.INSTANCE);
    return harness;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldLetGoOfAnEntityThatIsSilentForLong(boolean rocks) throws Exception {
    StateBackend backend = rocks ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
    long day = 86_400_000L;
    try (var harness = harness(backend)) {
      harness.open();
      harness.processElement(of("silent", 10 * day), 10 * day);
      harness.processElement(of("comes-again", 10 * day), 10 * day);
      harness.processWatermark(new Watermark(200 * day));
      harness.processElement(of("comes-again", 205 * day), 205 * day);
      harness.processWatermark(new Watermark(449 * day));
      assertThat(kept(harness)).as("nobody is silent for long yet").isEqualTo(2);
      harness.processWatermark(new Watermark(451 * day));
      assertThat(kept(harness)).isEqualTo(1);
      harness.processElement(of("comes-again", 452 * day), 452 * day);
      harness.processElement(of("silent", 452 * day), 452 * day);
      harness.processWatermark(new Watermark(452 * day));
      List<Payment> out = harness.extractOutputValues();
      assertThat(firstSeen(out.get(3))).isEqualTo((452 - 10) * 86_400.0);
      assertThat(firstSeen(out.get(4))).isZero();
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(kept(harness)).as("what ends may be gone on with").isEqualTo(2);
    }
  }

  private static Payment of(String payer, long timeMs) {
    return new PaymentReader(CATALOGUE)
        .read(Payments.payment(payer + timeMs, timeMs, payer, "t", 100))
        .ask(ACCOUNT, 0);
  }

  private static double firstSeen(Payment answer) {
    return answer
        .values[EntityPart.of(CATALOGUE).get(ACCOUNT).names().indexOf("account_first_seen")];
  }

  /** Entities whose history is in the backend, once what is on the heap is written there. */
  private static long kept(
      KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment> harness)
      throws Exception {
    harness.snapshot(1, 1);
    KeyedStateBackend<Object> backend =
        ((EntityOperator) harness.getOperator()).getKeyedStateBackend();
    try (Stream<Object> keys = backend.getKeys("histories", VoidNamespace.INSTANCE)) {
      return keys.count();
    }
  }
}
