package dev.tidegate.graphaml.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.Streams;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Ledgers are kept under their shards' keys: their number is that of the state. */
@SuppressWarnings("try") // harnesses close with any exception
class ShardCountTest {
  private static final List<Payment> PAYMENTS =
      Streams.random(new Random(20_260_106), 60).stream()
          .sorted(Comparator.comparingLong(Payment::timeMs))
          .toList();

  private static ShardSettings settings(int shards) {
    return new ShardSettings(Streams.unbounded(20), 2_000, shards, Set.of(), Set.of());
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, Question, Mail> harness(
      ShardSettings settings) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new AccountOperator(settings),
            new ShardPipeline.ShardKeys(settings.shards()),
            Types.INT,
            16,
            1,
            0);
    harness.setStateBackend(new HashMapStateBackend());
    harness.setup(MailCodec.INSTANCE);
    return harness;
  }

  private static OperatorSubtaskState of(int shards) throws Exception {
    ShardSettings settings = settings(shards);
    try (var harness = harness(settings)) {
      harness.open();
      for (Payment payment : PAYMENTS) {
        Transfer transfer = Transfer.of(payment, settings.graph());
        for (Question question : Question.keep(transfer, true, shards)) {
          harness.processElement(question, payment.timeMs());
        }
      }
      harness.processWatermark(new Watermark(PAYMENTS.get(40).timeMs()));
      return harness.snapshot(1, 1);
    }
  }

  @Test
  void shouldRefuseStateOfAnotherNumberOfShards() throws Exception {
    OperatorSubtaskState state = of(8);
    try (var harness = harness(settings(4))) {
      harness.initializeState(state);
      assertThatThrownBy(harness::open)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("of 8 shards")
          .hasMessageContaining("layout: 4 shards");
    }
  }

  @Test
  void shouldGoOnWithStateOfTheSameNumberOfShards() throws Exception {
    OperatorSubtaskState state = of(8);
    try (var harness = harness(settings(8))) {
      harness.initializeState(state);
      harness.open();
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(harness.extractOutputValues()).isNotEmpty();
    }
  }
}
