package dev.tidegate.schemas.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.Heartbeat;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Transaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class TransactionTimeTest {
  private static final InMemoryRegistry REGISTRY = new InMemoryRegistry();

  private final List<Long> watermarks = new ArrayList<>();
  private final WatermarkOutput output =
      new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
          watermarks.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}
      };

  @Test
  void shouldPromiseWhatAHeartbeatSaysAtOnce() {
    WatermarkGenerator<Transaction> generator = generator(0);
    generator.onEvent(payment("a", 100), 100, output);
    assertThat(watermarks).isEmpty();
    generator.onEvent(TransactionTime.heartbeat(150), 150, output);
    generator.onEvent(TransactionTime.heartbeat(140), 140, output);
    generator.onPeriodicEmit(output);
    assertThat(watermarks).containsExactly(149L, 149L);
  }

  @Test
  void shouldAllowDisorderBehindTheNewestTransaction() {
    WatermarkGenerator<Transaction> generator = generator(30);
    generator.onPeriodicEmit(output);
    generator.onEvent(payment("a", 100), 100, output);
    generator.onEvent(payment("b", 80), 80, output);
    generator.onPeriodicEmit(output);
    assertThat(watermarks).containsExactly(Long.MIN_VALUE, 69L);
  }

  @Test
  void shouldReadPaymentsAndHeartbeatsFromRecords() throws IOException {
    byte[] value = codec().encode(payment("a", 100));
    List<Transaction> out = read(value, null);
    assertThat(out).containsExactly(payment("a", 100));
    assertThat(TransactionTime.isHeartbeat(out.get(0))).isFalse();
    List<Transaction> beat = read(null, 777L);
    assertThat(beat).singleElement().matches(TransactionTime::isHeartbeat);
    assertThat(beat.get(0).getEventTimeMs()).isEqualTo(777);
    assertThat(read(null, null)).isEmpty();
  }

  @Test
  void shouldNameTheRecordThatCannotBeRead() {
    assertThatThrownBy(() -> read(new byte[] {9, 9}, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("transactions partition 3 offset 42");
  }

  private static List<Transaction> read(byte[] value, Long heartbeatMs) throws IOException {
    var deserializer = new TransactionsSource.Deserializer(() -> REGISTRY);
    deserializer.open(null);
    RecordHeaders headers = new RecordHeaders();
    if (heartbeatMs != null) {
      Heartbeat.record(0, heartbeatMs).headers().forEach(headers::add);
    }
    List<Transaction> out = new ArrayList<>();
    deserializer.deserialize(
        new ConsumerRecord<>(
            Topics.TRANSACTIONS.topic(),
            3,
            42,
            0,
            TimestampType.CREATE_TIME,
            0,
            value == null ? 0 : value.length,
            null,
            value,
            headers,
            Optional.empty()),
        new Collector<>() {
          @Override
          public void collect(Transaction transaction) {
            out.add(transaction);
          }

          @Override
          public void close() {}
        });
    return out;
  }

  private static EventCodec<Transaction> codec() {
    return EventCodec.of(Topics.TRANSACTIONS, Transaction.class, REGISTRY);
  }

  private static WatermarkGenerator<Transaction> generator(long disorderMs) {
    return Objects.requireNonNull(
        TransactionTime.watermarks(disorderMs).createWatermarkGenerator(null));
  }

  private static Transaction payment(String id, long timeMs) {
    return Transaction.newBuilder(TransactionTime.heartbeat(timeMs))
        .setTransactionId(id)
        .setSource("test")
        .setCurrency("EUR")
        .build();
  }
}
