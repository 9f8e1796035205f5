package dev.tidegate.console.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.console.SampleAlerts;
import dev.tidegate.console.store.AlertBatch;
import dev.tidegate.console.store.Position;
import dev.tidegate.console.store.Unreadable;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.codec.RegistryException;
import dev.tidegate.schemas.event.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AlertDecoderTest {
  private static final TopicPartition PARTITION = new TopicPartition("alerts", 2);
  private static final Alert ALERT = new SampleAlerts(3, 1_700_000_000_000L).alert(4, 99);

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final EventCodec<Alert> codec = EventCodec.of(Topics.ALERTS, Alert.class, registry);
  private final AlertDecoder decoder = new AlertDecoder(registry);

  @Test
  void shouldTurnRecordsIntoABatchWithThePositionAfterThem() {
    AlertBatch batch = decoder.decode("t1", records(codec.encode(ALERT), codec.encode(ALERT)));

    assertThat(batch.alerts()).containsExactly(ALERT, ALERT);
    assertThat(batch.positions()).containsExactly(new Position("t1", 2, 42));
    assertThat(batch.unreadable()).isEmpty();
  }

  @Test
  void shouldPassOverWhatIsNoAlertAndSayWhy() {
    byte[] nameless = codec.encode(Alert.newBuilder(ALERT).setAlertId("").build());
    byte[] endless = codec.encode(Alert.newBuilder(ALERT).setAlertId("x".repeat(201)).build());

    AlertBatch batch =
        decoder.decode(
            "t1", records(null, new byte[] {7, 7}, nameless, endless, codec.encode(ALERT)));

    assertThat(batch.alerts()).containsExactly(ALERT);
    assertThat(batch.positions()).containsExactly(new Position("t1", 2, 45));
    assertThat(batch.unreadable())
        .extracting(Unreadable::offset, Unreadable::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(40L, "no value"),
            org.assertj.core.groups.Tuple.tuple(
                41L, "a value on alerts is not in the registry's wire format"),
            org.assertj.core.groups.Tuple.tuple(42L, "an alert id of 0 characters"),
            org.assertj.core.groups.Tuple.tuple(43L, "an alert id of 201 characters"));
  }

  @Test
  void shouldNotBlameARecordForARegistryThatDoesNotAnswer() {
    byte[] unknownSchema = {0, 0, 0, 0, 99, 1, 2, 3};

    assertThatThrownBy(() -> decoder.decode("t1", records(unknownSchema)))
        .isInstanceOf(RegistryException.class);
  }

  private static ConsumerRecords<byte[], byte[]> records(byte[]... values) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long offset = 40;
    for (byte[] value : values) {
      records.add(new ConsumerRecord<>("alerts", 2, offset++, new byte[0], value));
    }
    return new ConsumerRecords<>(Map.of(PARTITION, records), Map.of());
  }
}
